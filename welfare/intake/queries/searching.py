"""Finding words in complaints: the newest are looked through, then trigrams of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, column, func, select, table, text

from welfare.core.db import db
from welfare.intake.models import Complaint

SHORTEST = 3
"""Characters of the shortest word that trigrams can find."""

Statement = Select[*tuple[Any, ...]]


def with_words(statement: Statement, words: Sequence[str]) -> Statement:
    """Those complaints in whose text all words stand (``search_key`` text).

    Trigrams find the candidates; words of one or two letters are looked for in what is left.
    """
    if not words:
        return statement
    sqlite = db.session.get_bind().dialect.name == "sqlite"
    find = func.instr if sqlite else func.strpos
    statement = statement.where(*(find(Complaint.search_text, word) > 0 for word in words))
    long = [word for word in words if len(word) >= SHORTEST]
    if not long:
        return statement
    return statement.where(Complaint.id.in_(_by_fts(long) if sqlite else _by_pg_trgm(long)))


def _by_fts(words: Sequence[str]) -> Any:
    hits = table("complaint_search", column("rowid", Integer))
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    match = text("complaint_search MATCH :phrases").bindparams(
        bindparam("phrases", quoted, type_=String)
    )
    return select(hits.c.rowid).where(match)


def _by_pg_trgm(words: Sequence[str]) -> Any:
    found = [Complaint.search_text.contains(word, autoescape=True) for word in words]
    hits = select(Complaint.id).where(*found).cte("hits").prefix_with("MATERIALIZED")
    return select(hits.c.id)
