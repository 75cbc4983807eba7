"""The case: the office's work on one trouble, from opening to outcome."""
