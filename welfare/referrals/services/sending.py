"""Sending a referral, and what the office does with it afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from welfare.cases.kinds import WaitingFor
from welfare.cases.queries.rights import can_move
from welfare.cases.services import add_event, move_case
from welfare.cases.workflow import CaseAction, CaseStatus, EventKind
from welfare.core import clock, outbox
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM, Viewer
from welfare.papers.facts import Draw
from welfare.papers.services import Ahead, NewPaper, issue_paper, take_back_source
from welfare.referrals.kinds import REFERRAL_LETTER
from welfare.referrals.models import Referral
from welfare.referrals.policies import can_issue
from welfare.referrals.queries.agencies import agency_of
from welfare.referrals.queries.referrals import others_hold
from welfare.referrals.services.drafting import OPEN_DAYS, refuse_day
from welfare.referrals.services.telling import followed, step, tell
from welfare.referrals.workflow import ReferralAction, ReferralStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case

TOLD = "ส่งต่อเรื่องให้{agency}ช่วยดำเนินการ"
"""What the citizen reads, where it was chosen; official words, in Thai."""


def issue_referral(
    *,
    actor: Viewer,
    number: str,
    referral_id: int,
    version: int,
    wait: bool = False,
    mail: bool = False,
    tell_citizen: bool = False,
    draw: Draw | Ahead | None = None,
) -> bool:
    """Give the letter its number and let it leave; from here on the agency's page is open.

    ``draw`` makes the letter, which is signed and kept; without it only its number is.

    ``wait``: the case waits for the answer, its deadlines with it; returns whether it does (not
    where it is in a state that cannot wait, or waits already). ``mail``: the agency is told by
    e-mail that there is a letter.
    """
    case, referral = followed(actor, number, referral_id, version)
    if not can_issue(actor, case):
        raise Forbidden
    after = step(referral, ReferralAction.ISSUE)
    agency = agency_of(referral.agency_id)
    refuse_day(referral.answer_by)
    if mail and not agency.email:
        raise Refused(_("No e-mail of this agency is known."), field="mail")
    new = NewPaper(
        REFERRAL_LETTER.code, "case", number, referral.subject, agency.head or agency.name_th,
        source=referral.reference,
    )  # fmt: skip
    letter = issue_paper(actor=actor, new=new, draw=draw)
    referral.letter_year, referral.letter_running = letter.fiscal_year, letter.running
    referral.letter_no = letter.number
    referral.sent_at, referral.sent_by_id = clock.now(), actor.user_id or None
    referral.status = after
    tell(actor, case, referral, "issued", letter=referral.letter_no, fields=referral.fields,
         basis=referral.basis.value)  # fmt: skip
    if tell_citizen:
        words = TOLD.format(agency=agency.name_th)
        add_event(actor=actor, case=case, kind=EventKind.NOTE, text=words, public=True)
        outbox.publish("case.note_public", {"number": number})
    if mail:
        outbox.publish("referral.sent", {"referral": referral.reference})
    if wait and can_move(actor, case, CaseAction.WAIT):
        referral.holds_case = True
        case.waits_until = referral.answer_by
        move_case(
            actor=actor, case=case, action=CaseAction.WAIT, text=agency.name_th,
            data={"waiting_for": WaitingFor.AGENCY.value, "referral": referral.reference,
                  "until": referral.answer_by.isoformat()},
        )  # fmt: skip
    elif wait and case.status == CaseStatus.WAITING and others_hold(case.id, referral.id):
        referral.holds_case = True
    return referral.holds_case


def extend_referral(
    *,
    actor: Viewer,
    number: str,
    referral_id: int,
    version: int,
    answer_by: date,
    reason: str = "",
) -> None:
    """Give the agency until a later day; its page stays open as much longer."""
    case, referral = followed(actor, number, referral_id, version)
    step(referral, ReferralAction.EXTEND)
    refuse_day(answer_by)
    if answer_by <= referral.answer_by:
        raise Refused(_("Please choose a day after the one that was agreed."), field="answer_by")
    referral.answer_by = answer_by
    referral.open_until = answer_by + timedelta(days=OPEN_DAYS)
    referral.extended += 1
    if referral.holds_case and case.waits_until is not None:
        case.waits_until = max(case.waits_until, answer_by)
    tell(actor, case, referral, "extended", text=reason, answer_by=answer_by.isoformat())


def chase_agency(
    *, actor: Viewer, number: str, referral_id: int, version: int, note: str, mail: bool = False
) -> None:
    """Ask again for an answer: what was done, and by e-mail if wished."""
    case, referral = followed(actor, number, referral_id, version)
    step(referral, ReferralAction.CHASE)
    if mail and not agency_of(referral.agency_id).email:
        raise Refused(_("No e-mail of this agency is known."), field="mail")
    referral.chased += 1
    referral.chased_on = clock.today()
    if mail:
        outbox.publish("referral.chased", {"referral": referral.reference})
    tell(actor, case, referral, "chased", text=note)


def renew_code(*, actor: Viewer, number: str, referral_id: int, version: int) -> None:
    """End the code that was given out and make another: whoever holds the old one is let in no
    more."""
    case, referral = followed(actor, number, referral_id, version)
    step(referral, ReferralAction.RENEW)
    referral.code_round += 1
    tell(actor, case, referral, "renewed")


def withdraw_referral(
    *, actor: Viewer, number: str, referral_id: int, version: int, reason: str
) -> None:
    """Take it back. The agency's page closes at once; the case no longer waits for it."""
    case, referral = followed(actor, number, referral_id, version)
    after = step(referral, ReferralAction.WITHDRAW)
    referral.ended_at, referral.end_reason, referral.status = clock.now(), reason, after
    take_back_source(
        actor=actor, kind_code=REFERRAL_LETTER.code, source=referral.reference, reason=reason
    )
    tell(actor, case, referral, "withdrawn", text=reason)
    go_on(case, referral)


def go_on(case: Case, referral: Referral) -> None:
    """The case goes on, if it was this referral that it waited for, and no other."""
    waits = referral.holds_case and case.status == CaseStatus.WAITING
    if waits and not others_hold(case.id, referral.id):
        move_case(
            actor=SYSTEM, case=case, action=CaseAction.RESUME,
            data={"referral": referral.reference},
        )  # fmt: skip
    if referral.status in (ReferralStatus.ANSWERED, ReferralStatus.DECLINED):
        referral.holds_case = False
