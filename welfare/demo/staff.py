"""The demo accounts: made once, all with the same password."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.accounts.models import User
from welfare.accounts.services import add_user
from welfare.core.security.permissions import SYSTEM, Role
from welfare.demo import identity
from welfare.demo.generate import staff
from welfare.demo.seeds import StaffSeed


def ensure_accounts(session: Session, password: str) -> list[str]:
    """Make the demo accounts that are missing; returns their usernames. The caller commits."""
    there = set(session.scalars(select(User.username)))
    missing = [person for person in staff() if person.username not in there]
    for person in missing:
        _add(person, password)
    return [person.username for person in missing]


def _add(person: StaffSeed, password: str) -> None:
    made = add_user(
        actor=SYSTEM,
        username=person.username,
        display_name=person.display_name,
        position=person.position,
        roles=[Role(role) for role in person.roles],
        villages=person.villages or (),
        password=password,
        demo=True,
    )
    made.email = identity.office_email(person.username)
