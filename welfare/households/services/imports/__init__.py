"""Verbs on imports: from the file to the registry, and back."""
