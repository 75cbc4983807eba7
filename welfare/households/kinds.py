"""Closed lists of the registry. Their Thai and English words are in ``labels.py``."""

from __future__ import annotations

from enum import StrEnum


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
    ADDRESS = "address"
    ADDRESS_START = "address_start"
    ADDRESS_PART = "address_part"
    MEMBER = "member"
    BIRTH = "birth"
