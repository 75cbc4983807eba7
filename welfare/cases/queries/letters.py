"""What stands against a letter about a case: no such decision, nothing said of why, somebody who
has died."""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from sqlalchemy import select

from welfare.cases.models import Case, HelpRequest
from welfare.cases.workflow import HelpStatus
from welfare.core.db import db
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Viewer
from welfare.households.queries import person_card
from welfare.papers.composed import DECISION, REFUSAL
from welfare.papers.kinds import Layout
from welfare.papers.parts import About, Kind, Words, Written

NOT_GRANTED = _l("No help was granted in this case: there is nothing to tell of.")
NOT_REFUSED = _l("No request for help was refused in this case: there is nothing to tell of.")
NO_AMOUNT = _l("The letter does not say the amount. Please fill it in.")
NO_GROUNDS = _l(
    "The letter does not say why it was refused; a refusal must (Administrative Procedure Act, "
    "section 37). Please write the grounds into it."
)
HAS_DIED = _l("The person whom the letter is addressed to has died, as the registry says.")
ALIKE = 80
"""From what likeness (of 100) on grounds that were put in other words are taken for them."""
_NO_AMOUNT = re.compile(r"…{3,}\s*บาท")
_UNDECIDED = (HelpStatus.WAITING, HelpStatus.WITHDRAWN)


def hindrance_of_letter(kind: Kind, about: About, written: Written, _viewer: Viewer) -> Words:
    """Why a letter of decision cannot be issued about a case; empty where nothing hinders it. The
    grounds of a refusal must stand in it (Administrative Procedure Act, B.E. 2539, section 37)."""
    if kind.code not in (DECISION.code, REFUSAL.code):
        return ""
    refusal = kind.code == REFUSAL.code
    grounds = _decided(about.id, refused=refusal)
    if not grounds:
        return NOT_REFUSED if refusal else NOT_GRANTED
    if refusal:
        return "" if any(_stands(one, written.body) for one in grounds) else NO_GROUNDS
    return NO_AMOUNT if _NO_AMOUNT.search(written.body) else ""


def _decided(case_id: int, *, refused: bool) -> list[str]:
    """The grounds of each request of a case that was decided so."""
    so = HelpRequest.status == HelpStatus.REFUSED
    found = db.session.scalars(
        select(HelpRequest.grounds)
        .where(HelpRequest.case_id == case_id, HelpRequest.decided_at.is_not(None))
        .where(so if refused else ~so, HelpRequest.status.not_in(_UNDECIDED))
    )
    return list(found)


def _stands(grounds: str, body: str) -> bool:
    said, text = "".join(grounds.split()), "".join(body.split())
    return bool(said) and (said in text or fuzz.partial_ratio(said, text) >= ALIKE)


def warning_of_letter(kind: Kind, about: About, written: Written, viewer: Viewer) -> Words:
    """What whoever issues a letter must know first: the person of the case, whom it is addressed
    to, has died."""
    if kind.layout is not Layout.LETTER:
        return ""
    person_id = db.session.scalar(select(Case.person_id).where(Case.id == about.id))
    card = person_card(person_id, viewer=viewer)
    if card is None or not card.person.deceased:
        return ""
    return HAS_DIED if _same(card.person.name, written.recipient) else ""


def _same(name: str, recipient: str) -> bool:
    said, whom = "".join(name.split()), "".join(recipient.split())
    return bool(said) and said in whom
