"""The database: engine rules, column types, the declarative base."""

from welfare.core.db.base import Base, Versioned, db
from welfare.core.db.columns import UTCDateTime, personal, str_enum
from welfare.core.db.engine import begin_writing, install_engine_rules

__all__ = [
    "Base",
    "UTCDateTime",
    "Versioned",
    "begin_writing",
    "db",
    "install_engine_rules",
    "personal",
    "str_enum",
]
