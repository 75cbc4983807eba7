"""Referrals for staff: of a case, one whole, and the list of what is not answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.parts import ClosingCheck, OpenMatter
from welfare.cases.queries.rights import searchable, visible_to
from welfare.core import clock
from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile
from welfare.referrals.models import Agency, Referral, ReferralAnswer, ReferralFile
from welfare.referrals.queries.sharing import SharedLine, from_text, seen_by
from welfare.referrals.workflow import (
    OPEN,
    AnswerKind,
    Basis,
    Came,
    ConsentHow,
    ReferralStatus,
)

PAGE = 100


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral in a list; ``subject`` is empty where lists do not name the case's matter."""

    id: int
    reference: str
    case_number: str
    agency_th: str
    agency_en: str
    status: ReferralStatus
    subject: str
    letter_no: str
    sent_at: datetime | None
    answer_by: date
    chased: int
    worker: str

    def agency(self, lang: str) -> str:
        """The agency's name."""
        return self.agency_en if lang == "en" and self.agency_en else self.agency_th

    @property
    def waited(self) -> int:
        """Days since it was sent."""
        return (clock.today() - clock.local(self.sent_at).date()).days if self.sent_at else 0

    @property
    def overdue(self) -> bool:
        """Unanswered past the day by which an answer was asked for."""
        return self.status in OPEN and self.answer_by < clock.today()


_Worker = aliased(User)
_ROW = (
    Referral.id, Referral.reference, Case.number, Agency.name_th, Agency.name_en, Referral.status,
    Referral.subject, Referral.letter_no, Referral.sent_at, Referral.answer_by, Referral.chased,
    _Worker.display_name,
)  # fmt: skip


def _rows() -> Any:
    return (
        select(*_ROW)
        .join(Case, Case.id == Referral.case_id)
        .join(Agency, Agency.id == Referral.agency_id)
        .outerjoin(_Worker, _Worker.id == Case.assignee_id)
    )


def referrals_of_case(case_id: int) -> list[ReferralRow]:
    """Of a case that the caller was already allowed to see, newest first."""
    statement = _rows().where(Referral.case_id == case_id).order_by(Referral.id.desc())
    return [_row(row, True) for row in db.session.execute(statement)]


def _row(row: Any, named: bool) -> ReferralRow:
    facts = list(row[: len(_ROW)])
    facts[6], facts[11] = facts[6] if named else "", facts[11] or ""
    return ReferralRow(*facts)


class Show(StrEnum):
    """What the list shows."""

    OPEN = "open"
    LATE = "late"
    DRAFT = "draft"
    ENDED = "ended"


_SHOWN: dict[Show, tuple[ReferralStatus, ...]] = {
    Show.OPEN: OPEN,
    Show.LATE: OPEN,
    Show.DRAFT: (ReferralStatus.DRAFT,),
    Show.ENDED: (ReferralStatus.ANSWERED, ReferralStatus.DECLINED, ReferralStatus.WITHDRAWN),
}


def all_referrals(viewer: Viewer, show: Show, *, days: int = 0) -> list[ReferralRow]:
    """Of the cases that the viewer may see; unanswered ones for at least ``days`` days, the longest
    waiting first."""
    statement = (
        _rows()
        .add_columns(searchable(viewer).label("named"))
        .where(Referral.status.in_(_SHOWN[show]), visible_to(viewer))
    )
    if show is Show.LATE:
        statement = statement.where(Referral.answer_by < clock.today())
    if days and show in (Show.OPEN, Show.LATE):
        since = clock.now() - timedelta(days=days)
        statement = statement.where(Referral.sent_at <= since)
    newest = show in (Show.ENDED, Show.DRAFT)
    order = Referral.id.desc() if newest else Referral.sent_at
    rows = db.session.execute(statement.order_by(order, Referral.id).limit(PAGE))
    return [_row(row, bool(row.named)) for row in rows]


def count_unanswered(viewer: Viewer) -> tuple[int, int, int]:
    """How many are unanswered, how many of them past their day, how many prepared and not sent."""
    late = Referral.status.in_(OPEN) & (Referral.answer_by < clock.today())
    row = db.session.execute(
        select(
            func.count().filter(Referral.status.in_(OPEN)),
            func.count().filter(late),
            func.count().filter(Referral.status == ReferralStatus.DRAFT),
        )
        .select_from(Referral)
        .join(Case, Case.id == Referral.case_id)
        .where(visible_to(viewer), Referral.status.in_((*OPEN, ReferralStatus.DRAFT)))
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that came with an answer, by its public ids."""

    public_id: str
    thumbnail: str
    paper: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer with its files; ``recorded_by`` is empty where it came through the page."""

    at: datetime
    kind: AnswerKind
    came: Came
    text: str
    until: date | None
    signed: str
    recorded_by: str
    files: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """One referral whole, for staff; ``lines`` as this viewer may read them."""

    row: ReferralRow
    version: int
    agency_id: int
    agency_head: str
    agency_address: str
    agency_email: str
    agency_phone: str
    purpose: str
    basis: Basis
    basis_note: str
    consent_by: str
    consent_how: ConsentHow | None
    consent_on: date | None
    signer: str
    signer_position: str
    fields: tuple[str, ...]
    lines: tuple[SharedLine, ...]
    code_round: int
    open_until: date
    opened_at: datetime | None
    extended: int
    chased_on: date | None
    holds_case: bool
    ended_at: datetime | None
    end_reason: str
    answers: tuple[AnswerRow, ...]

    @property
    def is_open(self) -> bool:
        """Sent and not ended."""
        return self.row.status in OPEN


def may_read_letter(reference: str, viewer: Viewer) -> bool:
    """Whether a viewer may read all that a letter of referral shares."""
    found = db.session.execute(
        select(Referral.shared, Case.person_id)
        .join(Case, Case.id == Referral.case_id)
        .where(Referral.reference == reference, visible_to(viewer))
    ).first()
    if found is None:
        return False
    return not any(one.hidden for one in seen_by(from_text(found.shared), viewer, found.person_id))


def referral_file(
    case: Case, referral_id: int, *, viewer: Viewer, whole: bool = False
) -> ReferralPage:
    """One referral of a case that the viewer may see; ``NotFound`` when it has none such.
    ``whole``: what is shared with nothing covered, for the letter itself."""
    found = db.session.execute(
        _rows()
        .add_columns(Referral, Agency)
        .where(Referral.case_id == case.id, Referral.id == referral_id)
    ).first()
    if found is None:
        raise NotFound
    one, agency = found.Referral, found.Agency
    return ReferralPage(
        row=_row(found, True),
        version=one.version,
        agency_id=agency.id,
        agency_head=agency.head,
        agency_address=agency.address,
        agency_email=agency.email,
        agency_phone=agency.phone,
        purpose=one.purpose,
        basis=one.basis,
        basis_note=one.basis_note,
        consent_by=one.consent_by,
        consent_how=one.consent_how,
        consent_on=one.consent_on,
        signer=one.signer,
        signer_position=one.signer_position,
        fields=tuple(one.fields),
        lines=(
            from_text(one.shared)
            if whole
            else seen_by(from_text(one.shared), viewer, case.person_id)
        ),
        code_round=one.code_round,
        open_until=one.open_until,
        opened_at=one.opened_at,
        extended=one.extended,
        chased_on=one.chased_on,
        holds_case=one.holds_case,
        ended_at=one.ended_at,
        end_reason=one.end_reason,
        answers=_answers(one.id),
    )


_Small = aliased(StoredFile)


def _answers(referral_id: int) -> tuple[AnswerRow, ...]:
    rows = db.session.execute(
        select(
            ReferralAnswer.id, ReferralAnswer.at, ReferralAnswer.kind, ReferralAnswer.came,
            ReferralAnswer.text, ReferralAnswer.until, ReferralAnswer.signed, User.display_name,
            StoredFile.public_id, _Small.public_id.label("small"), StoredFile.media_type,
        )
        .outerjoin(User, User.id == ReferralAnswer.recorded_by_id)
        .outerjoin(ReferralFile, ReferralFile.answer_id == ReferralAnswer.id)
        .outerjoin(StoredFile, StoredFile.id == ReferralFile.file_id)
        .outerjoin(_Small, _Small.id == StoredFile.thumbnail_id)
        .where(ReferralAnswer.referral_id == referral_id)
        .order_by(ReferralAnswer.id.desc(), ReferralFile.id)
    )  # fmt: skip
    found: dict[int, tuple[Any, list[FileRef]]] = {}
    for row in rows:
        files = found.setdefault(row.id, (row, []))[1]
        if row.public_id:
            paper = row.media_type == "application/pdf"
            files.append(FileRef(row.public_id, row.small or row.public_id, paper))
    return tuple(
        AnswerRow(row.at, row.kind, row.came, row.text, row.until, row.signed,
                  row.display_name or "", tuple(files))
        for row, files in found.values()
    )  # fmt: skip


def load_referral(case_id: int, referral_id: int) -> Referral:
    """The record itself, held until the transaction ends."""
    return _held(Referral.case_id == case_id, Referral.id == referral_id)


def load_by_reference(reference: str) -> Referral:
    """The same by what the agency typed."""
    return _held(Referral.reference == reference)


def _held(*which: Any) -> Referral:
    return hold(select(Referral).where(*which))


def others_hold(case_id: int, but: int) -> bool:
    """Whether the case waits for another referral too."""
    found = db.session.scalar(
        select(Referral.id).where(
            Referral.case_id == case_id,
            Referral.id != but,
            Referral.holds_case,
            Referral.status.in_(OPEN),
        ).limit(1)
    )  # fmt: skip
    return found is not None


def unreminded(day: date) -> list[Referral]:
    """Open referrals of whose silence nobody was reminded since a day, the oldest first."""
    return list(db.session.scalars(select(Referral).where(*_quiet(day)).order_by(Referral.sent_at)))


def held(ids: Sequence[int], day: date) -> list[Referral]:
    """Those of these that are still so, held; others who remind just now leave some out."""
    return list(
        db.session.scalars(
            select(Referral)
            .where(Referral.id.in_(ids), *_quiet(day))
            .order_by(Referral.sent_at, Referral.id)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
    )


def _quiet(day: date) -> tuple[Any, ...]:
    quiet = Referral.reminded_on.is_(None) | (Referral.reminded_on < day)
    return Referral.status.in_(OPEN), quiet


def _packed_answers(case_id: Any) -> Any:
    """How many nobody has answered, and how many were never sent."""
    sent = func.count().filter(Referral.status.in_(OPEN))
    drafts = func.count().filter(Referral.status == ReferralStatus.DRAFT)
    return (
        select(cast(sent, String).concat(" ").concat(cast(drafts, String)))
        .where(Referral.case_id == case_id)
        .scalar_subquery()
    )


def _read_answers(text: str) -> list[OpenMatter]:
    sent, drafts = (int(count) for count in text.split())
    matters = []
    if sent:
        words = _("Referrals that the agency has not answered: %(n)s", n=sent)
        matters.append(OpenMatter(words, "#referrals"))
    if drafts:
        words = _("Referrals prepared and not sent: %(n)s", n=drafts)
        matters.append(OpenMatter(words, "#referrals"))
    return matters


ANSWER_CHECK = ClosingCheck(_packed_answers, _read_answers)
"""For the closing of a case: referrals that nobody has answered, or that were never sent."""


def may_see_answer_picture(public_id: str, viewer: Viewer) -> bool:
    """Whether a file came with an answer about a case that the viewer may see."""
    full, small = aliased(StoredFile), aliased(StoredFile)
    found = db.session.scalar(
        select(Case.id)
        .join(Referral, Referral.case_id == Case.id)
        .join(ReferralAnswer, ReferralAnswer.referral_id == Referral.id)
        .join(ReferralFile, ReferralFile.answer_id == ReferralAnswer.id)
        .join(full, full.id == ReferralFile.file_id)
        .outerjoin(small, small.id == full.thumbnail_id)
        .where((full.public_id == public_id) | (small.public_id == public_id), visible_to(viewer))
        .limit(1)
    )
    return found is not None


def agency_name(agency_id: int) -> str:
    """The Thai name, for the record."""
    return db.session.scalar(select(Agency.name_th).where(Agency.id == agency_id)) or ""
