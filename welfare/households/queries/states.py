"""A number for who lives in a household now: another one as soon as anything of it changes."""

from __future__ import annotations

from zlib import crc32

from sqlalchemy import select

from welfare.core.db import db
from welfare.households.models import Membership

_RANGE = 899_999_999
"""A form carries it as its version: fewer than ten digits."""


def household_state(household_id: int) -> int:
    """From the open memberships and their versions; never 0, which fits nothing."""
    rows = db.session.execute(
        select(Membership.id, Membership.version)
        .where(Membership.household_id == household_id, Membership.to_day.is_(None))
        .order_by(Membership.id)
    )
    words = ",".join(f"{row.id}:{row.version}" for row in rows)
    return crc32(f"{household_id}/{words}".encode()) % _RANGE + 1
