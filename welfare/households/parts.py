"""What domains above add to the registry's pages, filled in ``blueprints.py``.

The registry knows neither cases nor benefits. Each offers a part: a loader that asks its own
queries what this viewer may see, and a template that is included with ``part`` as its variable.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from sqlalchemy import Numeric, Select, String, Table, Text, cast, literal, null, type_coerce

from welfare.core.db import Base, UTCDateTime
from welfare.core.security.permissions import Viewer


class Loader(Protocol):
    """Plain values for a part; ``None`` or nothing for nothing to show. Either id is given."""

    def __call__(self, *, household_id: int | None, person_id: int | None, viewer: Viewer) -> Any:
        """What the part's template shows."""


@dataclass(frozen=True, slots=True)
class Part:
    """One slot of a page, loaded."""

    name: str
    template: str
    values: Any


class NewWords(Protocol):
    """What follows when a person or a house is found by other words from now on."""

    def __call__(
        self,
        *,
        person_id: int | None = None,
        household_id: int | None = None,
        before: str,
        after: str,
    ) -> None:
        """Runs in the transaction of the edit; ``before`` and ``after`` are search keys."""


LooksAfter = Callable[[Viewer, Collection[int]], set[int]]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a timeline as the statement found it, before it has words.

    ``what`` is a code of the strand; ``ref`` a number to link to; ``whole_day``: only the day of
    ``at`` is known. ``who`` is empty for those whose name the viewer may not know.
    """

    strand: str
    what: str
    at: datetime
    whole_day: bool
    id: int
    ref: str
    text: str
    more: str
    amount: Decimal | None
    who: str


@dataclass(frozen=True, slots=True)
class Told:
    """The same line in words: ``kind`` is what the timeline is filtered by."""

    title: str
    body: str = ""
    url: str = ""
    icon: str = "chat-left-text"


class StrandStatement(Protocol):
    """What of a strand this viewer may see, as a ``SELECT`` of :func:`line_columns`; ``None``
    for nothing. Either id is given. It must not order or limit."""

    def __call__(
        self, *, household_id: int | None, person_id: int | None, viewer: Viewer
    ) -> Select[*tuple[Any, ...]] | None:
        """The statement."""


class Tellers(Protocol):
    """Words for the lines of a page, in one statement for all of them."""

    def __call__(
        self, rows: Sequence[Happened], *, household_id: int | None, viewer: Viewer
    ) -> Sequence[Told]:
        """A line each, in the order given."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One source of the timeline: its statement, how its lines read, what it is filtered by."""

    name: str
    statement: StrandStatement
    words: Callable[[Happened], Told]
    kind: str
    tell: Tellers | None = None
    """Words for all lines of a page at once, where they need more than the line says."""


def line_columns(
    strand: str,
    what: Any,
    at: Any,
    row_id: Any,
    *,
    whole_day: Any = False,
    ref: Any = "",
    text: Any = "",
    more: Any = "",
    amount: Any = None,
    who: Any = "",
) -> list[Any]:
    """The columns of a strand in the order and of the types that all strands share.

    ``at`` is a moment, or ``core.db.moment_of(day)`` with ``whole_day``. No encrypted column: all
    strands are read in one ``UNION``.
    """

    def words(value: Any, name: str, kind: Any = String) -> Any:
        column = literal(value) if isinstance(value, str) else value
        return cast(column, kind).label(name)

    return [
        words(strand, "strand"),
        words(what, "what"),
        type_coerce(at, UTCDateTime).label("at"),
        (literal(1 if whole_day else 0) if isinstance(whole_day, bool) else whole_day).label(
            "whole_day"
        ),
        row_id.label("id"),
        words(ref, "ref"),
        words(text, "text", Text),
        words(more, "more", Text),
        (cast(null(), Numeric(12, 2)) if amount is None else amount).label("amount"),
        words(who, "who"),
    ]


_strands: dict[str, Strand] = {}


def register_timeline(
    name: str, statement: StrandStatement, words: Callable[[Happened], Told], *, kind: str
) -> None:
    """Add a strand to the timeline of a household and a person; ``kind`` is a key of
    ``queries.timeline.HAPPENINGS``. Registering a name again replaces it."""
    _strands[name] = Strand(name, statement, words, kind)


def forget_timeline(name: str) -> None:
    """Take a strand away again (tests)."""
    _strands.pop(name, None)


def strands() -> dict[str, Strand]:
    """All strands by name."""
    return dict(_strands)


_parts: dict[str, tuple[Loader, str]] = {}
_looks_after: list[LooksAfter] = []
_new_words: list[NewWords] = []


def register_part(name: str, loader: Loader, template: str) -> None:
    """Add a part to the pages of a household and a person, in the order of registering.

    Registering a name again replaces it, so that an application may be made twice.
    """
    _parts[name] = (loader, template)


def forget_part(name: str) -> None:
    """Take a part away again (tests)."""
    _parts.pop(name, None)


ORDER = (
    "duplicates", "needs", "surveys", "benefits", "cases", "complaints", "operations_day",
    "photos", "extras",
)  # fmt: skip
"""Where parts stand on a page: these first, in this order, whoever registers them when."""


def _place(part: Part) -> int:
    return ORDER.index(part.name) if part.name in ORDER else len(ORDER)


def load_parts(
    *,
    viewer: Viewer,
    household_id: int | None = None,
    person_id: int | None = None,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
) -> list[Part]:
    """Every part (or ``only`` these; ``without`` those) that has something to show, in the order of
    the page."""
    loaded = [
        Part(name, template, loader(household_id=household_id, person_id=person_id, viewer=viewer))
        for name, (loader, template) in _parts.items()
        if (only is None or name in only) and name not in without
    ]
    return sorted((part for part in loaded if part.values), key=_place)


def register_new_words(follower: NewWords) -> None:
    """Follow the renaming of people and the changed addresses of houses."""
    if follower not in _new_words:
        _new_words.append(follower)


def tell_new_words(
    before: str, after: str, *, person_id: int | None = None, household_id: int | None = None
) -> None:
    """Let them follow, where the words have changed; the edit is flushed."""
    if before != after:
        for follower in _new_words:
            follower(person_id=person_id, household_id=household_id, before=before, after=after)


VillageCounts = Callable[[Viewer], dict[int, int]]

_open_cases: list[VillageCounts] = []


Elsewhere = Callable[[str, Viewer], str | None]
_elsewhere: dict[str, Elsewhere] = {}


def register_elsewhere(prefix: str, address_of: Elsewhere) -> None:
    """Say where a number that begins so is shown, when this viewer may see it (a case, a
    request): the registry's one search box takes them too."""
    _elsewhere[prefix] = address_of


def address_elsewhere(prefix: str, number: str, viewer: Viewer) -> str | None:
    """The address of what bears this number; ``None`` where there is nothing for this viewer."""
    asked = _elsewhere.get(prefix)
    return asked(number, viewer) if asked else None


def register_village_counts(counted: VillageCounts) -> None:
    """Say how many open cases of each village (0: not known) a viewer may see, for the map."""
    if counted not in _open_cases:
        _open_cases.append(counted)


def village_counts(viewer: Viewer) -> dict[int, int]:
    """Open cases by village, as far as the viewer may know of them."""
    found: dict[int, int] = {}
    for counted in _open_cases:
        for village_no, n in counted(viewer).items():
            found[village_no] = found.get(village_no, 0) + n
    return found


def register_looks_after(asked: LooksAfter) -> None:
    """Say how to learn for which of some people the viewer is working (assignee of a case)."""
    if asked not in _looks_after:
        _looks_after.append(asked)


def forget_looks_after(asked: LooksAfter) -> None:
    """Take it away again (tests)."""
    if asked in _looks_after:
        _looks_after.remove(asked)


def looked_after(viewer: Viewer, person_ids: Collection[int]) -> set[int]:
    """Those of these people for whom the viewer is working now."""
    if not person_ids:
        return set()
    return set().union(*(asked(viewer, person_ids) for asked in _looks_after))


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of another domain's table that names a person or a household by id."""

    table_name: str
    column: str
    of: Literal["person", "household"]

    @property
    def table(self) -> Table:
        """The table itself."""
        return Base.metadata.tables[self.table_name]


_references: dict[tuple[str, str], Reference] = {}


def register_reference(table: str, column: str, *, of: Literal["person", "household"]) -> None:
    """Say which rows must follow when two records of the registry become one."""
    _references[table, column] = Reference(table, column, of)


def references(of: Literal["person", "household"]) -> list[Reference]:
    """Every column that names one of these."""
    return [reference for reference in _references.values() if reference.of == of]
