"""Pages of the registry."""

from welfare.households.views import histories, houses, lists, map, members, people
from welfare.households.views.blueprint import blueprint

__all__ = ["blueprint", "histories", "houses", "lists", "map", "members", "people"]
