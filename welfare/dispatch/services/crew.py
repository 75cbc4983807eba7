"""What the office writes down of its workers: profiles, absences, calendar links."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlalchemy import select, update

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.facts import ProfileFacts
from welfare.dispatch.models import Absence, CalendarLink, WorkerProfile
from welfare.dispatch.queries.calendar import person_by_number
from welfare.dispatch.queries.crew import member
from welfare.dispatch.workflow import AbsenceKind

LONGEST = timedelta(days=400)


def edit_profile(*, actor: Viewer, username: str, version: int, facts: ProfileFacts) -> None:
    """Set what is known of a worker; version 0 where nothing was."""
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    who = member(username, viewer=actor)
    profile = db.session.scalar(
        select(WorkerProfile)
        .where(WorkerProfile.user_id == who.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if (profile.version if profile else 0) != version:
        raise StaleRecord(version=profile.version if profile else 0, current=_words(profile))
    if facts.starts >= facts.ends:
        raise Refused(_("The end of work must come after its beginning."), field="ends")
    if profile is None:
        profile = WorkerProfile(user_id=who.id)
        db.session.add(profile)
    profile.skills, profile.languages = sorted(facts.skills), sorted(facts.languages)
    profile.villages, profile.sex = sorted(facts.villages), facts.sex
    profile.starts, profile.ends = facts.starts, facts.ends
    profile.vehicle = facts.vehicle
    profile.max_visits, profile.alone = facts.max_visits, facts.alone
    profile.person_id = _person(facts.person, actor)
    audit.record(actor, "worker.edited", "user", username, audit.changes_of(profile))
    db.session.flush()


def _person(number: str, actor: Viewer) -> int | None:
    if not number:
        return None
    found = person_by_number(number, viewer=actor)
    if found is None:
        raise Refused(_("There is no such person in the registry."), field="person")
    return found


def _words(profile: WorkerProfile | None) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields."""
    if profile is None:
        return {}
    return {
        "skills": ", ".join(profile.skills),
        "languages": ", ".join(profile.languages),
        "villages": ", ".join(str(no) for no in profile.villages),
        "sex": profile.sex.value,
        "vehicle": profile.vehicle.value,
        "starts": profile.starts,
        "ends": profile.ends,
        "max_visits": str(profile.max_visits),
        "alone": "y" if profile.alone else "",
    }


def add_absence(
    *,
    actor: Viewer,
    username: str,
    first_day: date,
    last_day: date,
    kind: AbsenceKind,
    note: str = "",
) -> int:
    """Write down days on which a worker is not there; they themselves may, and the office."""
    who = _own_or_office(actor, username)
    if last_day < first_day:
        raise Refused(_("The last day must not come before the first."), field="last_day")
    if last_day < clock.today():
        raise Refused(_("These days have passed."), field="last_day")
    if last_day - first_day > LONGEST:
        raise Refused(_("Please check the years: this is more than a year."), field="last_day")
    _refuse_same(who, first_day, last_day, kind)
    absence = Absence(
        user_id=who,
        first_day=first_day,
        last_day=last_day,
        kind=kind,
        note=note,
        made_by_id=actor.user_id or None,
        made_at=clock.now(),
    )
    db.session.add(absence)
    db.session.flush()
    days = {"from": first_day.isoformat(), "to": last_day.isoformat(), "id": absence.id}
    audit.record(actor, "absence.added", "user", username, days)
    db.session.flush()
    return absence.id


def _refuse_same(who: int, first_day: date, last_day: date, kind: AbsenceKind) -> None:
    """``Refused`` where the same absence stands for one of these days already."""
    same = db.session.scalars(
        select(Absence).where(
            Absence.user_id == who, Absence.kind == kind, Absence.taken_back_at.is_(None),
            Absence.first_day <= last_day, Absence.last_day >= first_day,
        )
    ).first()  # fmt: skip
    if same is not None:
        raise Refused(
            _("This absence is noted already, for one of these days at least."), field="first_day"
        )


def take_back_absence(*, actor: Viewer, username: str, absence_id: int) -> None:
    """The worker is there after all."""
    who = _own_or_office(actor, username)
    absence = db.session.get(Absence, absence_id, with_for_update=True)
    if absence is None or absence.user_id != who:
        raise NotFound
    if absence.taken_back_at is not None:
        return
    absence.taken_back_at = clock.now()
    audit.record(actor, "absence.taken_back", "user", username, {"id": absence_id})
    db.session.flush()


def _own_or_office(actor: Viewer, username: str) -> int:
    """The id of the worker; ``NotFound`` for who may neither give out work nor is it themselves."""
    return member(username, viewer=actor).id


def make_calendar_link(*, actor: Viewer) -> str:
    """A new secret address part for the actor's calendar; earlier ones end."""
    if not actor.can(Permission.WORK_CASES):
        raise Forbidden
    _end_links(actor)
    token = secrets.token_urlsafe(24)
    db.session.add(
        CalendarLink(
            token_hash=keyed_hash(token, purpose="calendar"),
            user_id=actor.user_id,
            made_at=clock.now(),
        )
    )
    audit.record(actor, "calendar.linked", "user", actor.username, {})
    db.session.flush()
    return token


def end_calendar_links(*, actor: Viewer) -> None:
    """End the address: who has it finds nothing there any more."""
    if not actor.can(Permission.WORK_CASES):
        raise Forbidden
    _end_links(actor)
    audit.record(actor, "calendar.ended", "user", actor.username, {})
    db.session.flush()


def _end_links(actor: Viewer) -> None:
    db.session.execute(
        update(CalendarLink)
        .where(CalendarLink.user_id == actor.user_id, CalendarLink.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
