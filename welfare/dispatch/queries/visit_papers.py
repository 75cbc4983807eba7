"""The form of a home visit: filled from what was found, or as far as is known before going."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import force_locale
from sqlalchemy import select

from welfare.cases.queries.homes import work_for_home
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.pdf.layouts import visits as layout
from welfare.core.pdf.layouts.choices import Choice, ticked
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.phones import format_phone, mask_phone
from welfare.dispatch.queries.adl import adl_of
from welfare.dispatch.queries.visit_file import Resident, VisitFile, visit_file
from welfare.dispatch.workflow import VisitStatus
from welfare.households import labels
from welfare.households.kinds import Condition, MaritalStatus, Tenure, YesNo
from welfare.households.models import Person
from welfare.households.queries import (
    HouseholdFile,
    PersonCard,
    household_file,
    person_card,
)
from welfare.papers.parts import About, Asked, Sheet
from welfare.papers.queries.office import the_office

_TENURE = {
    Tenure.OWNER: layout.TENURE[0],
    Tenure.RENTED: layout.TENURE[1],
    Tenure.STAYING: layout.TENURE[2],
    Tenure.SQUATTING: layout.TENURE[3],
}
_CONDITION = {
    Condition.SOUND: layout.HOUSE[0],
    Condition.WORN: layout.HOUSE[1],
    Condition.UNSAFE: layout.HOUSE[2],
}


def blank_visit() -> Sheet:
    """The form with nothing in it."""
    form = layout.VisitForm(the_office())
    return Sheet(title="", template=layout.TEMPLATE, values=form)


def visit_sheet(about: About, asked: Asked, viewer: Viewer) -> Sheet:
    """The form of one visit of a case (``asked.source``: its number) as its viewer may know of it.

    Before the visit it is what is known, with lines for the rest; ``NotFound`` where the case has
    no such visit, or it was called off.
    """
    file = visit_file(asked.source, viewer=viewer)
    if file.case.id != about.id or file.visit.status == VisitStatus.CANCELLED:
        raise NotFound
    done = file.visit.status == VisitStatus.DONE
    later = _("What is known stands in it. It can be issued once the visit was recorded.")
    with force_locale("th"):
        form = _form(file, viewer, done)
    return Sheet(
        title=f"บันทึกการเยี่ยมบ้าน {file.visit.number}",
        template=layout.TEMPLATE,
        values=form,
        recipient=file.subject,
        source=file.visit.number,
        own_number=file.visit.number,
        hindrance="" if done else later,
        link=f"/desk/cases/{file.case.number}",
        reads=(("visit", file.visit.number), ("case", file.case.number)),
    )


def _form(file: VisitFile, viewer: Viewer, done: bool) -> layout.VisitForm:
    visit, home = file.visit, _home(file, viewer)
    subject = next((one for one in file.residents if one.subject), None)
    card = person_card(file.case.person_id, viewer=viewer)
    marital, occupation, earns = _registered(card, file.case.person_id)
    work = work_for_home(
        household_id=file.case.household_id, person_id=file.case.person_id, viewer=viewer
    )
    year = next((one for one in work.years if one.year == fiscal_year(clock.today())), None)
    adl = adl_of(visit.number, visit.worker_id, viewer=viewer)
    return layout.VisitForm(
        office=the_office(),
        case_number=file.case.number,
        visited_at=visit.visited_at if done else None,
        visitors=(visit.worker,),
        informant=visit.who_present if done else "",
        name=file.subject,
        age=subject.age if subject else None,
        id_number=card.identifier if card else "",
        phone=_phone(file, card, done),
        address=_address(file, home),
        marital_status=marital,
        members=tuple(_member(one) for one in file.residents if not one.subject),
        occupation=occupation,
        income=home.facts.monthly_income if home and home.facts.monthly_income else earns,
        debt=home.facts.debts if home else None,
        tenure=_tenure(home),
        house=_house(file),
        illness=_illness(subject),
        adl=adl.score if adl else None,
        mobility=_mobility(adl.score if adl else None, subject),
        times_this_year=year.times if year else None,
        help_amount=year.baht if year else None,
        findings=visit.findings if done else "",
        needs=visit.needs if done else "",
        next_visit=visit.next_visit_on if done else None,
        purpose=visit.purpose,
        with_link=True,
    )


def _home(file: VisitFile, viewer: Viewer) -> HouseholdFile | None:
    if file.house is None or not viewer.can(Permission.VIEW_REGISTRY):
        return None
    try:
        return household_file(file.house.number, viewer=viewer)
    except NotFound:
        return None


def _registered(card: PersonCard | None, person_id: int | None) -> tuple[str, str, Decimal | None]:
    """Marital status, occupation and income of the person, where the viewer may see them."""
    if card is None:
        return "", "", None
    row = db.session.execute(
        select(Person.marital_status, Person.occupation, Person.monthly_income).where(
            Person.id == person_id
        )
    ).one()
    known = row.marital_status is not MaritalStatus.UNKNOWN
    marital = labels.word(labels.MARITAL, row.marital_status) if known else ""
    return marital, row.occupation, row.monthly_income


def _phone(file: VisitFile, card: PersonCard | None, done: bool) -> str:
    """Whole on the form that is taken along, for who may call; masked on what is kept."""
    if file.phone and not done:
        return format_phone(file.phone)
    if file.phone:
        return mask_phone(file.phone)
    return card.phone if card else ""


def _address(file: VisitFile, home: HouseholdFile | None) -> str:
    if home is not None:
        return home.address
    house, told = file.house, file.told
    number = house.house_no if house else (told.house_no if told else "")
    lane, road = (house.lane, house.road) if house else ("", "")
    if not number:
        return ""
    return labels.address(number, file.case.village_no, lane, road)


def _member(one: Resident) -> layout.MemberFound:
    signs = ((one.bed_bound, "ติดเตียง"), (one.home_bound, "ติดบ้าน"))
    health = [word for holds, word in signs if holds]
    if one.disability is not None:
        health.append(labels.word(labels.DISABILITY, one.disability))
    relation = labels.word(labels.RELATION, one.relation) if one.relation else ""
    return layout.MemberFound(one.name, relation, one.age, health=" ".join(health))


def _tenure(home: HouseholdFile | None) -> tuple[Choice, ...]:
    word = _TENURE.get(home.facts.tenure) if home else None
    return ticked(layout.TENURE, (word,) if word else ())


def _house(file: VisitFile) -> tuple[Choice, ...]:
    house = file.house
    if house is None:
        return ticked(layout.HOUSE)
    chosen = [_CONDITION[house.condition]] if house.condition in _CONDITION else []
    chosen += ["มีไฟฟ้า"] if house.electricity == YesNo.YES else []
    chosen += ["มีน้ำประปา"] if house.water == YesNo.YES else []
    return ticked(layout.HOUSE, chosen)


def _illness(subject: Resident | None) -> str:
    if subject is None:
        return ""
    disability = labels.word(labels.DISABILITY, subject.disability) if subject.disability else ""
    return " ".join(part for part in (disability, subject.health_notes) if part)


def _mobility(score: int | None, subject: Resident | None) -> tuple[Choice, ...]:
    bed = score <= 4 if score is not None else bool(subject and subject.bed_bound)
    home = 4 < score <= 11 if score is not None else bool(subject and subject.home_bound)
    social = score is not None and score > 11
    held = zip(layout.MOBILITY, (social, home, bed), strict=True)
    return ticked(layout.MOBILITY, [word for word, holds in held if holds])


def may_open_visit(number: str, viewer: Viewer) -> bool:
    """Whether a viewer may read all that was written down of a visit, health included."""
    try:
        visit_file(number, viewer=viewer)
    except NotFound:
        return False
    return viewer.can(Permission.VIEW_RESTRICTED)
