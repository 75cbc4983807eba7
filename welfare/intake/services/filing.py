"""Filing: one transaction that takes a number and writes down what somebody told the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from welfare.cases.queries.categories import CategoryRow
from welfare.cases.workflow import Sensitivity
from welfare.core import audit, clock, outbox
from welfare.core.db import Base, db
from welfare.core.deadlines import deadlines
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.crypto import blind_index
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.references import COMPLAINT, format_reference, new_secret
from welfare.core.thai.text import search_key
from welfare.intake.facts import ReceiptFacts
from welfare.intake.models import Complaint, ComplaintEvent, ComplaintEventKind, Reporter
from welfare.intake.policies import can_file
from welfare.intake.queries.filing import filing_lists
from welfare.intake.queries.tracking import secret_hash
from welfare.intake.services.photos import attach_photos
from welfare.intake.services.receipts import issue_receipt
from welfare.intake.workflow import Channel, ComplaintKind, Relationship

_TABLES = Base.metadata.tables
_COMPLAINTS = _TABLES[Complaint.__tablename__]
_ADD_COMPLAINT = insert(_COMPLAINTS).returning(_COMPLAINTS.c.id)
_ADD_EVENT = insert(_TABLES[ComplaintEvent.__tablename__])
_ADD_REPORTER = insert(_TABLES[Reporter.__tablename__])

PHONE_INDEX = "phone"
"""The purpose of every blind index of a telephone number, so that they compare."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What was filled in, cleaned and checked; phones as ``normalise_phone`` writes them."""

    kind: ComplaintKind
    category: str
    description: str
    subject_name: str = ""
    subject_phone: str = ""
    house_no: str = ""
    village: int | None = None
    landmark: str = ""
    lat: float | None = None
    lng: float | None = None
    anonymous: bool = False
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_email: str = ""
    relationship: Relationship = Relationship.SELF
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """What the filer is given: the reference to quote and the secret that opens it."""

    reference: str
    secret: str


def file_complaint(
    *,
    actor: Viewer,
    channel: Channel,
    language: str,
    answers: Filing,
    photo_ids: Sequence[str] = (),
    base_url: str = "",
) -> Filed:
    """Take a number and write down the complaint, its reporter, history, deadlines and receipt.

    ``actor`` is ``PUBLIC`` or the member of staff or volunteer who files for somebody. An
    anonymous filing keeps no reporter and no consent, whatever was typed. ``Forbidden`` when the
    actor may not file this way, ``Refused`` for an unknown category or village. ``base_url``:
    where the filer reached the program, for the receipt. The caller commits.
    """
    if not can_file(actor, channel):
        raise Forbidden
    lists = filing_lists()
    category = lists.categories.get(answers.category)
    if category is None:
        raise Refused(_("Please choose what it is about."), field="category")
    if answers.village is not None and answers.village not in lists.villages:
        message = _("There is no such village. Please choose one of the list.")
        raise Refused(message, field="village")
    now, secret = clock.now(), new_secret()
    running = take_number("complaint", fiscal_year(now))
    reference = format_reference(COMPLAINT, fiscal_year=fiscal_year(now), running=running)
    values = _values(reference, secret, category, answers, now) | {
        "channel": channel,
        "language": language,
        "filed_by_id": actor.user_id or None,
    }
    complaint_id = _inserted(values)
    if not answers.anonymous:
        _add_reporter(complaint_id, answers)
    photos = attach_photos(complaint_id, photo_ids)
    _tell(actor, complaint_id, values, category, photos)
    facts = _receipt(values, category, answers)
    issue_receipt(
        actor=actor, complaint_id=complaint_id, facts=facts, language=language, at=now,
        base_url=base_url, sensitive=category.sensitivity is not Sensitivity.NORMAL,
    )  # fmt: skip
    return Filed(reference, secret)


def _receipt(values: dict[str, Any], category: CategoryRow, answers: Filing) -> ReceiptFacts:
    """What the receipt says, from what is just being written."""
    named = "" if answers.anonymous else answers.reporter_name
    return ReceiptFacts(
        values["reference"], values["kind"], category.name_th, category.name_en, category.danger,
        values["channel"], values["filed_at"], values["acknowledge_by"], values["due_at"],
        values["subject_name"], named, values["house_no"], values["village_no"],
        values["landmark"], values["description"], values["anonymous"],
        category.sensitivity is not Sensitivity.NORMAL,
    )  # fmt: skip


def _inserted(values: dict[str, Any]) -> int:
    """Write the complaint's row; plain SQL made once, since filing must never be slow."""
    return int(db.session.execute(_ADD_COMPLAINT, {**values, "version": 1}).scalar_one())


def _values(
    reference: str, secret: str, category: CategoryRow, answers: Filing, now: datetime
) -> dict[str, Any]:
    acknowledge, due = deadlines(now, category.acknowledge_days, category.due_working_days)
    return {
        "reference": reference,
        "secret_hash": secret_hash(reference, secret),
        "kind": answers.kind,
        "category_id": category.id,
        "description": answers.description,
        "subject_name": answers.subject_name,
        "subject_phone": answers.subject_phone or None,
        "subject_phone_index": _phone_key(answers.subject_phone),
        "house_no": answers.house_no,
        "village_no": answers.village,
        "landmark": answers.landmark,
        "lat": answers.lat,
        "lng": answers.lng,
        "anonymous": answers.anonymous,
        "consent": answers.consent and not answers.anonymous,
        "filed_at": now,
        "priority": category.default_priority,
        "sensitivity": category.sensitivity,
        "acknowledge_by": acknowledge.due_at,
        "due_at": due.due_at,
        "search_text": _search_text(reference, answers),
    }


def _phone_key(stored: str) -> bytes | None:
    """The blind index of a number, its extension left out, as the registry has it."""
    return blind_index(stored.partition("x")[0], purpose=PHONE_INDEX)


def _search_text(reference: str, answers: Filing) -> str:
    village = f"หมู่ {answers.village}" if answers.village else ""
    parts = (
        reference,
        answers.subject_name,
        answers.house_no,
        village,
        answers.landmark,
        answers.description,
    )
    return search_key(" ".join(part for part in parts if part))


def _add_reporter(complaint_id: int, answers: Filing) -> None:
    row = {
        "complaint_id": complaint_id,
        "name": answers.reporter_name or None,
        "phone": answers.reporter_phone or None,
        "phone_index": _phone_key(answers.reporter_phone),
        "email": answers.reporter_email or None,
        "relationship": answers.relationship,
    }
    db.session.execute(_ADD_REPORTER, row)


def _tell(
    actor: Viewer, complaint_id: int, values: dict[str, Any], category: CategoryRow, photos: int
) -> None:
    """History, audit, outbox."""
    channel = values["channel"].value
    row = {
        "complaint_id": complaint_id,
        "at": values["filed_at"],
        "kind": ComplaintEventKind.FILED,
        "actor_id": actor.user_id or None,
        "public": True,
        "data": {"channel": channel, "photos": photos},
    }
    db.session.execute(_ADD_EVENT, row)
    details = {
        "category": category.code,
        "channel": channel,
        "anonymous": values["anonymous"],
        "photos": photos,
    }
    audit.record(actor, "complaint.filed", "complaint", values["reference"], details)
    outbox.publish("complaint.filed", {"reference": values["reference"]})
