"""Is a text within another: exact, without wildcards, in the fastest way of each database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class holds(FunctionElement[bool]):  # noqa: N801 - reads as an SQL function
    """``holds(haystack, needle)``: the needle stands somewhere in the haystack.

    SQLite's LIKE folds case letter by letter and PostgreSQL's reads its pattern anew each row;
    search keys need neither, and nothing typed is ever a wildcard.
    """

    type = Boolean()
    inherit_cache = True
    name = "holds"


@compiles(holds)
def _strpos(element: holds, compiler: Any, **options: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **options)}) > 0)"


@compiles(holds, "sqlite")
def _instr(element: holds, compiler: Any, **options: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **options)}) > 0)"
