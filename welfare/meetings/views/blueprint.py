"""What the pages of meetings share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.cases.workflow import Vote
from welfare.core.errors import Refused
from welfare.core.security.permissions import Permission
from welfare.core.web.forms import EditForm

blueprint = Blueprint("meetings", __name__, url_prefix="/desk/meetings")

Answer = str | Response | tuple[str, int]

KEEPERS = (Permission.ISSUE_PAPERS,)


def to_meeting(reference: str, place: str = "") -> Response:
    """To its page, or to a place in it."""
    return redirect(url_for("meetings.page", reference=reference) + place, 303)


def not_done(form: EditForm, act: Callable[[], Any], field: str = "") -> int:
    """Do a step; the status of the page that says why it was not done, 0 where it was. With a
    ``field`` a refusal stands beside it."""
    if not form.sent():
        return 400
    try:
        act()
    except Refused as refusal:
        if not field:
            raise
        form[field].errors = refusal.message.split("\n")
        return 422
    return 0


def vote_said(name: str) -> Vote | None:
    """The vote chosen in this field."""
    said = request.form.get(name, "")
    return Vote(said) if said in set(Vote) else None
