"""Pages of the registry."""

from welfare.households.views import houses, lists, members, people
from welfare.households.views.blueprint import blueprint

__all__ = ["blueprint", "houses", "lists", "members", "people"]
