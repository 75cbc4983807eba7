"""Accounts as the administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import aliased

from welfare.accounts.facts import AccountFacts
from welfare.accounts.models import StaffSession, User, UserArea, UserGrant, UserRole
from welfare.accounts.policies import can_manage_accounts
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Permission, Role, Viewer


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list; ``seen_at`` is when it was last in use."""

    username: str
    display_name: str
    position: str
    roles: tuple[Role, ...]
    villages: tuple[int, ...]
    active: bool
    must_change_password: bool
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Grant:
    """A right given to one person by name."""

    permission: Permission
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AccountFile:
    """One account, whole, without secrets."""

    id: int
    username: str
    version: int
    facts: AccountFacts
    must_change_password: bool
    created_at: datetime
    running: int
    grants: tuple[Grant, ...]


def accounts(*, viewer: Viewer) -> list[AccountRow]:
    """All accounts, the active first, by name, in one statement."""
    _must_manage(viewer)
    roles = _joined(UserRole.role, UserRole.user_id)
    areas = _joined(UserArea.village_no, UserArea.user_id)
    seen = (
        select(func.max(StaffSession.last_seen_at))
        .where(StaffSession.user_id == User.id)
        .correlate(User)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            User.username, User.display_name, User.position, User.active,
            User.must_change_password, roles.label("roles"), areas.label("areas"),
            seen.label("seen"),
        ).order_by(User.active.desc(), User.display_name, User.id)
    )  # fmt: skip
    return [
        AccountRow(
            username=row.username,
            display_name=row.display_name,
            position=row.position,
            roles=tuple(sorted(Role(name) for name in (row.roles or "").split(",") if name)),
            villages=tuple(sorted(int(no) for no in (row.areas or "").split(",") if no)),
            active=row.active,
            must_change_password=row.must_change_password,
            seen_at=row.seen,
        )
        for row in rows
    ]


def _joined(column: Any, owner: Any) -> Any:
    return (
        select(func.aggregate_strings(cast(column, String), ","))
        .where(owner == User.id)
        .correlate(User)
        .scalar_subquery()
    )


def account_file(username: str, *, viewer: Viewer) -> AccountFile:
    """One account with its rights by name and how many sessions run; ``NotFound``."""
    user = load_account(username, viewer=viewer)
    running = db.session.scalar(
        select(func.count())
        .select_from(StaffSession)
        .where(
            StaffSession.user_id == user.id,
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > clock.now(),
        )
    )
    return AccountFile(
        id=user.id,
        username=user.username,
        version=user.version,
        facts=facts_of(user),
        must_change_password=user.must_change_password,
        created_at=user.created_at,
        running=int(running or 0),
        grants=_grants(user.id),
    )


def load_account(username: str, *, viewer: Viewer, for_update: bool = False) -> User:
    """The account with this name; ``Forbidden`` without the right to manage, ``NotFound``."""
    _must_manage(viewer)
    statement = select(User).where(User.username == username)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    user = db.session.scalar(statement)
    if user is None:
        raise NotFound
    return user


def facts_of(user: User) -> AccountFacts:
    """What stands in an account now."""
    roles = db.session.scalars(select(UserRole.role).where(UserRole.user_id == user.id))
    areas = db.session.scalars(select(UserArea.village_no).where(UserArea.user_id == user.id))
    return AccountFacts(
        user.display_name,
        user.position,
        frozenset(roles),
        frozenset(areas),
        user.active,
        user.email or "",
    )


def _grants(user_id: int) -> tuple[Grant, ...]:
    giver = aliased(User)
    rows = db.session.execute(
        select(UserGrant.permission, UserGrant.reason, giver.display_name, UserGrant.granted_at)
        .join(giver, giver.id == UserGrant.granted_by_id)
        .where(UserGrant.user_id == user_id)
        .order_by(UserGrant.permission)
    )
    return tuple(Grant(*row) for row in rows)


def other_administrators(user_id: int, *, for_update: bool = False) -> int:
    """How many active administrators there are besides this person.

    ``for_update`` locks all of them, in the order of their ids, so that two who give up the
    office at the same moment do not leave it empty.
    """
    statement = (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == Role.ADMIN, User.active)
        .order_by(User.id)
    )
    if for_update:
        statement = statement.with_for_update()
    return sum(found != user_id for found in db.session.scalars(statement))


def user_id_of(username: str) -> int | None:
    """The id behind a user name."""
    return db.session.scalar(select(User.id).where(User.username == username))


def _must_manage(viewer: Viewer) -> None:
    if not can_manage_accounts(viewer):
        raise Forbidden
