"""Tables of the registry."""

from welfare.households.models.household import Household, Village
from welfare.households.models.membership import Membership
from welfare.households.models.person import Person, PersonName

__all__ = ["Household", "Membership", "Person", "PersonName", "Village"]
