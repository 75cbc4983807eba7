"""States of an assignment, of a visit and of a plan; closed lists."""

from __future__ import annotations

from enum import StrEnum


class AssignmentStatus(StrEnum):
    """Life of one assignment."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


class Conflict(StrEnum):
    """What a worker said of themselves when they declined: it bars them from the case."""

    RELATIVE = "relative"
    CONFLICT = "conflict"


class TransferStatus(StrEnum):
    """Life of a transfer. ``handed`` and ``returned``: as a part of a hand-over, unasked."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    HANDED = "handed"
    RETURNED = "returned"


class VisitStatus(StrEnum):
    """Life of one visit."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


VISIT_TRANSITIONS: dict[VisitStatus, frozenset[VisitStatus]] = {
    VisitStatus.PLANNED: frozenset({VisitStatus.DONE, VisitStatus.MISSED, VisitStatus.CANCELLED}),
    VisitStatus.DONE: frozenset(),
    VisitStatus.MISSED: frozenset(),
    VisitStatus.CANCELLED: frozenset(),
}


class PlanStatus(StrEnum):
    """Life of a day's plan."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    UNDONE = "undone"
    REPLACED = "replaced"
    DISCARDED = "discarded"


class Target(StrEnum):
    """To whom a rule proposes a case first."""

    WORKER = "worker"
    SKILL = "skill"
    ROLE = "role"


class AbsenceKind(StrEnum):
    """Why a worker is not there."""

    LEAVE = "leave"
    SICK = "sick"
    TRAINING = "training"
    OFFICE = "office"


class Vehicle(StrEnum):
    """What a worker goes with."""

    NONE = "none"
    MOTORCYCLE = "motorcycle"
    CAR = "car"
    OFFICE = "office"


class Language(StrEnum):
    """What is spoken in the houses of the north."""

    NORTHERN = "nod"
    SHAN = "shn"
    KAREN = "kar"
    HMONG = "hmn"
    LAHU = "lhu"
    BURMESE = "my"
    ENGLISH = "en"
    SIGN = "tsq"


class Weight(StrEnum):
    """What speaks for or against a worker."""

    VILLAGE = "village"
    SKILL = "skill"
    CONTINUITY = "continuity"
    LANGUAGE = "language"
    SEX = "sex"
    LOAD = "load"
    SLACK = "slack"
    LEAVE = "leave"
    DECLINED = "declined"


FIRST_WEIGHTS: dict[Weight, int] = {
    Weight.VILLAGE: 20,
    Weight.SKILL: 30,
    Weight.CONTINUITY: 25,
    Weight.LANGUAGE: 20,
    Weight.SEX: 40,
    Weight.LOAD: 2,
    Weight.SLACK: 10,
    Weight.LEAVE: 60,
    Weight.DECLINED: 30,
}
"""Points as they stand until the office sets its own."""
