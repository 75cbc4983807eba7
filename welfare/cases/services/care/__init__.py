"""Verbs of casework: needs assessed, goals and actions planned."""
