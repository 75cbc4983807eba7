"""Meetings of committees at the desk."""

from welfare.meetings.views import calling, deeds, item, page
from welfare.meetings.views.blueprint import blueprint

__all__ = ["blueprint", "calling", "deeds", "item", "page"]
