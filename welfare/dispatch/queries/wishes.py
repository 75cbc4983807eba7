"""What is asked for of the visits of one case, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Case
from welfare.cases.queries.rights import visible_to
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import CaseWish
from welfare.households.kinds import Sex


@dataclass(frozen=True, slots=True)
class CaseWishes:
    """The wishes of a case; ``version`` 0: none yet."""

    number: str
    title: str
    version: int
    language: str
    sex: Sex
    skills: tuple[str, ...]
    pair: bool
    minutes: int | None
    earliest: str
    latest: str
    never: tuple[int, ...]
    why_never: str


def case_wishes(number: str, *, viewer: Viewer) -> CaseWishes:
    """The wishes of a case that the viewer sees; for who gives out work."""
    row = db.session.execute(
        select(Case.number, Case.title, CaseWish)
        .outerjoin(CaseWish, CaseWish.case_id == Case.id)
        .where(Case.number == number, visible_to(viewer))
    ).one_or_none()
    if row is None:
        raise NotFound
    if not viewer.can(Permission.ASSIGN_CASES):
        raise Forbidden
    wish: CaseWish | None = row.CaseWish
    if wish is None:
        return CaseWishes(
            row.number, row.title, 0, "", Sex.UNKNOWN, (), False, None, "", "", (), ""
        )
    return CaseWishes(
        row.number, row.title, wish.version, wish.language, wish.sex, tuple(wish.skills),
        wish.pair, wish.minutes, wish.earliest, wish.latest, tuple(wish.never), wish.why_never,
    )  # fmt: skip
