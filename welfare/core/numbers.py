"""Running numbers: one row a kind and fiscal year, raised in the transaction that uses it.

The row is locked until that transaction ends, so numbers neither repeat nor leave gaps.
"""

from __future__ import annotations

from sqlalchemy import String, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, db


class RunningNumber(Base):
    """The last number taken of a kind in a fiscal year (0 where the kind knows no year)."""

    __tablename__ = "running_numbers"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


def take_number(kind: str, fiscal_year: int = 0) -> int:
    """The next number of this kind and fiscal year; the first is 1."""
    raised: int | None = db.session.scalar(
        update(RunningNumber)
        .where(RunningNumber.kind == kind, RunningNumber.fiscal_year == fiscal_year)
        .values(last=RunningNumber.last + 1)
        .returning(RunningNumber.last),
        execution_options={"synchronize_session": False},
    )
    if raised is not None:
        return raised
    sqlite = db.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert if sqlite else postgresql_insert
    statement = insert(RunningNumber).values(kind=kind, fiscal_year=fiscal_year, last=1)
    first: int | None = db.session.scalar(
        statement.on_conflict_do_update(
            index_elements=["kind", "fiscal_year"], set_={"last": RunningNumber.last + 1}
        ).returning(RunningNumber.last)
    )
    if first is None:
        raise RuntimeError(f"no running number for {kind}")
    return first


def next_number(kind: str, fiscal_year: int = 0) -> int:
    """What ``take_number`` would give now; nothing is taken, and another may be quicker."""
    last = db.session.scalar(
        select(RunningNumber.last).where(
            RunningNumber.kind == kind, RunningNumber.fiscal_year == fiscal_year
        )
    )
    return (last or 0) + 1


def take_numbers(kind: str, count: int, fiscal_year: int = 0) -> range:
    """The next numbers of this kind, so many at once (an import): the row is raised once."""
    first = take_number(kind, fiscal_year)
    if count > 1:
        db.session.execute(
            update(RunningNumber)
            .where(RunningNumber.kind == kind, RunningNumber.fiscal_year == fiscal_year)
            .values(last=RunningNumber.last + count - 1),
            execution_options={"synchronize_session": False},
        )
    return range(first, first + count)
