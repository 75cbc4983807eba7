"""Reading staff accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.engine import Row

from welfare.accounts.labels import device_words
from welfare.accounts.models import StaffSession, User, UserArea, UserGrant, UserRole
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.permissions import Permission, Role, Viewer, permissions_of

SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One member of staff as lists show them."""

    id: int
    username: str
    display_name: str
    position: str
    roles: frozenset[Role]
    villages: frozenset[int] | None
    active: bool


_ROLES = (
    select(func.aggregate_strings(cast(UserRole.role, String), ","))
    .where(UserRole.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_AREAS = (
    select(func.aggregate_strings(cast(UserArea.village_no, String), ","))
    .where(UserArea.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_GRANTS = (
    select(func.aggregate_strings(cast(UserGrant.permission, String), ","))
    .where(UserGrant.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_PERSON = (
    User.id,
    User.username,
    User.display_name,
    User.position,
    User.active,
    User.must_change_password,
    _ROLES.label("roles"),
    _AREAS.label("areas"),
    _GRANTS.label("grants"),
)


def _roles(row: Row[tuple[object, ...]]) -> frozenset[Role]:
    return frozenset(Role(name) for name in (row.roles or "").split(",") if name)


def _villages(row: Row[tuple[object, ...]]) -> frozenset[int] | None:
    return frozenset(int(no) for no in row.areas.split(",")) if row.areas else None


def _viewer(row: Row[tuple[object, ...]]) -> Viewer:
    granted = frozenset(Permission(name) for name in (row.grants or "").split(",") if name)
    roles = _roles(row)
    return Viewer(
        user_id=row.id,
        username=row.username,
        display_name=row.display_name,
        roles=roles,
        permissions=permissions_of(roles, granted),
        villages=_villages(row),
    )


def token_hash(token: str) -> bytes:
    """The form in which a session token is kept."""
    return keyed_hash(token, purpose="staff-session")


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A running session and whose it is."""

    viewer: Viewer
    public_id: str
    last_seen_at: datetime
    must_change_password: bool
    waiting: int = 0
    """How much waits to be read on their desk."""


Waiting = Callable[[Any], ScalarSelect[int]]
"""``number(user_id)``: how much of something waits for a person, inside another statement."""

_waiting: dict[str, Waiting] = {}


def register_waiting(name: str, number: Waiting) -> None:
    """Have something counted that waits on a desk; the application does so at its start."""
    _waiting[name] = number
    _open.cache_clear()


@cache
def _open() -> Select[*tuple[Any, ...]]:
    """Built once: every request of the staff begins with it."""
    waits = sum((number(User.id) for number in _waiting.values()), literal(0))
    return (
        select(StaffSession.public_id, StaffSession.last_seen_at, *_PERSON, waits.label("waiting"))
        .join(User, User.id == StaffSession.user_id)
        .where(
            StaffSession.token_hash == bindparam("token"),
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > bindparam("now"),
            StaffSession.last_seen_at > bindparam("since"),
            User.active,
        )
    )


def open_session(token: str, *, idle: timedelta) -> OpenSession | None:
    """The session with this token if it still runs: not ended, not idle too long, user active."""
    now = clock.now()
    row = (
        db.session.connection()
        .execute(_open(), {"token": token_hash(token), "now": now, "since": now - idle})
        .first()
    )
    if row is None:
        return None
    return OpenSession(
        _viewer(row), row.public_id, row.last_seen_at, row.must_change_password, row.waiting
    )


def note_seen(token: str) -> None:
    """Note that a session is in use; the caller commits. Bookkeeping, not audited."""
    db.session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == token_hash(token))
        .values(last_seen_at=clock.now())
    )


def viewer_of(username: str) -> Viewer | None:
    """A user as an actor, for commands and tests."""
    row = db.session.execute(select(*_PERSON).where(User.username == username)).first()
    return _viewer(row) if row is not None else None


def viewer_by_id(user_id: int | None) -> Viewer | None:
    """A user who may still sign in, as an actor with the rights of today: for what the worker does
    in their name."""
    row = db.session.execute(select(*_PERSON).where(User.id == user_id, User.active)).first()
    return _viewer(row) if row is not None else None


def active_viewers() -> list[Viewer]:
    """Everybody who may sign in, as actors: whom a rule can tell of something. One statement."""
    rows = db.session.execute(select(*_PERSON).where(User.active).order_by(User.id))
    return [_viewer(row) for row in rows]


def mail_addresses(user_ids: Collection[int]) -> dict[int, str]:
    """Where these members of staff can be written to, of those who left an address."""
    if not user_ids:
        return {}
    rows = db.session.execute(
        select(User.id, User.email).where(User.id.in_(sorted(user_ids)), User.email.is_not(None))
    )
    return {row.id: row.email for row in rows if row.email}


def has_address(user_id: int) -> bool:
    """Whether an active member of staff left an e-mail address."""
    found = select(User.id).where(User.id == user_id, User.active, User.email.is_not(None))
    return db.session.scalar(found) is not None


def staff(*, role: Role | None = None, active_only: bool = True) -> list[StaffMember]:
    """Members of staff by name; optionally those with a role."""
    statement = select(*_PERSON).order_by(User.display_name)
    if active_only:
        statement = statement.where(User.active)
    if role is not None:
        statement = statement.where(
            User.id.in_(select(UserRole.user_id).where(UserRole.role == role))
        )
    return [
        StaffMember(
            row.id,
            row.username,
            row.display_name,
            row.position,
            _roles(row),
            _villages(row),
            row.active,
        )
        for row in db.session.execute(statement)
    ]


def names_of(user_ids: set[int]) -> dict[int, str]:
    """Display names by user id, in one statement."""
    if not user_ids:
        return {}
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(user_ids)))
    return {row.id: row.display_name for row in rows}


@dataclass(frozen=True, slots=True)
class RunningSession:
    """A session of one's own, as the account page lists it; ``device`` in words one knows."""

    public_id: str
    device: str
    started_at: datetime
    last_seen_at: datetime


def running_sessions(*, viewer: Viewer) -> list[RunningSession]:
    """The viewer's sessions that run, the latest used first."""
    rows = db.session.execute(
        select(
            StaffSession.public_id,
            StaffSession.device,
            StaffSession.started_at,
            StaffSession.last_seen_at,
        )
        .where(
            StaffSession.user_id == viewer.user_id,
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > clock.now(),
        )
        .order_by(StaffSession.last_seen_at.desc())
    )
    return [
        RunningSession(row.public_id, device_words(row.device), row.started_at, row.last_seen_at)
        for row in rows
    ]
