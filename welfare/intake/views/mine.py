"""What a volunteer or member of staff filed for others."""

from __future__ import annotations

from flask import Blueprint, render_template

from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.intake.queries.mine import my_filings
from welfare.intake.views.progress import stage_word

blueprint = Blueprint("own_filings", __name__, url_prefix="/requests/mine")


@blueprint.get("")
@requires(Permission.VIEW_OWN_FILINGS)
def page() -> str:
    """My filings and how far each is."""
    rows = my_filings(viewer=the_viewer())
    words = {row.reference: stage_word(row.stage) for row in rows}
    return render_template("intake/public/mine.html", rows=rows, words=words)
