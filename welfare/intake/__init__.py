"""Complaints: how they come in, how their filers follow them, how the office takes them up."""
