"""The blueprints that the modules of this package add their routes to."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from welfare.core.security.permissions import Permission

paper_desk = Blueprint("paper_desk", __name__, url_prefix="/desk/papers")
documents = Blueprint("documents", __name__, url_prefix="/documents")
verifying = Blueprint("verifying", __name__, url_prefix="/verify")
paper_admin = Blueprint("paper_admin", __name__, url_prefix="/admin/papers")

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]

READERS = (Permission.WRITE_PAPERS, Permission.ISSUE_PAPERS)


def status_of_page() -> int:
    """200 for a page that is opened, 400 for a form that is not right yet."""
    return 400 if request.method == "POST" else 200
