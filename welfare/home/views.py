"""The municipality's page, the health checks."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response

from welfare.admin.places import places
from welfare.core.db import db
from welfare.core.web import commit, public, signed_in, the_viewer
from welfare.home.desk import desk_of
from welfare.messages.services import mark_read

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@public
def home() -> str:
    """Where a citizen arrives."""
    return render_template("public/home.html")


@blueprint.get("/desk", endpoint="desk")
@signed_in
def desk() -> str:
    """One's own desk: what is new for me, and where my work is."""
    viewer = the_viewer()
    return render_template("desk/home.html", desk=desk_of(viewer), places=places(viewer))


@blueprint.post("/desk/messages/<int:message_id>/read")
@signed_in
def read_message(message_id: int) -> Response:
    """Note that a message was read, and go where it leads."""
    link = mark_read(actor=the_viewer(), message_id=message_id)
    commit()
    return redirect(link or url_for("public.desk"))


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
