"""Which rows of which tables name a person or a household."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, cast

from sqlalchemy import Table, func, literal, select, union_all

from welfare.core.db import Base, db
from welfare.core.i18n import lazy_gettext as _l
from welfare.households.models import Household, Person
from welfare.households.parts import references

_BY_HAND = frozenset({"memberships", "person_names", "parentages", "registry_change_subjects"})
"""Tables whose rows are put together with those of the survivor, not only sent there."""

WORDS: dict[str, Any] = {
    "cases": _l("Cases"),
    "complaints": _l("Requests"),
    "assistance": _l("Help given"),
    "person_facts": _l("Facts"),
    "household_surveys": _l("Surveys"),
    "household_needs": _l("Problems and strengths"),
    "household_photos": _l("Photos"),
}
"""Tables of which the preview speaks."""


def referring(of: Literal["person", "household"]) -> Iterator[tuple[Table, str]]:
    """Every column that names one, registered or by a foreign key; derived tables are left out."""
    target = cast(Table, (Person if of == "person" else Household).__table__)
    found: dict[tuple[str, str], Table] = {}
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            derived = key.ondelete == "CASCADE"
            if key.column.table is target and not derived and table.name not in _BY_HAND:
                found[table.name, key.parent.name] = table
    for reference in references(of):
        found[reference.table.name, reference.column] = reference.table
    for (_name, column), table in found.items():
        yield table, column


def count_referring(
    of: Literal["person", "household"], ids: Sequence[int]
) -> dict[int, dict[str, int]]:
    """By record: how many rows of the tables with a word name it; one statement."""
    parts = [
        select(
            literal(table.name).label("name"), table.c[column].label("record"),
            func.count().label("how_many"),
        )
        .where(table.c[column].in_(ids))
        .group_by(table.c[column])
        for table, column in referring(of)
        if table.name in WORDS and column in ("person_id", "household_id")
    ]  # fmt: skip
    found: dict[int, dict[str, int]] = {record: {} for record in ids}
    for row in db.session.execute(union_all(*parts)):
        found[row.record][row.name] = found[row.record].get(row.name, 0) + row.how_many
    return found
