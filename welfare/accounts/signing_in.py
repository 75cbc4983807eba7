"""Flask-Login's side of the server-side sessions: the cookie holds a token, the server the rest."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from welfare.accounts.queries import SEEN_EVERY, OpenSession, names_of, note_seen, open_session
from welfare.core import clock
from welfare.core.db import db
from welfare.core.db.engine import expect_writes
from welfare.core.web.access import access_of
from welfare.core.web.failures import NAMES


class SignedIn(UserMixin):
    """Who Flask-Login knows as the current user: a session token and the viewer behind it."""

    def __init__(self, token: str, opened: OpenSession) -> None:
        self.token = token
        self.viewer = opened.viewer
        self.session_id = opened.public_id
        self.must_change_password = opened.must_change_password
        self.waiting = opened.waiting

    def get_id(self) -> str:
        """The token: what the (signed) cookie keeps."""
        return self.token


def load(token: str) -> SignedIn | None:
    """The session of this token, noted as seen at most every five minutes."""
    idle = timedelta(minutes=current_app.config["SETTINGS"].session_idle_minutes)
    opened = open_session(token, idle=idle)
    if opened is None:
        return None
    if clock.now() - opened.last_seen_at > SEEN_EVERY:
        db.session.rollback()
        expect_writes(True)
        note_seen(token)
        db.session.commit()
    return SignedIn(token, opened)


def install_sign_in(app: Flask) -> None:
    """Set up Flask-Login."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load)
    app.before_request(_own_password_first)
    app.extensions[NAMES] = lambda user_id: names_of({user_id}).get(user_id, "")


OPEN_BEFORE = frozenset(
    {"accounts.account", "accounts.change_password", "accounts.sign_out", "accounts.sign_in"}
)


def _own_password_first() -> Response | None:
    """Who was given a password by somebody else chooses one of their own before anything else."""
    if request.endpoint in OPEN_BEFORE or not getattr(current_user, "must_change_password", False):
        return None
    access = access_of(current_app, request.endpoint) if request.endpoint else None
    if access is None or access.everybody:
        return None
    return redirect(url_for("accounts.account"))
