"""Days among moments, and whole numbers, alike inside statements of both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from welfare.core.db.columns import UTCDateTime


class moment_of(FunctionElement[Any]):  # noqa: N801 - reads as an SQL function
    """A date column as the moment 00:00 UTC: 07:00 of the same day in Thailand.

    So days stand among moments in one ``UNION``, and the Thai day of the moment is the day.
    """

    type = UTCDateTime()
    name = "moment_of"
    inherit_cache = True

    def __init__(self, day: ColumnElement[Any] | Any) -> None:
        super().__init__(day)


class day_of(FunctionElement[Any]):  # noqa: N801 - reads as an SQL function
    """The calendar day in Thailand of a moment, UTC+7 all the year."""

    type = Date()
    name = "day_of"
    inherit_cache = True

    def __init__(self, moment: ColumnElement[Any] | Any) -> None:
        super().__init__(moment)


class floor_of(FunctionElement[int]):  # noqa: N801 - reads as an SQL function
    """The whole number at or below a number that is not negative."""

    type = Integer()
    name = "floor_of"
    inherit_cache = True

    def __init__(self, number: ColumnElement[Any] | Any) -> None:
        super().__init__(number)


@compiles(floor_of, "sqlite")
def _sqlite_floor(element: floor_of, compiler: Any, **words: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **words)} AS INTEGER)"


@compiles(floor_of, "postgresql")
def _postgresql_floor(element: floor_of, compiler: Any, **words: Any) -> str:
    return f"CAST(floor({compiler.process(element.clauses, **words)}) AS INTEGER)"


@compiles(day_of, "sqlite")
def _sqlite_day(element: day_of, compiler: Any, **words: Any) -> str:
    return f"date({compiler.process(element.clauses, **words)}, '+7 hours')"


@compiles(day_of, "postgresql")
def _postgresql_day(element: day_of, compiler: Any, **words: Any) -> str:
    moment = compiler.process(element.clauses, **words)
    return f"CAST({moment} AT TIME ZONE INTERVAL '7 hours' AS DATE)"


@compiles(moment_of, "sqlite")
def _sqlite(element: moment_of, compiler: Any, **words: Any) -> str:
    return f"({compiler.process(element.clauses, **words)} || ' 00:00:00.000000')"


@compiles(moment_of, "postgresql")
def _postgresql(element: moment_of, compiler: Any, **words: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **words)} AS timestamp) AT TIME ZONE 'UTC')"
