"""Forms of the operations on households."""

from welfare.households.forms.operations.base import OperationForm
from welfare.households.forms.operations.heirs import heir_choices, heirs_of
from welfare.households.forms.operations.life import (
    BirthForm,
    DeathOperationForm,
    MarriageForm,
    TakeBackForm,
)
from welfare.households.forms.operations.moves import (
    HeadForm,
    JoinForm,
    MoveInForm,
    MoveOutForm,
    SplitForm,
)

__all__ = [
    "BirthForm",
    "DeathOperationForm",
    "HeadForm",
    "JoinForm",
    "MarriageForm",
    "MoveInForm",
    "MoveOutForm",
    "OperationForm",
    "SplitForm",
    "TakeBackForm",
    "heir_choices",
    "heirs_of",
]
