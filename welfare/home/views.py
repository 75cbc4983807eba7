"""The municipality's page, the health checks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError
from werkzeug.wrappers import Response

from welfare.admin.places import places
from welfare.cases.labels import DUTIES, STAGES
from welfare.cases.queries.deadlines.late import notices_of
from welfare.cases.services.deadlines.notices import read_all_notices, read_deadline_notice
from welfare.core.db import db
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, public, requires, signed_in, the_viewer
from welfare.home.desk import desk_of
from welfare.messages.queries import desk_messages
from welfare.messages.services import mark_all_read, mark_read, put_away

A_PAGE = 40

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
    return render_template(
        "desk/home.html",
        desk=desk_of(viewer),
        places=places(viewer),
        stages={stage: str(words) for stage, words in STAGES.items()},
        duty_words=DUTIES,
    )


@blueprint.get("/desk/notices")
@signed_in
def notices() -> str:
    """Everything one was told: deadlines, and what happened; new ones first."""
    viewer = the_viewer()
    before = whole(request.args.get("older", ""))
    messages = desk_messages(viewer=viewer, limit=A_PAGE + 1, before=before)
    return render_template(
        "desk/notices.html",
        messages=messages[:A_PAGE],
        older=min(one.id for one in messages[:A_PAGE]) if len(messages) > A_PAGE else None,
        deadlines=notices_of(viewer) if before is None else [],
        stages={stage: str(words) for stage, words in STAGES.items()},
        first=before is None,
    )


@blueprint.post("/desk/notices/read")
@signed_in
def read_everything() -> Response:
    """Note that everything was read."""
    viewer = the_viewer()
    mark_all_read(actor=viewer)
    read_all_notices(actor=viewer)
    commit()
    return redirect(url_for("public.notices"), 303)


@blueprint.post("/desk/messages/<int:message_id>/away")
@signed_in
def put_message_away(message_id: int) -> Response:
    """Take a message off one's desk."""
    put_away(actor=the_viewer(), message_id=message_id)
    commit()
    return redirect(url_for("public.notices"), 303)


@blueprint.post("/desk/messages/<int:message_id>/read")
@signed_in
def read_message(message_id: int) -> Response:
    """Note that a message was read, and go where it leads."""
    link = mark_read(actor=the_viewer(), message_id=message_id)
    commit()
    return redirect(link or url_for("public.desk"))


@blueprint.post("/desk/notices/<int:notice_id>/read")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def read_notice(notice_id: int) -> Response:
    """Note that a notice of a deadline was read, and go to its case."""
    number = read_deadline_notice(actor=the_viewer(), notice_id=notice_id)
    commit()
    if number is None:
        return redirect(url_for("public.desk"))
    return redirect(url_for("cases.page", number=number, _anchor="deadlines"))


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process lives."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """The database answers and has the tables that this version needs (503 otherwise).

    A database that is ahead is fine: processes of the version before go on until they are replaced.
    """
    try:
        found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except (ProgrammingError, OperationalError):
        found = None
    if found is None or found in earlier_revisions(current_app.root_path):
        return Response(
            "not ready: run `flask --app wsgi db upgrade`\n", 503, mimetype="text/plain"
        )
    return Response("ok\n", mimetype="text/plain")


@cache
def earlier_revisions(package: str) -> frozenset[str]:
    """Every revision of the tables that this version has left behind."""
    scripts = ScriptDirectory(str(Path(package).parent / "migrations"))
    newest = scripts.get_current_head()
    return frozenset(one.revision for one in scripts.walk_revisions() if one.revision != newest)
