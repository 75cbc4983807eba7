"""Every failure becomes a page in plain words, with what was typed kept where there was any."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime

import structlog
from flask import Flask, abort, current_app, flash, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.db import db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord, TakenAway, Throttled
from welfare.core.i18n import gettext as _
from welfare.core.pdf.errors import PaperError, PaperTooSlow
from welfare.core.web.access import access_of
from welfare.core.web.conflict import conflict_of
from welfare.core.web.held import TypedField, sign_in_first, typed_fields
from welfare.core.web.viewer import NOBODY, current_viewer

log = structlog.get_logger()

NAMES = "names-of-staff"
"""Where the application keeps how to learn somebody's name from the id in the audit."""

Page = tuple[str, int] | tuple[str, int, dict[str, str]]
PAGES = frozenset({400, 403, 404, 405, 413, 414, 429, 500, 503})
LONGEST_ADDRESS = 8000
"""Letters of an address; what is longer gets a page that says so."""


def _page(status: int, **values: object) -> Page:
    _roll_back()
    name = status if status in PAGES else (400 if status < 500 else 500)
    if name == 405:
        name = 404
    return render_template(f"errors/{name}.html", **_around(status), **values), status


def _around(status: int) -> dict[str, str]:
    """Staff keep their own page around the words, with the search and the way back; a failure of
    ours is told on the plain one, which needs the least."""
    if status >= 500 or current_viewer() is None:
        return {"layout": "layouts/public.html"}
    field = request.path == "/field" or request.path.startswith("/field/")
    return {"layout": f"layouts/{'field' if field else 'desk'}.html", "back": _back()}


def _not_too_long() -> None:
    if len(request.full_path) > LONGEST_ADDRESS:
        abort(414)


def _roll_back() -> None:
    """Roll back; a database that is gone cannot, and need not."""
    with contextlib.suppress(SQLAlchemyError):
        db.session.rollback()


def resume_page(status: int, *, fields: Iterable[TypedField], action: str) -> Page:
    """The page that shows what was typed and lets it be sent again."""
    db.session.rollback()
    page = render_template("errors/resume.html", fields=list(fields), action=action)
    return page, status


def _csrf(_error: CSRFError) -> Page | Response:
    """The form's token is gone: an ended session, or another site. Keep what was typed."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return _page(400)
    if _staff_route() and current_viewer() is None:
        return sign_in_first()
    return resume_page(400, fields=typed_fields(), action=request.full_path.rstrip("?"))


def _staff_route() -> bool:
    access = access_of(current_app, request.endpoint) if request.endpoint else None
    return access is not None and not access.everybody


def _stale(error: StaleRecord) -> Page:
    db.session.rollback()
    page = render_template(
        "errors/conflict.html",
        conflict=conflict_of(typed_fields(), error.current),
        version=error.version,
        action=request.full_path.rstrip("?"),
        one_time_key=request.form.get("one_time_key"),
        back=_back(),
        saved=_last_saved(),
    )
    return page, 409


def _last_saved() -> tuple[str, datetime] | None:
    """Who saved before, and when: the last change of what the address names. Staff only."""
    named = {str(value) for value in (request.view_args or {}).values()}
    found = audit.last_write(named) if named and current_viewer() is not None else None
    if found is None:
        return None
    name_of = current_app.extensions.get(NAMES, lambda _id: "")
    return name_of(found.actor_id) or found.actor, found.at


def _taken_away(_error: TakenAway) -> Page:
    _roll_back()
    page = render_template(
        "errors/refused.html",
        message=_("Somebody has taken this entry back meanwhile. What you typed stands below."),
        fields=[field for field in typed_fields() if not field.technical],
        back=_back(),
    )
    return page, 409


def refused_page(error: Refused) -> Page | Response:
    """A rule said no: the words, with what was typed; without a form, the front page."""
    db.session.rollback()
    if request.method == "POST" and request.form:
        page = render_template(
            "errors/refused.html",
            message=error.message,
            fields=[field for field in typed_fields() if not field.technical],
            back=_back(),
        )
        return page, 422
    flash(error.message, "error")
    return redirect("/")


def _no_paper(error: PaperError) -> Page:
    """A paper that asked for more than one may: ended, with words, and nothing else touched."""
    log.warning("paper", endpoint=request.endpoint, kind=type(error).__name__)
    _roll_back()
    message = (
        _("Making this paper took too long and was ended. Try again, or choose fewer parts of it.")
        if isinstance(error, PaperTooSlow)
        else _("This paper would be too long to make in one piece. Choose fewer parts of it.")
    )
    return render_template("errors/refused.html", message=message, back=_back()), 422


def _back() -> str:
    """The page that the form stood on, as far as the browser says; else the desk."""
    came_from = request.referrer or ""
    return came_from if came_from.startswith(request.host_url) else "/desk"


_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def _busy(error: BaseException) -> bool:
    """Whether SQLite's one writer was somebody else for longer than we wait."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return isinstance(error, OperationalError) and code & 0xFF in _BUSY


def _wait_a_moment() -> Page:
    """A large list is being written into the registry: nothing typed is lost, and it can be sent
    again as it stands."""
    log.warning("busy", endpoint=request.endpoint)
    _roll_back()
    expect_writes(False)
    message = _("A large list is being written into the registry just now; an import is applied.")
    if request.method != "POST" or not request.form:
        return _page(503, message=message, retry_url=request.full_path.rstrip("?"))
    page = render_template(
        "errors/resume.html",
        fields=typed_fields(),
        action=request.full_path.rstrip("?"),
        busy=message,
    )
    return page, 503, {"Retry-After": "10"}


def install_failures(app: Flask) -> None:
    """Register the handlers."""
    app.before_request(_not_too_long)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Page | Response:
        if isinstance(error, InternalServerError):
            return _unexpected(error.original_exception or error)
        if error.response is not None and isinstance(error.response, Response):
            return error.response
        page = _page(error.code or 500)
        if error.code == 405 and "Allow" in dict(error.get_headers()):
            return page[0], 405, {"Allow": dict(error.get_headers())["Allow"]}
        return page

    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(Forbidden, lambda _error: _page(403))
    app.register_error_handler(StaleRecord, _stale)
    app.register_error_handler(TakenAway, _taken_away)
    app.register_error_handler(PaperError, _no_paper)
    app.register_error_handler(Refused, refused_page)

    @app.errorhandler(Throttled)
    def _throttled(error: Throttled) -> Page:
        minutes = max(1, -(-error.retry_after // 60))
        page = _page(429, minutes=minutes)
        return page[0], 429, {"Retry-After": str(error.retry_after)}

    @app.errorhandler(StaleDataError)
    def _raced(_error: StaleDataError) -> Page:
        return resume_page(409, fields=typed_fields(), action=request.full_path.rstrip("?"))

    @app.errorhandler(Exception)
    def _unexpected(error: BaseException) -> Page:
        if app.config.get("PROPAGATE_UNEXPECTED"):
            raise error
        if _busy(error):
            return _wait_a_moment()
        error_id = secrets.token_hex(4)
        lost = isinstance(error, OperationalError | InterfaceError)
        g.setdefault(NOBODY, isinstance(error, SQLAlchemyError))
        log.error(
            "unexpected",
            error_id=error_id,
            endpoint=request.endpoint,
            kind=type(error).__name__,
            where=_where(error),
        )
        return _page(503 if lost else 500, error_id=error_id, fields=typed_fields())


def _where(error: BaseException) -> str:
    """File and line of the failure; never its message, which may hold personal data."""
    trace = error.__traceback__
    frames = []
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(frames[-6:]))
