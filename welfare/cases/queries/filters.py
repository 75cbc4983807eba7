"""What the worklist can be asked for, read from the query string without ever failing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from welfare.cases.kinds import RiskLevel, Stage
from welfare.cases.queries.categories import category_by_code
from welfare.cases.queries.people import user_id_of
from welfare.cases.workflow import CaseStatus, Priority
from welfare.core import clock
from welfare.core.security.permissions import Viewer
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import read_reference, read_spoken_reference
from welfare.core.thai.text import search_key

LONGEST_QUESTION = 200
MOST_WORDS = 8
LARGEST_ID = 2**31 - 1
ANY_STAGE = "any"
FAMILY = ("part", "whole")
NOBODY = 0
"""``assignee``: cases that nobody works on."""


class Scope(StrEnum):
    """Which states are shown when no single one is asked for."""

    OPEN = "open"
    ALL = "all"


class Sort(StrEnum):
    """In what order."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"
    LAST_DUE = "last_due"
    OPENED = "opened"
    CLOSED = "closed"
    WHO = "who"
    WHO_DOWN = "who_down"
    WHAT = "what"
    WHAT_DOWN = "what_down"
    STATUS = "status"
    STATUS_DOWN = "status_down"
    WORKER = "worker"
    WORKER_DOWN = "worker_down"
    CATEGORY = "category"
    CATEGORY_DOWN = "category_down"
    VILLAGE = "village"
    VILLAGE_DOWN = "village_down"
    PRIORITY = "priority"
    PRIORITY_DOWN = "priority_down"


HEADS = {
    sort: (sort.removesuffix("_down"), sort.endswith("_down"))
    for sort in Sort
    if f"{sort}_down" in set(Sort) or sort.endswith("_down")
}
"""Orders by a column that no index gives: its name, and whether downwards."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The edge of the page before: ``id``, and the moment where that is what sorts.

    ``back``: the page on the other side of it, towards the beginning.
    """

    id: int
    at: datetime | None = None
    back: bool = False
    place: int = 0
    """How many cases stand before the edge, in an order of :data:`HEADS`."""

    def as_text(self) -> str:
        """As it stands in the address."""
        moment = f"{round(self.at.timestamp() * 1_000_000)}." if self.at else ""
        place = f"{self.place}-" if self.place else ""
        return f"{'b' if self.back else 'a'}{moment or place}{self.id}"

    def fits(self, sort: Sort) -> bool:
        """Whether it is an edge in a list of that order."""
        if sort in HEADS:
            return True
        return not self.place and (self.at is None) == (sort in (Sort.NEWEST, Sort.OLDEST))


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """One question to the worklist. ``category`` and ``assignee`` are ids; months ``2026-11``."""

    status: CaseStatus | Scope = Scope.OPEN
    category: int | None = None
    village: int | None = None
    assignee: int | None = None
    priority: Priority | None = None
    risk: RiskLevel | None = None
    overdue: bool = False
    stage: str = ""
    """Late at this stage (``kinds.Stage``), or at :data:`ANY_STAGE`."""
    opened: str | None = None
    closed: str | None = None
    unhappy: bool = False
    family: str = ""
    """``part`` of a larger case, or ``whole``: has parts."""
    words: tuple[str, ...] = ()
    sort: Sort = Sort.DUE
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Filters as read, and the names of what was ignored because it means nothing."""

    filters: CaseFilters
    ignored: tuple[str, ...] = ()


def read_filters(values: Mapping[str, str], *, viewer: Viewer) -> Question:
    """The question that a query string asks; what cannot be understood is left out and named.

    Without a state: open cases, most pressing first; with words or a month of closing: all.
    """
    found: dict[str, Any] = {}
    ignored: list[str] = []
    for name, read in _READERS.items():
        text = values.get(name, "").strip()
        if not text:
            continue
        value = read(text[:LONGEST_QUESTION], viewer)
        if value is None:
            ignored.append(name)
        else:
            found["words" if name == "q" else "cursor" if name == "page" else name] = value
    filters = CaseFilters(**found)
    return Question(_settled(filters, found), tuple(ignored))


def _settled(filters: CaseFilters, found: Mapping[str, Any]) -> CaseFilters:
    """Fill in what follows from the rest: state, order, and whether the cursor fits the order.

    A search by words keeps the order in which it finds; a month has its own, but for a column's.
    """
    status = filters.status
    if "status" not in found:
        wide = filters.words or filters.opened or filters.closed or filters.unhappy
        status = Scope.ALL if wide else Scope.OPEN
    settled = replace(filters, status=status)
    sort = filters.sort
    given = "sort" in found and sort not in (Sort.OPENED, Sort.CLOSED)
    month = (filters.closed or filters.opened) and sort not in HEADS
    if filters.words or month or not given:
        sort = usual_order(settled)
    cursor = filters.cursor if filters.cursor and filters.cursor.fits(sort) else None
    return replace(settled, sort=sort, cursor=cursor)


def usual_order(filters: CaseFilters) -> Sort:
    """The order of a list for which none is asked, or cannot be had."""
    if filters.closed:
        return Sort.CLOSED
    if filters.words:
        return Sort.NEWEST
    if filters.opened:
        return Sort.OPENED
    return Sort.NEWEST if filters.status in (Scope.ALL, CaseStatus.CLOSED) else Sort.DUE


def _status(text: str, _viewer: Viewer) -> CaseStatus | Scope | None:
    found: CaseStatus | Scope | None = _member(CaseStatus, text) or _member(Scope, text)
    return None if found is CaseStatus.MERGED else found


def _member(kind: Any, text: str) -> Any:
    return kind(text) if text in set(kind) else None


def _category(text: str, _viewer: Viewer) -> int | None:
    found = category_by_code(text)
    return found.id if found else None


def _small_number(text: str, _viewer: Viewer) -> int | None:
    plain = search_key(text)
    return int(plain) if re.fullmatch(r"[0-9]{1,3}", plain) else None


def _assignee(text: str, viewer: Viewer) -> int | None:
    if text == "me":
        return viewer.user_id
    return NOBODY if text == "none" else user_id_of(text)


def _yes(text: str, _viewer: Viewer) -> bool | None:
    return True if text == "1" else None


def _month(text: str, _viewer: Viewer) -> str | None:
    return text if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text) else None


def _words(text: str, _viewer: Viewer) -> tuple[str, ...] | None:
    with suppress(InputFault):
        return (str(read_reference(text)).lower(),)
    with suppress(InputFault):  # without its check digit it may also be spoken of in a text
        return (str(read_spoken_reference(text)).lower().rpartition("-")[0],)
    return tuple(dict.fromkeys(search_key(text).split()))[:MOST_WORDS] or None


def _cursor(text: str, _viewer: Viewer) -> Cursor | None:
    match = re.fullmatch(r"([ab])(?:([0-9]{1,16})\.|([0-9]{1,5})-)?([0-9]{1,15})", text)
    if match is None or int(match[4]) > LARGEST_ID:
        return None
    moment = None
    if match[2]:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(match[2]))
    return Cursor(int(match[4]), moment, back=match[1] == "b", place=int(match[3] or 0))


_READERS: dict[str, Callable[[str, Viewer], Any]] = {
    "status": _status,
    "category": _category,
    "village": _small_number,
    "assignee": _assignee,
    "priority": lambda text, _viewer: _member(Priority, text),
    "risk": lambda text, _viewer: _member(RiskLevel, text),
    "overdue": _yes,
    "stage": lambda text, _viewer: text if text in {ANY_STAGE, *Stage} else None,
    "opened": _month,
    "closed": _month,
    "unhappy": _yes,
    "family": lambda text, _viewer: text if text in FAMILY else None,
    "q": _words,
    "sort": lambda text, _viewer: _member(Sort, text),
    "page": _cursor,
}


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """First moment of a month in Thailand and of the one after it."""
    year, number = int(month[:4]), int(month[5:])
    following = (year + 1, 1) if number == 12 else (year, number + 1)
    return (
        datetime(year, number, 1, tzinfo=clock.BANGKOK).astimezone(UTC),
        datetime(*following, 1, tzinfo=clock.BANGKOK).astimezone(UTC),
    )
