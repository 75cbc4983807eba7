"""Rows of complaints, their reporters and their history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime

from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.security.crypto import blind_index
from welfare.core.thai.phones import normalise_phone
from welfare.core.thai.references import new_secret
from welfare.core.thai.text import search_key
from welfare.demo.bulk import Row
from welfare.demo.ground import Ground
from welfare.demo.seeds import ComplaintSeed, EventSeed
from welfare.demo.stories import categories
from welfare.intake.models import ComplaintEventKind
from welfare.intake.queries.tracking import secret_hash
from welfare.intake.services.filing import PHONE_INDEX
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus, Relationship

BY_STAFF = {"phone", "walk_in", "letter", "volunteer", "outreach"}


def _kept(phone: str | None) -> str | None:
    """Return a telephone number in the form in which the program keeps it."""
    return normalise_phone(phone) if phone else None


def demo_secret(seed: int, reference: str) -> str:
    """Return the secret of a demo complaint: known from the seed, so that it can be shown."""
    return new_secret(random.Random(f"{seed}:{reference}"))


def complaint_row(complaint: ComplaintSeed, ground: Ground) -> Row:
    """Return one row of `complaints`."""
    reference, facts = ground.references[complaint.index], categories()[complaint.category]
    due = ground.due(complaint.filed_at, facts.due_working_days, _pauses(complaint))
    acknowledge = ground.due(complaint.filed_at, facts.acknowledge_days)
    filer = complaint.events[0].actor
    return {
        "id": complaint.index + 1,
        "reference": reference,
        "secret_hash": secret_hash(reference, demo_secret(ground.town.seed, reference)),
        "kind": ComplaintKind(complaint.kind),
        "category_id": ground.categories[complaint.category],
        "description": complaint.description,
        "subject_name": complaint.subject_name,
        "subject_phone": _kept(complaint.subject_phone),
        "subject_phone_index": blind_index(_kept(complaint.subject_phone), purpose=PHONE_INDEX),
        "house_no": complaint.house_no,
        "village_no": complaint.village_no,
        "landmark": complaint.landmark,
        "lat": complaint.lat,
        "lng": complaint.lng,
        "anonymous": complaint.reporter.anonymous,
        "consent": complaint.consent,
        "channel": Channel(complaint.channel),
        "filed_by_id": ground.user(filer) if complaint.channel in BY_STAFF else None,
        "filed_at": complaint.filed_at,
        "status": ComplaintStatus(complaint.status),
        "priority": Priority(complaint.priority),
        "sensitivity": Sensitivity(complaint.sensitivity),
        "acknowledge_by": acknowledge.due_at,
        "due_at": due.due_at,
        "paused_at": complaint.paused_at,
        "decided_at": complaint.decided_at,
        "decided_by_id": _decider(complaint, ground),
        "decision_text": complaint.decision_text,
        "case_id": complaint.case + 1 if complaint.case is not None else None,
        "household_id": complaint.household + 1 if complaint.household is not None else None,
        "person_id": complaint.subject + 1 if complaint.subject is not None else None,
        "search_text": complaint_words(complaint, reference),
        "version": 1,
    }


def complaint_words(complaint: ComplaintSeed, reference: str) -> str:
    """Return the text by which a complaint is found, as filing writes it."""
    village = f"หมู่ {complaint.village_no}" if complaint.village_no else ""
    parts = (
        reference,
        complaint.subject_name,
        complaint.house_no,
        village,
        complaint.landmark,
        complaint.description,
    )
    return search_key(" ".join(part for part in parts if part))


def reporter_row(complaint: ComplaintSeed) -> Row | None:
    """Return the row of `reporters`; None for an anonymous complaint."""
    reporter = complaint.reporter
    if reporter.anonymous:
        return None
    return {
        "complaint_id": complaint.index + 1,
        "name": reporter.name,
        "phone": _kept(reporter.phone),
        "phone_index": blind_index(_kept(reporter.phone), purpose=PHONE_INDEX),
        "email": reporter.email,
        "relationship": Relationship(reporter.relationship),
    }


def event_rows(complaint: ComplaintSeed, ground: Ground) -> Iterator[Row]:
    """Return the history of one complaint."""
    for event in complaint.events:
        yield {
            "complaint_id": complaint.index + 1,
            "at": event.at,
            "kind": ComplaintEventKind(event.kind),
            "actor_id": ground.user(event.actor),
            "public": event.public,
            "text": event.text,
            "data": _details(event, complaint, ground),
        }


def _details(event: EventSeed, complaint: ComplaintSeed, ground: Ground) -> dict[str, object]:
    if event.kind == "filed":
        return {"channel": complaint.channel, "photos": 0}
    if event.kind == "feedback":
        return {"helped": event.detail}
    if event.kind == "accepted" and complaint.case is not None:
        return {"case": ground.numbers[complaint.case]}
    return {}


def _pauses(complaint: ComplaintSeed) -> list[tuple[datetime, datetime | None]]:
    asked = [event.at for event in complaint.events if event.kind == "asked"]
    answered = [event.at for event in complaint.events if event.kind == "answered"]
    return [(at, answered[place]) for place, at in enumerate(asked) if place < len(answered)]


def _decider(complaint: ComplaintSeed, ground: Ground) -> int | None:
    if complaint.decided_at is None or complaint.status == "withdrawn":
        return None
    return ground.user("officer")
