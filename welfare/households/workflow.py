"""The way of an import from a file to the registry, and what becomes of each of its rows."""

from __future__ import annotations

from enum import StrEnum


class ImportStatus(StrEnum):
    """Where an import stands. ``CHECKING``, ``APPLYING`` and ``UNDOING`` wait for the worker, or
    are at work there: which of the two, its progress tells."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    WAITING = "waiting"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"
    ABANDONED = "abandoned"


class RowState(StrEnum):
    """What a row would do, or why it would do nothing."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


S = ImportStatus

TRANSITIONS: dict[ImportStatus, frozenset[ImportStatus]] = {
    S.UPLOADED: frozenset({S.CHECKING, S.ABANDONED}),
    S.CHECKING: frozenset({S.CHECKED, S.FAILED, S.ABANDONED}),
    S.CHECKED: frozenset({S.CHECKING, S.WAITING, S.ABANDONED}),
    S.WAITING: frozenset({S.CHECKED, S.APPLYING, S.ABANDONED}),
    S.APPLYING: frozenset({S.APPLIED, S.FAILED}),
    S.APPLIED: frozenset({S.UNDOING}),
    S.UNDOING: frozenset({S.UNDONE, S.APPLIED}),
    S.UNDONE: frozenset(),
    S.FAILED: frozenset({S.CHECKING, S.ABANDONED}),
    S.ABANDONED: frozenset(),
}
"""From each status, those that may follow it."""

AT_WORK = frozenset({S.CHECKING, S.APPLYING, S.UNDOING})
"""What the worker has to do."""
OVER = frozenset({S.UNDONE, S.ABANDONED})
"""Staged rows and the file go at once; those of the others when their time is over."""


def may_become(now: ImportStatus, then: ImportStatus) -> bool:
    """Whether this step is allowed."""
    return then in TRANSITIONS[now]
