"""The page of one complaint: its words, its context, and the forms that decide on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import render_template

from welfare.cases.labels import OUTCOMES, SENSITIVITIES, STATUSES
from welfare.cases.queries.categories import category_by_id, category_words
from welfare.cases.workflow import ENDED
from welfare.core import audit, clock
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import format_short
from welfare.core.web import the_viewer
from welfare.core.web.templating import language
from welfare.households.labels import RELATION
from welfare.households.queries import PersonRow
from welfare.intake.forms import triage as forms
from welfare.intake.forms.words import REASON, RELATIONSHIP
from welfare.intake.labels import CHANNEL, KIND, STATUS
from welfare.intake.policies import is_about
from welfare.intake.queries.complaint_file import ComplaintFile, Line, complaint_file
from welfare.intake.queries.context import ContextCase, House, cases_of, houses, people, sure_ids
from welfare.intake.queries.directory import agencies, standard_texts
from welfare.intake.queries.duplicates import Related, related_complaints
from welfare.intake.services.annotating import Contacts
from welfare.intake.services.triage import ABOUT_STAFF
from welfare.intake.views.desk import list_url, place
from welfare.intake.workflow import ComplaintStatus


@dataclass(frozen=True, slots=True)
class Context:
    """What the office knows around a complaint."""

    houses: list[House]
    people: list[PersonRow]
    cases: list[ContextCase]
    related: Related

    @property
    def joinable(self) -> list[tuple[str, str]]:
        """Open cases that the complaint could belong to, the likeliest first, with why."""
        found = {
            row.case_number: _("likely duplicate %(ref)s is in it", ref=row.reference)
            for row in self.related.duplicates
            if row.case_number and row.case_open
        }
        for case in self.cases:
            if case.status not in ENDED:
                found.setdefault(case.number, case.title)
        return [*found.items()]


def context_of(one: ComplaintFile, viewer: Viewer) -> Context:
    """House, people, cases and other complaints; four statements."""
    homes = houses(
        viewer=viewer,
        household_id=one.household_id,
        house_no=one.house_no,
        village_no=one.village_no,
        name=one.subject_name,
    )
    known = people(
        viewer=viewer, person_id=one.person_id, name=one.subject_name, phone=one.plain_phone
    )
    person_ids = sure_ids(known)
    return Context(
        homes,
        known,
        cases_of(viewer=viewer, household_ids=[home.id for home in homes], person_ids=person_ids),
        related_complaints(one.id, one.matter, viewer=viewer, person_ids=person_ids),
    )


def show(
    reference: str,
    *,
    form: forms.DecisionForm | None = None,
    stale: bool = False,
    preview: str = "",
    contacts: Contacts | None = None,
) -> str:
    """The page; ``form`` was sent and is shown again as it was, ``stale`` when somebody else
    changed the complaint meanwhile, ``preview`` is what the filer would read."""
    viewer = the_viewer()
    one = complaint_file(reference, viewer=viewer)
    around = context_of(one, viewer)
    category = category_by_id(one.category_id)
    about_staff = category is not None and category.code == ABOUT_STAFF
    about_me = about_staff and is_about(viewer, f"{one.description} {one.subject_name}")
    offered = _forms(one, around, viewer) if not about_me else {}
    if form is not None:
        form.version.data = str(one.version)
        if form.name in offered:
            offered[form.name] = form
        elif "note" in offered:
            offered["note"].text.data = typed_words(form)
    lang = language()
    values: dict[str, Any] = {
        "one": one,
        "around": around,
        "category": category.name(lang) if category else "",
        "names": {key: (en if lang == "en" else th) for key, (th, en) in category_words().items()},
        "forms": offered,
        "sent": form.name if form is not None else "",
        "stale": stale,
        "preview": preview,
        "contacts": contacts,
        "about_staff": about_staff,
        "about_me": about_me,
        "days": history(one.lines),
        "words": {
            "status": STATUS, "kind": KIND, "channel": CHANNEL, "relationship": RELATIONSHIP,
            "reason": REASON, "relation": RELATION, "case": STATUSES, "outcome": OUTCOMES,
            "sensitivity": SENSITIVITIES,
        },
        "texts": {name: standard_texts(name) for name in ("ask", "decline")},
        "agencies": agencies(),
        "back": list_url(),
        "place": place(),
        "age_days": (clock.today() - clock.local(one.filed_at).date()).days,
    }  # fmt: skip
    audit.read(viewer, "complaint", one.reference)
    return render_template("intake/desk/complaint.html", **values)


def typed_words(form: forms.DecisionForm) -> str:
    """What was typed into a decision that can no longer be made: it goes on as a note."""
    names = ("question", "reason", "text", "title")
    return next((form[name].data for name in names if name in form and form[name].data), "")


def _forms(one: ComplaintFile, around: Context, viewer: Viewer) -> dict[str, Any]:
    """The forms that this viewer can send now."""
    version = {"version": str(one.version)}
    offered: dict[str, Any] = {}
    if viewer.can(Permission.TRIAGE_COMPLAINTS) or viewer.can(Permission.EDIT_CASES):
        offered["note"] = forms.NoteForm(formdata=None, data=version)
    if not one.may_decide:
        return offered
    house, person = _registry_numbers(one, around)
    offered["link"] = forms.LinkForm(
        formdata=None, data=version | {"household": house, "person": person}
    )
    if one.status in (ComplaintStatus.DECLINED, ComplaintStatus.REFERRED):
        offered["back"] = forms.TakeBackForm(formdata=None, data=version)
    if not one.undecided:
        return offered
    category = category_by_id(one.category_id)
    offered["accept"] = forms.AcceptForm(
        formdata=None,
        data=version
        | {
            "title": proposed_title(
                category.name("th") if category else "", one.house_no, one.village_no
            ),
            "category": category.code if category else "",
            "priority": one.priority.value,
            "sensitivity": one.sensitivity.value,
            "household": house,
            "person": person,
        },
    )
    offered["join"] = forms.JoinForm(formdata=None, data=version)
    lang = one.language
    offered["ask"] = forms.AskForm(formdata=None, data=version, citizen_lang=lang)
    offered["refer"] = forms.ReferForm(formdata=None, data=version)
    offered["decline"] = forms.DeclineForm(formdata=None, data=version, citizen_lang=lang)
    return offered


def _registry_numbers(one: ComplaintFile, around: Context) -> tuple[str, str]:
    """House and person to fill in: linked ones, or the only ones that fit."""
    house = around.houses[0] if len(around.houses) == 1 else None
    named = [one for one in house.residents if one.named] if house else []
    linked = [row.number for row in around.people if one.person_id == row.id]
    person = linked[0] if linked else named[0].number if len(named) == 1 else ""
    return house.number if house else "", person


def proposed_title(category: str, house_no: str, village_no: int | None) -> str:
    """What it is about and where, in Thai, as a title to start from: ``ซ่อมบ้าน บ้านเลขที่ 12/1
    หมู่ที่ 2``. Never the citizen's own words, which name people and read badly in lists."""
    house = house_no.strip().removeprefix("บ้านเลขที่").strip()
    parts = (
        category,
        f"บ้านเลขที่ {house}" if house else "",
        f"หมู่ที่ {village_no}" if village_no else "",
    )
    return " ".join(part for part in parts if part)


_ICONS = {
    "filed": "send", "asked": "question-circle", "answered": "chat-left-text",
    "added": "chat-left-text", "accepted": "check-lg", "referred": "arrow-right",
    "declined": "x-lg", "withdrawn": "x-lg", "returned": "arrow-repeat", "note": "pencil",
    "linked": "house-heart", "feedback": "heart",
}  # fmt: skip


def history(lines: tuple[Line, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What happened so far, newest first, by day, ready for the timeline."""
    newest = sorted(lines, key=lambda line: line.at, reverse=True)
    return [
        (format_short(day, lang=language()), [_told(line) for line in of_day])
        for day, of_day in groupby(newest, key=lambda line: clock.local(line.at).date())
    ]


def _told(line: Line) -> dict[str, Any]:
    titles = {
        "filed": _("The request came in"),
        "asked": _("The citizen was asked"),
        "answered": _("The citizen answered"),
        "added": _("The citizen added something"),
        "accepted": _("Accepted into case %(case)s", case=line.data.get("case", "")),
        "referred": _("Referred to %(agency)s", agency=line.data.get("agency_name", "")),
        "declined": _("Declined"),
        "withdrawn": _("Withdrawn"),
        "returned": _("The decision was taken back"),
        "note": _("Internal note"),
        "linked": _("Linked to the registry"),
        "feedback": _("The citizen said whether it helped"),
    }
    from_citizen = line.kind.value in {"answered", "added", "withdrawn", "feedback"}
    case = line.data.get("case")
    return {
        "title": titles[line.kind.value],
        "time": _time(line.at),
        "who": line.who,
        "icon": _ICONS[line.kind.value],
        "quote" if from_citizen else "body": line.text,
        "kind": "told" if line.public and line.who and line.text else None,
        "url": f"/desk/cases/{case}" if case else None,
    }


def _time(moment: datetime) -> str:
    return f"{clock.local(moment):%H:%M}"
