"""Sending the right person: assignment, load, visits, the caseworker's desk."""
