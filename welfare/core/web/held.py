"""What somebody typed when their session had ended is held until they have signed in again."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, redirect, request, session, url_for
from sqlalchemy import delete, select
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.models import HeldForm
from welfare.core.web.labels import label_of, noted

NOT_HELD = frozenset({"csrf_token", "password", "new_password", "current_password"})
KEPT_FOR = timedelta(days=1)
HELD_AT_MOST = 400_000
USER_KEY = "user_id"
"""Session key that remembers whose session it was, after the server has ended it."""


@dataclass(frozen=True, slots=True)
class TypedField:
    """One field of a form as it was sent, with the words beside it."""

    name: str
    value: str
    label: str
    written: bool = True
    """Whether a person wrote it: choices and the program's own fields go along unshown."""

    @property
    def technical(self) -> bool:
        """Whether the field is the program's own and needs no showing."""
        return self.name in {"version", "one_time_key"}


def typed_fields() -> list[TypedField]:
    """What was typed in the present request, without secrets."""
    return _fields(list(request.form.items(multi=True)), request.path)


def _fields(items: list[tuple[str, str]], path: str) -> list[TypedField]:
    module = _module_behind(path)
    return [
        TypedField(name, value, label_of(name, module=module), _written(name, module))
        for name, value in items
        if name not in NOT_HELD
    ]


def _written(name: str, module: str) -> bool:
    found = noted(name, module=module)
    return found is not None and found.written


def _module_behind(path: str) -> str:
    """The module of the view that a form was going to; empty when there is none."""
    address = path.partition("?")[0]
    try:
        endpoint, _ = current_app.url_map.bind("").match(address, method="POST")
    except HTTPException:
        return ""
    return str(current_app.view_functions[endpoint].__module__)


def sign_in_first() -> Response:
    """Send a stranger to the sign-in page and back; what they were sending is held meanwhile."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    token = _hold()
    return redirect(url_for("accounts.sign_in", next=url_for("accounts.resume", token=token)))


def _hold() -> str:
    body = json.dumps(
        {
            "path": request.full_path.rstrip("?"),
            "user_id": session.get(USER_KEY),
            "items": list(request.form.items(multi=True)),
        }
    )
    token = secrets.token_urlsafe(16)
    if session.get(USER_KEY) is not None and len(body) <= HELD_AT_MOST:
        db.session.add(HeldForm(token_hash=_hash(token), body=body, created_at=clock.now()))
        db.session.commit()
    return token


def _hash(token: str) -> bytes:
    return keyed_hash(token, purpose="held-form")


def held_form(token: str, *, user_id: int) -> tuple[str, list[TypedField]]:
    """Where a held form was going and what was in it; only for the person who typed it."""
    row = db.session.scalar(select(HeldForm).where(HeldForm.token_hash == _hash(token)))
    if row is None or row.created_at < clock.now() - KEPT_FOR:
        raise NotFound
    body = json.loads(row.body)
    if body["user_id"] != user_id:
        raise NotFound
    return body["path"], _fields([(name, value) for name, value in body["items"]], body["path"])


def purge() -> int:
    """Remove held forms older than a day; returns how many."""
    result = db.session.execute(
        delete(HeldForm).where(HeldForm.created_at < clock.now() - KEPT_FOR)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
