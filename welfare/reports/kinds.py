"""Closed lists of what is made of many rows."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """What a register of recipients counts: what was handed over, or what was granted."""

    GIVEN = "given"
    GRANTED = "granted"


class ListKind(StrEnum):
    """What the worker draws when it is long."""

    RECIPIENTS = "recipients"
    LABELS = "labels"
    ENVELOPES = "envelopes"


class ListStatus(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
