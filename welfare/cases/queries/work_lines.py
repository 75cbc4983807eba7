"""The columns of what was done for a case: one statement reads lines of many kinds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, Integer, Numeric, String, literal, null, type_coerce

from welfare.cases.kinds import Duty


def none_of(kind: Any) -> Any:
    """NULL, where a kind of line has nothing to say."""
    return type_coerce(null(), kind)


def work_line(
    what: str,
    number: Any,
    *,
    version: Any = None,
    kind: Any = None,
    words: Any = None,
    more: Any = None,
    reason: Any = None,
    day: Any = None,
    moment: Any = None,
    who: Any = None,
    first: Any = None,
    second: Any = None,
) -> tuple[Any, ...]:
    """The columns in their order, for one more kind of line; what is left out is empty."""
    return (
        literal(what),
        number,
        literal(0, Integer) if version is None else version,
        none_of(String) if kind is None else kind,
        none_of(String) if words is None else words,
        none_of(Numeric(12, 2)),
        none_of(String) if more is None else more,
        none_of(String) if reason is None else reason,
        none_of(Date) if day is None else day,
        none_of(String) if moment is None else moment,
        none_of(String) if who is None else who,
        none_of(String) if first is None else first,
        none_of(String) if second is None else second,
    )


def duty_line(
    kind: Duty, case: Any, *, day: Any, words: Any = None, more: Any = None, title: Any = None
) -> Any:
    """The columns of something that dates ask for: since when or until when, and about what;
    ``title`` in place of the case's own."""
    return work_line(
        "duty",
        case.id,
        kind=literal(kind.value),
        words=words,
        more=more,
        day=day,
        first=case.number,
        second=case.title if title is None else title,
    )
