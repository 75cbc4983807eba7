"""Pages of papers: at the desk, the papers themselves, verifying, administration."""

from welfare.papers.views import admin, deeds, desk, files, verify
from welfare.papers.views.blueprints import documents, paper_admin, paper_desk, verifying

__all__ = [
    "admin",
    "deeds",
    "desk",
    "documents",
    "files",
    "paper_admin",
    "paper_desk",
    "verify",
    "verifying",
]
