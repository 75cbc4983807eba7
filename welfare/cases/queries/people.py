"""Staff whom a case can name, and the words by which the subject of a case is found."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.accounts.models import User, UserRole
from welfare.cases.queries.kept import Kept
from welfare.core.db import db
from welfare.core.security.permissions import ROLE_PERMISSIONS, Permission, Role
from welfare.core.thai.text import search_key
from welfare.households.models import Household, Person
from welfare.households.queries import VillageRow
from welfare.households.queries import villages as read_villages


@dataclass(frozen=True, slots=True)
class StaffName:
    """A member of staff in a list to choose from."""

    id: int
    username: str
    name: str
    roles: frozenset[Role]

    def holds(self, permission: Permission) -> bool:
        """Whether a role of theirs carries a right."""
        return any(permission in ROLE_PERMISSIONS[role] for role in self.roles)


def _read() -> list[StaffName]:
    rows = db.session.execute(
        select(User.id, User.username, User.display_name, UserRole.role)
        .join(UserRole, UserRole.user_id == User.id)
        .where(User.active)
        .order_by(User.display_name, User.id)
    )
    found: dict[int, tuple[str, str, set[Role]]] = {}
    for user_id, username, name, role in rows:
        found.setdefault(user_id, (username, name, set()))[2].add(role)
    return [
        StaffName(user_id, username, name, frozenset(roles))
        for user_id, (username, name, roles) in found.items()
    ]


_kept = Kept(_read)


def staff_with(permission: Permission) -> list[StaffName]:
    """Active staff who hold a right through a role, by name."""
    return [person for person in _kept.get() if person.holds(permission)]


def workers() -> list[StaffName]:
    """Those whom cases can be given to."""
    return staff_with(Permission.WORK_CASES)


def subject_words(*, household_id: int | None, person_id: int | None) -> str:
    """Names of the person, house number and village of the household, as ``search_key`` text."""
    words: list[str] = []
    if person_id is not None:
        key = db.session.scalar(select(Person.search_key).where(Person.id == person_id))
        words.append(key or "")
    if household_id is not None:
        key = db.session.scalar(select(Household.search_key).where(Household.id == household_id))
        words.append(key or "")
    return search_key(" ".join(words))


def village_of(household_id: int | None) -> int | None:
    """The village a household lies in."""
    if household_id is None:
        return None
    return db.session.scalar(select(Household.village_no).where(Household.id == household_id))


def staff_id(username: str) -> int | None:
    """The id of an active member of staff."""
    return next((person.id for person in _kept.get() if person.username == username), None)


def staff_name(user_id: int | None) -> StaffName | None:
    """The active member of staff with this id."""
    return next((person for person in _kept.get() if person.id == user_id), None)


def name_of(user_id: int | None) -> str:
    """The name of a member of staff, of one who has left too; nothing for nobody."""
    known = _accounts.get().values()
    return next((name for known_id, name in known if known_id == user_id), "")


_villages = Kept(read_villages)


def villages() -> list[VillageRow]:
    """All villages by number, kept for half a minute."""
    return _villages.get()


def _read_accounts() -> dict[str, tuple[int, str]]:
    """Id and name by user name."""
    rows = db.session.execute(select(User.username, User.id, User.display_name))
    return {row.username: (row.id, row.display_name) for row in rows}


_accounts = Kept(_read_accounts)


def user_id_of(username: str) -> int | None:
    """The id behind a user name, of somebody who has left too: their cases stay theirs."""
    if username not in _accounts.get():
        _accounts.forget()
    found = _accounts.get().get(username)
    return found[0] if found else None
