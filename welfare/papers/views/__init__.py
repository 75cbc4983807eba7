"""Pages of papers: at the desk, the papers themselves, verifying, administration."""

from welfare.papers.views import admin, batches, deeds, desk, export, files, sheets, verify
from welfare.papers.views.blueprints import documents, paper_admin, paper_desk, verifying

__all__ = [
    "admin",
    "batches",
    "deeds",
    "desk",
    "documents",
    "export",
    "files",
    "paper_admin",
    "paper_desk",
    "sheets",
    "verify",
    "verifying",
]
