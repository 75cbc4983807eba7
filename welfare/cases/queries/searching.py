"""Finding words in cases: two plans, because neither is quick for every word.

A common word stands in one of the newest cases: looking through those ends at once, while an index
of trigrams would bring up half the table. A rare word is the reverse. So words with a part that
hardly any case holds are left to the index at once, of others the newest are looked through, and
the index is asked if they did not fill the page. It is asked for the rarest parts of the words
alone; whether the words themselves stand there is seen in what it brings up. Words of one or two
letters no index knows: they are looked for in all cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    column,
    func,
    select,
    table,
    text,
)

from welfare.cases.models import Case
from welfare.cases.queries.rarity import PART, is_rare, rarest_parts
from welfare.core.db import SearchText, db

NEWEST = 2000
"""How many of the newest cases are looked through before trigrams are asked."""

SHORTEST = PART
"""Characters of the shortest word that trigrams can find."""

Statement = Select[*tuple[Any, ...]]


FURTHEST = 64_000
"""The most cases that are looked through where trigrams would bring up still more."""

_WEIGHT = 6
"""What a case brought up by trigrams costs, in cases looked through."""

_SHORT = 6

_FEW = 10
"""Where a page would need a tenth of all cases looked through, there are few hits: trigrams."""


def further(found: int, newest_id: int, page: int) -> int:
    """How many cases to look through for a full page when the newest held so many hits; 0 where
    trigrams are likely to cost less. For PostgreSQL: FTS5 gives its hits in order and stops.
    """
    if not found:
        return 0
    needed = NEWEST * (page + 1) // found
    few = needed * _FEW > newest_id
    if few or needed > _WEIGHT * newest_id * found // NEWEST:
        return 0
    reach = 2 * NEWEST
    while reach < 2 * needed and reach < FURTHEST:
        reach *= 2
    return min(reach, FURTHEST)


def sought_parts(words: Sequence[str]) -> tuple[str, ...]:
    """What an index is asked for: the rarest parts, else the words that are long enough."""
    return rarest_parts(words) or tuple(word for word in words if len(word) >= SHORTEST)


def whole_if_short(parts: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """Short words in place of their parts: PostgreSQL looks through each text once a pattern."""
    short = [word for word in words if SHORTEST <= len(word) <= _SHORT]
    kept = [part for part in parts if not any(part in word for word in short)]
    return (*(word for word in short if any(part in word for part in parts)), *kept)


def is_for_index(parts: Sequence[str]) -> bool:
    """Whether looking through the newest cases first would be in vain."""
    return bool(parts) and len(parts[0]) == PART and is_rare(parts[0])


def newest_with(
    statement: Statement,
    words: Sequence[bool],
    columns: Sequence[str],
    *,
    dialect: str,
    reach: int = NEWEST,
) -> Statement:
    """Those of the first cases of an ordered statement in which all words stand."""
    inner = (statement.limit(reach) if any(words) else statement).subquery()
    chosen = [inner.c[name] for name in columns]
    return select(*chosen).where(*_stand_in(inner.c.search_text, len(words), dialect))


def found_by_trigrams(
    statement: Statement, words: int, parts: int, *, dialect: str, descending: bool
) -> Statement:
    """All cases of a statement in which all words stand, in the order of their ids."""
    found = _stand_in(Case.search_text, words, dialect)
    if dialect == "sqlite":
        return _by_fts(statement.where(*found), descending)
    return _by_pg_trgm(statement, found, parts, descending)


def _stand_in(column: Any, words: int, dialect: str) -> list[ColumnElement[bool]]:
    """Every word stands somewhere in the text. ``instr``, never LIKE: nothing to escape."""
    find = func.instr if dialect == "sqlite" else func.strpos
    return [find(column, bindparam(f"word_{n}", type_=SearchText)) > 0 for n in range(words)]


def _by_fts(statement: Statement, descending: bool) -> Statement:
    """FTS5 in the order of its rowids, each hit looked up as a case.

    The sum keeps SQLite from walking the cases and asking the index about each of them.
    """
    hits = table("case_search", column("rowid", Integer))
    order = "case_search.rowid DESC" if descending else "case_search.rowid"
    return (
        statement.select_from(hits)
        .where(
            text("case_search MATCH :phrases").bindparams(bindparam("phrases", type_=String)),
            Case.id == hits.c.rowid + 0,
        )
        .order_by(text(order))
    )


def _by_pg_trgm(
    statement: Statement, found: list[ColumnElement[bool]], parts: int, descending: bool
) -> Statement:
    """The GIN index first, whatever the planner thinks of walking the newest cases."""
    patterns = [
        Case.search_text.like(bindparam(f"pattern_{n}", type_=SearchText)) for n in range(parts)
    ]
    hits = statement.where(*patterns, *found).cte("hits").prefix_with("MATERIALIZED")
    return select(*hits.c).order_by(hits.c.id.desc() if descending else hits.c.id)


def trigram_values(parts: Sequence[str], dialect: str) -> dict[str, str]:
    """The values that the second plan needs beside the words themselves."""
    if dialect == "sqlite":
        return {"phrases": " ".join('"' + part.replace('"', '""') + '"' for part in parts)}
    return {f"pattern_{n}": f"%{_escaped(part)}%" for n, part in enumerate(parts)}


def prefer_indexes() -> None:
    """Tell PostgreSQL, for this transaction, not to read the whole table instead of trigrams."""
    db.session.execute(select(func.set_config("enable_seqscan", "off", True)))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
