"""What makes an issued paper provable: the code to verify it by, and the signature."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.municipality import the_municipality
from welfare.core.signing import Identity
from welfare.papers.models import Paper
from welfare.papers.parts import Kind
from welfare.papers.queries.verifying import DIGITS


def signed(content: bytes, identity: Identity, kind: Kind) -> bytes:
    """The paper with the municipality's signature."""
    from welfare.core import signing

    town = the_municipality()
    return signing.sign(content, identity, reason=kind.public_name("th"), location=town.name_th)


def fresh_code() -> str:
    """Twelve digits that no other paper has."""
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        if db.session.scalar(select(Paper.id).where(Paper.verify_code == code)) is None:
            return code
