"""Records that a write is about to change."""

from typing import TypeVar

from sqlalchemy import Select

from welfare.core.db.base import db
from welfare.core.errors import NotFound

Record = TypeVar("Record")


def hold(which: Select[Record]) -> Record:
    """The one record of a statement, read anew and locked until the transaction ends, so that
    what is decided on it still holds when it is written; ``NotFound`` when there is none."""
    found = db.session.scalar(which.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found
