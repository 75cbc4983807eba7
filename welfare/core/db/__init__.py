"""The database: engine rules, column types, the declarative base."""

from welfare.core.db.base import Base, Versioned, db
from welfare.core.db.columns import Baht, SearchText, UTCDateTime, personal, str_enum
from welfare.core.db.engine import begin_writing, expect_writes, install_engine_rules
from welfare.core.db.holding import hold
from welfare.core.db.moments import floor_of, moment_of

__all__ = [
    "Baht",
    "Base",
    "SearchText",
    "UTCDateTime",
    "Versioned",
    "begin_writing",
    "db",
    "expect_writes",
    "floor_of",
    "hold",
    "install_engine_rules",
    "moment_of",
    "personal",
    "str_enum",
]
