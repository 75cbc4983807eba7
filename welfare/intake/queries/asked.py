"""What the queue of complaints can be asked for, read from the query string without failing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from welfare.cases.queries.categories import category_by_code
from welfare.cases.workflow import Priority
from welfare.core.security.crypto import blind_index
from welfare.core.thai.faults import InputFault
from welfare.core.thai.phones import normalise_phone
from welfare.core.thai.references import read_spoken_reference
from welfare.core.thai.text import search_key
from welfare.intake.workflow import ComplaintStatus

LONGEST = 200
MOST_WORDS = 8


class Scope(StrEnum):
    """Which states are shown when no single one is asked for."""

    OPEN = "open"
    ALL = "all"


class Order(StrEnum):
    """In what order: the most pressing first, by deadline alone, or by when they came."""

    PRESSING = "pressing"
    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Edge:
    """The last line of the page before, by the values that sort; ``back``: towards the start."""

    id: int
    urgency: int = 0
    due_at: datetime | None = None
    back: bool = False

    def as_text(self) -> str:
        """As it stands in the address."""
        moment = round(self.due_at.timestamp() * 1_000_000) if self.due_at else 0
        return f"{'b' if self.back else 'a'}{self.urgency}.{moment}.{self.id}"


@dataclass(frozen=True, slots=True)
class ComplaintFilters:
    """One question to the queue. ``category`` is an id; ``village`` 0: village not known."""

    status: ComplaintStatus | Scope = ComplaintStatus.SUBMITTED
    category: int | None = None
    village: int | None = None
    priority: Priority | None = None
    overdue: bool = False
    unanswered: bool = False
    """Unread past the day by which the filer was promised an answer."""
    over_a_week: bool = False
    """Unread for more than a week."""
    words: tuple[str, ...] = ()
    reference: str = ""
    phone: bytes | None = None
    sort: Order = Order.PRESSING
    edge: Edge | None = None

    @property
    def undecided(self) -> bool:
        """Whether only complaints that wait for a decision or an answer are asked for."""
        waiting = (Scope.OPEN, ComplaintStatus.SUBMITTED, ComplaintStatus.NEEDS_INFO)
        return self.overdue or self.status in waiting


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters as read, and the names of what was ignored because it means nothing."""

    filters: ComplaintFilters
    ignored: tuple[str, ...] = ()


def read_filters(values: Mapping[str, str]) -> Asked:
    """The question that a query string asks; what cannot be understood is left out and named.

    Without a state: those waiting to be decided, most pressing first; with words: all, newest
    first.
    """
    found: dict[str, Any] = {}
    ignored: list[str] = []
    for name, read in _READERS.items():
        text = values.get(name, "").strip()
        if not text:
            continue
        value = read(text[:LONGEST])
        if value is None:
            ignored.append(name)
        else:
            found |= value if isinstance(value, dict) else {_FIELDS.get(name, name): value}
    return Asked(_settled(ComplaintFilters(**found), found), tuple(ignored))


def _settled(filters: ComplaintFilters, found: Mapping[str, Any]) -> ComplaintFilters:
    searching = bool(filters.words or filters.reference or filters.phone)
    status = filters.status
    if "status" not in found and (searching or filters.overdue):
        status = Scope.ALL if searching else Scope.OPEN
    filters = replace(filters, status=status)
    sort = filters.sort
    if "sort" not in found and (filters.words or not filters.undecided):
        sort = Order.NEWEST
    edge = filters.edge
    if edge is not None and edge.due_at is None and sort in (Order.PRESSING, Order.DUE):
        edge = None
    return replace(filters, sort=sort, edge=edge)


def _member(kind: Any, text: str) -> Any:
    return kind(text) if text in set(kind) else None


def _status(text: str) -> ComplaintStatus | Scope | None:
    found: ComplaintStatus | Scope | None = _member(ComplaintStatus, text) or _member(Scope, text)
    return found


def _category(text: str) -> int | None:
    found = category_by_code(text)
    return found.id if found else None


def _village(text: str) -> int | None:
    plain = search_key(text)
    return int(plain) if re.fullmatch(r"[0-9]{1,3}", plain) else None


def _looked_for(text: str) -> dict[str, Any] | None:
    """A request number, a whole telephone number, or words."""
    try:
        return {"reference": str(read_spoken_reference(text))}
    except InputFault:
        pass
    try:
        stored = normalise_phone(text).partition("x")[0]
    except InputFault:
        stored = ""
    if len(stored) > 4:
        return {"phone": blind_index(stored, purpose="phone")}
    words = tuple(dict.fromkeys(search_key(text).split()))[:MOST_WORDS]
    return {"words": words} if words else None


def _edge(text: str) -> Edge | None:
    match = re.fullmatch(r"([ab])([0-3])\.([0-9]{1,16})\.([0-9]{1,9})", text)
    if match is None:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(match[3]))
    due_at = moment if int(match[3]) else None
    return Edge(int(match[4]), int(match[2]), due_at, back=match[1] == "b")


_FIELDS = {"page": "edge", "week": "over_a_week"}
_READERS: dict[str, Callable[[str], Any]] = {
    "status": _status,
    "category": _category,
    "village": _village,
    "priority": lambda text: _member(Priority, text),
    "overdue": lambda text: True if text == "1" else None,
    "unanswered": lambda text: True if text == "1" else None,
    "week": lambda text: True if text == "1" else None,
    "q": _looked_for,
    "sort": lambda text: _member(Order, text),
    "page": _edge,
}
