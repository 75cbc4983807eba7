"""Verbs on complaints."""
