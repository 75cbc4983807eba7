"""What an agency says: through its page without an account, or written down by staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from welfare.cases.queries import load_case_by_id
from welfare.cases.services import Upload, store_upload
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security import throttle
from welfare.core.security.permissions import PUBLIC, SYSTEM, Viewer
from welfare.referrals.facts import Answer
from welfare.referrals.models import Referral, ReferralAnswer, ReferralFile
from welfare.referrals.queries.opening import opens
from welfare.referrals.queries.referrals import load_by_reference
from welfare.referrals.services.sending import go_on
from welfare.referrals.services.telling import followed, step, tell
from welfare.referrals.workflow import FINAL, OPEN, AnswerKind, ReferralAction, ReferralStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case

MOST_FILES = 3
_REFERENCE = throttle.Limit("referral:reference", 10, 15)
_ADDRESS = throttle.Limit("referral:address", 40, 15)


def open_with_code(*, reference: str, code: str, address: str) -> bool:
    """Whether the code opens the referral. Wrong ones count against the reference and the address,
    whether there is such a referral or not; ``Throttled`` beyond. The caller commits."""
    throttle.check(_ADDRESS, address)
    throttle.check(_REFERENCE, reference)
    if opens(reference, code):
        return True
    throttle.count(_ADDRESS, address)
    throttle.count(_REFERENCE, reference)
    audit.record(PUBLIC, "referral.code_refused", "referral", reference)
    return False


def note_opened(*, reference: str) -> None:
    """Write down that the agency has opened it; on the timeline the first time only."""
    referral = load_by_reference(reference)
    audit.record(PUBLIC, "referral.opened", "referral", reference)
    if referral.opened_at is None:
        referral.opened_at = clock.now()
        tell(PUBLIC, _case_of(referral), referral, "opened")


def _case_of(referral: Referral) -> Case:
    return load_case_by_id(referral.case_id, viewer=SYSTEM)


def answer_as_agency(*, reference: str, answer: Answer, uploads: Sequence[Upload] = ()) -> None:
    """The agency answers on its page; whoever calls was let in by the code. The caller commits."""
    referral = load_by_reference(reference)
    if referral.status not in OPEN or referral.open_until < clock.today():
        raise Refused(_("An answer is no longer awaited here. Please call the municipality."))
    case = _case_of(referral)
    _take(PUBLIC, case, referral, answer, uploads)
    outbox.publish("referral.answered", {"number": case.number})


def record_answer(
    *,
    actor: Viewer,
    number: str,
    referral_id: int,
    version: int,
    answer: Answer,
    uploads: Sequence[Upload] = (),
) -> None:
    """Write down an answer that came by letter, telephone or otherwise."""
    case, referral = followed(actor, number, referral_id, version)
    _take(actor, case, referral, answer, uploads)


def _take(
    actor: Viewer, case: Case, referral: Referral, answer: Answer, uploads: Sequence[Upload]
) -> None:
    after = step(referral, ReferralAction(answer.kind.value))
    if not answer.text and answer.kind is not AnswerKind.ACCEPT:
        raise Refused(_("Please write the answer."), field="text")
    if answer.kind is AnswerKind.MORE_TIME and answer.until is None:
        raise Refused(_("Please enter until when."), field="until")
    if len(uploads) > MOST_FILES:
        raise Refused(_("Please send %(n)s files at most.", n=MOST_FILES), field="files")
    row = ReferralAnswer(
        referral_id=referral.id,
        kind=answer.kind,
        came=answer.came,
        text=answer.text,
        until=answer.until,
        signed=answer.signed,
        at=clock.now(),
        recorded_by_id=actor.user_id or None,
    )
    db.session.add(row)
    db.session.flush()
    for upload in uploads:
        db.session.add(ReferralFile(answer_id=row.id, file_id=store_upload(upload)))
    if referral.status is not after:
        referral.status = after
    if answer.kind in FINAL:
        referral.ended_at = clock.now()
        referral.end_reason = answer.text if after is ReferralStatus.DECLINED else ""
    tell(
        actor, case, referral, answer.kind.value, text=answer.text, came=answer.came.value,
        files=len(uploads), **({"until": answer.until.isoformat()} if answer.until else {}),
    )  # fmt: skip
    if answer.kind in FINAL:
        go_on(case, referral)
    db.session.flush()
