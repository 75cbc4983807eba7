"""Meetings of the committees that decide on help: agenda, attendance, resolutions, minutes."""
