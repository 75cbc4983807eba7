"""The fictional municipality: a plain generator, its Thai texts, and the loader.

Nobody in it exists. Numbers come from ranges that no office issues (see `identity`).
"""
