"""The blueprint, and what its pages share."""

from __future__ import annotations

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from welfare.cases.queries import forget_kept
from welfare.core.errors import Refused
from welfare.core.web import commit
from welfare.core.web.forms import Form

Answer = str | Response | tuple[str, int]

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


def forget() -> None:
    """Let this process read lists, staff and municipality anew, after a change was committed.

    Other processes do so by themselves within a minute.
    """
    forget_kept()
    current_app.extensions["municipality_words"].forget()


def commit_and_forget() -> None:
    """Commit a change of what processes remember."""
    commit()
    forget()


def place(refusal: Refused, form: Form, otherwise: str) -> None:
    """Put what a service refused beside the field it is about."""
    name = refusal.field if refusal.field and refusal.field in form else otherwise
    form[name].errors = [refusal.message]
