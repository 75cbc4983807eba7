"""Forms of the registry."""

from welfare.households.forms.house import AddHouseholdForm, EditHouseholdForm
from welfare.households.forms.member import DeathForm, EndMembershipForm, MemberForm, MembershipForm
from welfare.households.forms.person import AddPersonForm, EditPersonForm

__all__ = [
    "AddHouseholdForm",
    "AddPersonForm",
    "DeathForm",
    "EditHouseholdForm",
    "EditPersonForm",
    "EndMembershipForm",
    "MemberForm",
    "MembershipForm",
]
