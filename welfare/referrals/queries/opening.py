"""The code by which an agency opens what it was sent, and what it reads then.

The code is kept nowhere: it is reckoned from the reference, the round and the key of the program,
so that a letter can be printed again, and a stolen database opens nothing.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.crypto import keyed_hash
from welfare.referrals.models import Agency, Referral, ReferralAnswer, ReferralFile
from welfare.referrals.queries.sharing import SharedLine, from_text
from welfare.referrals.workflow import OPEN, AnswerKind, ReferralStatus

DIGITS = 12


def code_of(reference: str, code_round: int) -> str:
    """Twelve digits."""
    made = keyed_hash(f"{reference}\0{code_round}", purpose="referral-code")
    return f"{int.from_bytes(made[:16]) % 10**DIGITS:0{DIGITS}d}"


def written_code(code: str) -> str:
    """``1234-5678-9012``, as on the letter."""
    return "-".join(code[at : at + 4] for at in range(0, DIGITS, 4))


def opens(reference: str, code: str) -> bool:
    """Whether reference and code fit together, and the time is not over."""
    row = db.session.execute(
        select(Referral.code_round, Referral.status, Referral.open_until).where(
            Referral.reference == reference
        )
    ).first()
    expected = code_of(reference, row.code_round if row else 0)
    right = hmac.compare_digest(expected.encode(), code.encode())
    return row is not None and right and _is_open(row.status, row.open_until)


def _is_open(status: ReferralStatus, until: date) -> bool:
    closed = (ReferralStatus.DRAFT, ReferralStatus.WITHDRAWN)
    return status not in closed and until >= clock.today()


@dataclass(frozen=True, slots=True)
class SaidLine:
    """An answer as the agency itself reads it again."""

    at: datetime
    kind: AnswerKind
    text: str
    until: date | None
    files: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What an agency reads: its letter, what is shared with it, what it answered; nothing else."""

    reference: str
    letter_no: str
    agency: str
    subject: str
    purpose: str
    status: ReferralStatus
    code_round: int
    sent_at: datetime
    answer_by: date
    open_until: date
    lines: tuple[SharedLine, ...]
    answers: tuple[SaidLine, ...]

    @property
    def may_answer(self) -> bool:
        """Whether an answer is still waited for."""
        return self.status in OPEN


def sent_to_agency(reference: str) -> Sent:
    """For who holds the code; ``NotFound`` once it has ended. Two statements."""
    row = db.session.execute(
        select(Referral, Agency.name_th)
        .join(Agency, Agency.id == Referral.agency_id)
        .where(Referral.reference == reference)
    ).first()
    if row is None or not _is_open(row.Referral.status, row.Referral.open_until):
        raise NotFound
    one = row.Referral
    said = db.session.execute(
        select(
            ReferralAnswer.at, ReferralAnswer.kind, ReferralAnswer.text, ReferralAnswer.until,
            func.count(ReferralFile.id),
        )
        .outerjoin(ReferralFile, ReferralFile.answer_id == ReferralAnswer.id)
        .where(ReferralAnswer.referral_id == one.id)
        .group_by(ReferralAnswer.id, ReferralAnswer.at, ReferralAnswer.kind, ReferralAnswer.text,
                  ReferralAnswer.until)
        .order_by(ReferralAnswer.id)
    )  # fmt: skip
    return Sent(
        one.reference, one.letter_no, row.name_th, one.subject, one.purpose, one.status,
        one.code_round, one.sent_at or one.made_at, one.answer_by, one.open_until,
        from_text(one.shared), tuple(SaidLine(*line) for line in said),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgencyAddress:
    """Where an agency hears of a referral by e-mail."""

    reference: str
    letter_no: str
    email: str
    code_round: int


def agency_addresses(payload: dict[str, object]) -> list[AgencyAddress]:
    """Whom an event about a referral concerns; nobody once it has ended or has no address."""
    row = db.session.execute(
        select(Referral.reference, Referral.letter_no, Agency.email, Referral.code_round,
               Referral.status)
        .join(Agency, Agency.id == Referral.agency_id)
        .where(Referral.reference == str(payload.get("referral", "")))
    ).first()  # fmt: skip
    if row is None or not row.email or row.status not in OPEN:
        return []
    return [AgencyAddress(row.reference, row.letter_no, row.email, row.code_round)]
