"""Closed lists of the registry. Their Thai and English words are in ``labels.py``."""

from __future__ import annotations

from enum import StrEnum

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import Secrecy
from welfare.papers.parts import Kind


class Sex(StrEnum):
    """As in the house register."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class DatePrecision(StrEnum):
    """How much of a date is known. A birth with the year alone counts as 1 January
    (rule of the allowance regulations, ระเบียบ มท. 2566)."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Relation(StrEnum):
    """Relation of a member to the head of the household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    IN_LAW = "in_law"
    RELATIVE = "relative"
    LODGER = "lodger"
    OTHER = "other"


class ParentKind(StrEnum):
    """Which of the two parents."""

    MOTHER = "mother"
    FATHER = "father"


class Disability(StrEnum):
    """The seven types of the disability card (พ.ร.บ. 2550)."""

    SEEING = "seeing"
    HEARING = "hearing"
    MOBILITY = "mobility"
    MENTAL = "mental"
    INTELLECTUAL = "intellectual"
    LEARNING = "learning"
    AUTISM = "autism"


class Tenure(StrEnum):
    """By what right the house is lived in."""

    OWNER = "owner"
    RENTED = "rented"
    STAYING = "staying"
    SQUATTING = "squatting"
    UNKNOWN = "unknown"


class Condition(StrEnum):
    """State of the house."""

    SOUND = "sound"
    WORN = "worn"
    UNSAFE = "unsafe"
    UNKNOWN = "unknown"


class YesNo(StrEnum):
    """Yes, no, or nobody knows."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class MaritalStatus(StrEnum):
    """As the allowance forms ask."""

    SINGLE = "single"
    MARRIED = "married"
    WIDOWED = "widowed"
    DIVORCED = "divorced"
    SEPARATED = "separated"
    UNKNOWN = "unknown"


class EndReason(StrEnum):
    """Why somebody no longer belongs to a household."""

    MOVED_OUT = "moved_out"
    DIED = "died"
    MISTAKE = "mistake"
    OTHER = "other"


class Reason(StrEnum):
    """Why a search found somebody or a house, the surest first."""

    NUMBER = "number"
    IDENTIFIER = "identifier"
    HOUSE_CODE = "house_code"
    PHONE = "phone"
    NAME = "name"
    NAME_START = "name_start"
    NAME_PART = "name_part"
    EARLIER_NAME = "earlier_name"
    NAME_ALIKE = "name_alike"
    NAME_NEAR = "name_near"
    EARLIER_HOME = "earlier_home"
    ADDRESS = "address"
    PLACE = "place"
    VILLAGE = "village"
    ADDRESS_START = "address_start"
    ADDRESS_PART = "address_part"
    PHONE_END = "phone_end"
    MEMBER = "member"
    BIRTH = "birth"


class FactKind(StrEnum):
    """What is kept of a person as dated facts with a source."""

    DISABILITY = "disability"
    ADL = "adl"
    WELFARE_CARD = "welfare_card"
    ILLNESS = "illness"
    PREGNANCY = "pregnancy"
    SCHOOL = "school"
    MARITAL = "marital"
    OCCUPATION = "occupation"
    INCOME = "income"
    CARER = "carer"
    DEATH = "death"


HEALTH_KINDS = frozenset({FactKind.DISABILITY, FactKind.ADL, FactKind.ILLNESS, FactKind.PREGNANCY})
"""Facts that only they see who may see health (PDPA s. 26)."""

SIDE_BY_SIDE = frozenset({FactKind.DISABILITY, FactKind.ILLNESS, FactKind.CARER})
"""Facts of which several hold at a time; of the others a later one ends the one before."""


class FactSource(StrEnum):
    """How the office knows."""

    TOLD = "told"
    DOCUMENT = "document"
    SURVEY = "survey"
    VISIT = "visit"
    IMPORT = "import"
    FILE = "file"
    """Written into the person's file, nobody said from where."""


class Answer(StrEnum):
    """What a survey found of one indicator."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class NeedKind(StrEnum):
    """What a household lacks, and what it can build on."""

    PROBLEM = "problem"
    STRENGTH = "strength"


class Dimension(StrEnum):
    """The five dimensions of MSO-Logbook (สมุดพกครอบครัว) and TPMAP."""

    HEALTH = "health"
    LIVING = "living"
    EDUCATION = "education"
    INCOME = "income"
    SERVICES = "services"


NOBODY = "nobody"
"""Said in place of a person's number: really nobody is head of the household, and its page says
so."""


class PairKind(StrEnum):
    """What the two records are."""

    PERSON = "person"
    HOUSEHOLD = "household"


class PairStatus(StrEnum):
    """What became of a pair."""

    OPEN = "open"
    DIFFERENT = "different"
    MERGED = "merged"


class FoundBy(StrEnum):
    """How a pair came up."""

    CHECK = "check"
    ENTRY = "entry"
    IMPORT = "import"


HOUSEHOLD_RECORD = Kind(
    code="household_record",
    name_th="ทะเบียนครัวเรือน",
    name_en="Record of a household",
    issues=frozenset({Permission.ISSUE_PAPERS}),
    about=("household",),
    secrecy=Secrecy.SENSITIVE,
    given_out=False,
    numbered_by_others=True,
    writer_reads=True,
)
"""The paper with all that is known of a household."""
