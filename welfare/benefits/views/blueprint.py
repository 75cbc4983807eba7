"""The blueprint, and what its pages share."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from welfare.core.errors import Refused
from welfare.core.web.forms import Form

Answer = str | Response | tuple[str, int]

blueprint = Blueprint("benefits", __name__, url_prefix="/admin")


def place(refusal: Refused, form: Form, otherwise: str) -> None:
    """Put what a service refused beside the field it is about."""
    name = refusal.field if refusal.field and refusal.field in form else otherwise
    form[name].errors = [refusal.message]
