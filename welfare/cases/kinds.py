"""Closed lists of deadlines: stages, whom a case waits for, who is told of what is late."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The steps of a case that have a deadline each, in their order."""

    ACKNOWLEDGE = "acknowledge"
    FIRST_VISIT = "first_visit"
    DECISION = "decision"
    CLOSURE = "closure"


class WaitingFor(StrEnum):
    """Whom a case waits for while its deadlines stand still."""

    CITIZEN = "citizen"
    AGENCY = "agency"
    OTHER = "other"


class Told(StrEnum):
    """Who is told when a deadline comes near or has passed: the case's worker or a named role."""

    OWNER = "owner"
    OFFICER = "officer"
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    ADMIN = "admin"


class Channel(StrEnum):
    """By what way somebody is told; the desk is always there."""

    DESK = "desk"
    EMAIL = "email"


class Fault(StrEnum):
    """Why a rule could not do as it says, and the officers were told instead."""

    NO_OWNER = "no_owner"
    NOBODY = "nobody"
    MAY_NOT_SEE = "may_not_see"
    CHANNEL = "channel"
    NO_ONE_AT_ALL = "no_one_at_all"
    BROKEN = "broken"


class Sharing(StrEnum):
    """Who finds a saved view among theirs."""

    PRIVATE = "private"
    ROLE = "role"
    EVERYBODY = "everybody"


class Why(StrEnum):
    """What two cases have in common that may be one."""

    PERSON = "person"
    HOUSEHOLD = "household"
    CATEGORY = "category"
    NEAR = "near"
