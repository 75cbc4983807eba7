"""The administrator's and the auditor's pages: accounts, lists, audit, operations.

Only pages: what is done and read stands in the domains it belongs to.
"""
