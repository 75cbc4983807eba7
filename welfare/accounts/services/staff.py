"""What an administrator does with accounts. A change holds from the person's next request on."""

from __future__ import annotations

import base64

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from welfare.accounts.facts import AccountFacts
from welfare.accounts.models import User, UserArea, UserRole
from welfare.accounts.policies import can_manage_accounts
from welfare.accounts.queries.accounts import facts_of, load_account, other_administrators
from welfare.accounts.services.doors import add_user, end_sessions, set_password
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.permissions import Role, Viewer


def first_password(one_time_key: str, username: str) -> str:
    """The password that one sending of a form hands out: sixteen letters and digits in fours.

    It follows from the form's one-time key and the key of this installation (80 bits), so that
    a form sent twice shows the same password and nothing needs to be kept for it.
    """
    digest = keyed_hash(f"{one_time_key}\0{username}", purpose="first-password")[:10]
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def open_account(*, actor: Viewer, username: str, facts: AccountFacts, password: str) -> User:
    """A new account with a password that must be changed at the first sign-in.

    ``Refused`` when the name is taken or no role is given.
    """
    if not can_manage_accounts(actor):
        raise Forbidden
    _must_hold_a_role(facts)
    user = add_user(
        actor=actor,
        username=username,
        display_name=facts.display_name,
        position=facts.position,
        roles=facts.roles,
        villages=facts.villages,
        password=password,
    )
    user.must_change_password = True
    user.email = facts.email or None
    db.session.flush()
    return user


def edit_account(*, actor: Viewer, username: str, version: int, facts: AccountFacts) -> None:
    """Change an account; who is no longer active is signed out everywhere at once.

    ``StaleRecord`` when somebody saved meanwhile; ``Refused`` without a role, and when nobody
    would be left to administer.
    """
    if not can_manage_accounts(actor):
        raise Forbidden
    _must_hold_a_role(facts)
    other_administrators(0, for_update=True)
    user = load_account(username, viewer=actor, for_update=True)
    before = facts_of(user)
    if user.version != version:
        raise StaleRecord(version=user.version, current=before.as_fields())
    _must_leave_an_administrator(user, before, facts)
    _write(user, before, facts)
    changes = audit.changes_of(user)
    if before.roles != facts.roles:
        changes["roles"] = (sorted(before.roles), sorted(facts.roles))
    if before.villages != facts.villages:
        changes["villages"] = (sorted(before.villages), sorted(facts.villages))
    audit.record(actor, "user.edited", "user", username, changes)
    if before.active and not facts.active:
        end_sessions(actor=actor, user_id=user.id, username=username)
    db.session.flush()


def _write(user: User, before: AccountFacts, facts: AccountFacts) -> None:
    user.display_name, user.position, user.active = (
        facts.display_name,
        facts.position,
        facts.active,
    )
    user.email = facts.email or None
    with db.session.no_autoflush:
        if before.roles != facts.roles:
            db.session.execute(delete(UserRole).where(UserRole.user_id == user.id))
            db.session.add_all(UserRole(user_id=user.id, role=role) for role in facts.roles)
            flag_modified(user, "position")
        if before.villages != facts.villages:
            db.session.execute(delete(UserArea).where(UserArea.user_id == user.id))
            db.session.add_all(UserArea(user_id=user.id, village_no=no) for no in facts.villages)
            flag_modified(user, "position")


def _must_hold_a_role(facts: AccountFacts) -> None:
    if not facts.roles:
        raise Refused(_("Please choose at least one role."), field="roles")


def _must_leave_an_administrator(user: User, before: AccountFacts, facts: AccountFacts) -> None:
    was = before.active and Role.ADMIN in before.roles
    stays = facts.active and Role.ADMIN in facts.roles
    if not was or stays or other_administrators(user.id):
        return
    field = "roles" if Role.ADMIN not in facts.roles else "active"
    raise Refused(
        _("This is the only active administrator. Give somebody else that role first."),
        field=field,
    )


def give_password(*, actor: Viewer, username: str, password: str) -> None:
    """Give somebody a new password; all their sessions end, and they must choose their own.

    ``Refused`` for oneself: one's own password is changed on the account page.
    """
    user = load_account(username, viewer=actor)
    if user.id == actor.user_id:
        raise Refused(_("Please change your own password on the page of your account."))
    set_password(actor=actor, username=username, password=password)


def end_all_sessions(*, actor: Viewer, username: str) -> None:
    """Sign somebody out everywhere."""
    user = load_account(username, viewer=actor)
    end_sessions(actor=actor, user_id=user.id, username=username)


def set_own_address(*, actor: Viewer, email: str) -> None:
    """Where one is told by e-mail of what waits on one's desk; empty: nowhere."""
    user = db.session.get(User, actor.user_id, with_for_update=True, populate_existing=True)
    if user is None:
        raise Forbidden
    user.email = email or None
    audit.record(actor, "user.address_set", "user", user.username, audit.changes_of(user))
    db.session.flush()
