"""The municipality's page, the health checks."""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy import text
from werkzeug.wrappers import Response

from welfare.core.db import db
from welfare.core.web import public

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@public
def home() -> str:
    """Where a citizen arrives."""
    return render_template("public/home.html")


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process lives."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """The database answers."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
