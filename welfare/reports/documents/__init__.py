"""Lists and reports on paper: plain values put into the layouts of ``core.pdf``."""
