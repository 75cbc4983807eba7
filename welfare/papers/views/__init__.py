"""Pages of papers: at the desk, the papers themselves, verifying, administration."""

from welfare.papers.views import (
    admin,
    batches,
    deeds,
    desk,
    destroying,
    export,
    files,
    gone,
    keeping,
    sheets,
    verify,
)
from welfare.papers.views.blueprints import documents, paper_admin, paper_desk, verifying

__all__ = [
    "admin",
    "batches",
    "deeds",
    "desk",
    "destroying",
    "documents",
    "export",
    "files",
    "gone",
    "keeping",
    "paper_admin",
    "paper_desk",
    "sheets",
    "verify",
    "verifying",
]
