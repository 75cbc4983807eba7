"""How likely two records are one person, or one house: pure rules, no database.

``traits`` says what is compared, ``sounds`` how Thai names are brought into one form, ``weights``
what each agreement is worth and why, ``people`` and ``houses`` compare, ``blocking`` finds the
pairs worth comparing without comparing all with all. The choice is told in ADR 10.
"""

from welfare.households.likeness.blocking import Blocks, house_keys, person_keys
from welfare.households.likeness.houses import compare_houses
from welfare.households.likeness.people import Commonness, compare_people
from welfare.households.likeness.signs import Likeness, Sign
from welfare.households.likeness.traits import HouseTraits, PersonTraits
from welfare.households.likeness.weights import OFFERED

__all__ = [
    "OFFERED",
    "Blocks",
    "Commonness",
    "HouseTraits",
    "Likeness",
    "PersonTraits",
    "Sign",
    "compare_houses",
    "compare_people",
    "house_keys",
    "person_keys",
]
