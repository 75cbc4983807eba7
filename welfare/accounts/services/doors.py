"""Verbs on staff accounts and sessions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select, update

from welfare.accounts.models import StaffSession, User, UserArea, UserRole
from welfare.accounts.queries import token_hash
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security import throttle
from welfare.core.security.passwords import MINIMUM_LENGTH, hash_password, password_matches
from welfare.core.security.permissions import SYSTEM, Role, Viewer


def add_user(
    *,
    actor: Viewer,
    username: str,
    display_name: str,
    roles: Iterable[Role],
    password: str,
    position: str = "",
    villages: Iterable[int] = (),
    demo: bool = False,
) -> User:
    """Make an account; ``Refused`` when the name is taken or the password too short."""
    if db.session.scalar(select(User.id).where(User.username == username)) is not None:
        raise Refused(_("This user name is already taken."), field="username")
    check_password(password)
    user = User(
        username=username,
        display_name=display_name,
        position=position,
        password_hash=hash_password(password),
        demo=demo,
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    roles, villages = sorted(set(roles)), sorted(set(villages))
    db.session.add_all(UserRole(user_id=user.id, role=role) for role in roles)
    db.session.add_all(UserArea(user_id=user.id, village_no=no) for no in villages)
    audit.record(
        actor, "user.added", "user", username, {"roles": list(roles), "villages": villages}
    )
    db.session.flush()
    return user


def check_password(password: str) -> None:
    """``Refused`` when a new password is too short."""
    if len(password) < MINIMUM_LENGTH:
        raise Refused(
            _("A password needs at least %(n)s characters.", n=MINIMUM_LENGTH), field="new_password"
        )


def set_password(*, actor: Viewer, username: str, password: str) -> None:
    """Give a user a new password and end all sessions of theirs."""
    check_password(password)
    user = db.session.scalar(select(User).where(User.username == username).with_for_update())
    if user is None:
        raise Refused(_("There is no such user."), field="username")
    user.password_hash = hash_password(password)
    user.must_change_password = actor.user_id not in (0, user.id)
    end_sessions(actor=actor, user_id=user.id, username=username)
    audit.record(actor, "user.password_set", "user", username)


def sign_in(*, username: str, password: str, address: str, device: str, hours: int) -> str | None:
    """Open a session and return its token; ``None`` when name and password do not fit.

    Tries are counted by account and by address, right or wrong name alike; ``Throttled`` beyond.
    The caller commits in both cases, so that the count stays.
    """
    account = username.casefold()
    throttle.check(throttle.SIGN_IN_ACCOUNT, account)
    throttle.check(throttle.SIGN_IN_ADDRESS, address)
    user = db.session.scalar(select(User).where(User.username == account, User.active))
    if not password_matches(user.password_hash if user else None, password) or user is None:
        throttle.count(throttle.SIGN_IN_ACCOUNT, account)
        throttle.count(throttle.SIGN_IN_ADDRESS, address)
        audit.record(SYSTEM, "session.refused", "user", user.username if user else "unknown")
        return None
    throttle.forget(throttle.SIGN_IN_ACCOUNT, account)
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        StaffSession(
            token_hash=token_hash(token),
            public_id=secrets.token_hex(6),
            user_id=user.id,
            started_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=hours),
            device=device[:120],
        )
    )
    audit.record(SYSTEM, "session.opened", "user", user.username)
    return token


def sign_out(*, actor: Viewer, token: str) -> None:
    """End one session at the server."""
    db.session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == token_hash(token))
        .values(ended_at=clock.now())
    )
    audit.record(actor, "session.ended", "user", actor.username)


def change_password(*, actor: Viewer, current: str, new: str, address: str) -> None:
    """Change one's own password and end all of one's sessions.

    ``Refused`` when the present password is wrong; wrong tries count like those at the door, and
    the caller commits in that case too.
    """
    throttle.check(throttle.SIGN_IN_ACCOUNT, actor.username)
    user = db.session.get_one(User, actor.user_id)
    if not password_matches(user.password_hash, current):
        throttle.count(throttle.SIGN_IN_ACCOUNT, actor.username)
        throttle.count(throttle.SIGN_IN_ADDRESS, address)
        raise Refused(_("This is not your present password."), field="current_password")
    set_password(actor=actor, username=actor.username, password=new)


def end_session(*, actor: Viewer, public_id: str) -> None:
    """End one of one's own sessions elsewhere; ``NotFound`` if it is not one's own."""
    ended = db.session.execute(
        update(StaffSession)
        .where(
            StaffSession.public_id == public_id,
            StaffSession.user_id == actor.user_id,
            StaffSession.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
        .returning(StaffSession.public_id)
    ).first()
    if ended is None:
        raise NotFound
    audit.record(actor, "session.ended", "user", actor.username)


def end_sessions(*, actor: Viewer, user_id: int, username: str) -> None:
    """End every session of a user, at once and everywhere."""
    db.session.execute(
        update(StaffSession)
        .where(StaffSession.user_id == user_id, StaffSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    audit.record(actor, "session.ended_all", "user", username)
