"""Tables of the registry."""

from welfare.households.models.changes import Change, ChangeKind, ChangeSet, ChangeSubject, tracked
from welfare.households.models.household import Household, Village
from welfare.households.models.membership import Membership
from welfare.households.models.person import Person, PersonName

__all__ = [
    "Change",
    "ChangeKind",
    "ChangeSet",
    "ChangeSubject",
    "Household",
    "Membership",
    "Person",
    "PersonName",
    "Village",
    "tracked",
]
