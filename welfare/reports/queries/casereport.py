"""Everything that stands in the report of a case, gathered from the domains it touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime, time

from flask_babel import force_locale

from welfare.cases.documents import (
    CASE_REPORT_TEMPLATE,
    PARTS,
    ActionOnPaper,
    AgreementOnPaper,
    AssessmentOnPaper,
    AssistanceOnPaper,
    CaseReport,
    ComplaintOnPaper,
    EventOnPaper,
    GoalOnPaper,
    HouseholdOnPaper,
    NeedOnPaper,
    PersonOnPaper,
    PhotoOnPaper,
    SignatureOnPaper,
    VisitOnPaper,
    case_report_pictures,
    case_report_values,
)
from welfare.cases.labels import (
    ACTION_STATES,
    AGREED_BY,
    EVENTS,
    GOAL_STATES,
    NEED_LEVELS,
    OUTCOMES,
    PRIORITIES,
    RESPONSIBLE,
    STATUSES,
)
from welfare.cases.queries import (
    CaseFile,
    Line,
    ToldPlace,
    case_file,
    category_by_id,
    told_places,
)
from welfare.cases.queries.care import Agreed, Assessed, GoalRow
from welfare.cases.queries.plan import Words, words_of
from welfare.cases.workflow import EventKind
from welfare.core import clock
from welfare.core.errors import NotFound
from welfare.core.municipality import the_municipality
from welfare.core.pdf.letterhead import Office
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage.files import open_file
from welfare.core.thai.dates import local_date
from welfare.core.thai.digits import on_paper
from welfare.core.workdays import OPENS
from welfare.dispatch.queries import VisitRow, visits_of_case
from welfare.dispatch.workflow import VisitStatus
from welfare.households.kinds import Relation
from welfare.households.labels import DIMENSION, RELATION, word
from welfare.households.queries import HouseholdFile, household_file, person_card
from welfare.intake.queries.parts import CaseComplaint, complaints_of_case
from welfare.intake.workflow import Channel
from welfare.papers.parts import About, Asked, Sheet, kind_of

MOST_PHOTOS = 6
"""Photographs on one report: more would make it slow to draw and too large to send."""

CHANNELS = {
    Channel.WEB: "ทางหน้าเว็บ",
    Channel.WALK_IN: "ที่สำนักงาน",
    Channel.PHONE: "ทางโทรศัพท์",
    Channel.LETTER: "ทางหนังสือ",
    Channel.LINE: "ทางไลน์",
    Channel.VOLUNTEER: "ผ่านอาสาสมัคร",
    Channel.OUTREACH: "เมื่อเจ้าหน้าที่ออกพื้นที่",
}
VISITS = {
    VisitStatus.PLANNED: "นัดไว้",
    VisitStatus.DONE: "เยี่ยมแล้ว",
    VisitStatus.MISSED: "ไม่ได้พบ",
}
PAPER_VERBS = {"issued": "ออก", "withdrawn": "ยกเลิก", "replaced": "ออกฉบับใหม่แทน"}
"""The paper is Thai whatever language its reader's screen speaks."""


def report_sheet(about: About, asked: Asked, viewer: Viewer) -> Sheet:
    """The report of a case as a paper, with the parts that were asked for."""
    report = case_report(about.number, viewer=viewer, parts=asked.options)
    reads = [("case", report.number)]
    if report.household is not None and report.household.number:
        reads.append(("household", report.household.number))
    return Sheet(
        title=f"รายงานกรณี {report.number}",
        template=CASE_REPORT_TEMPLATE,
        values=case_report_values(report),
        recipient=report.subject_name,
        own_number=report.number,
        pictures=case_report_pictures(report),
        reads=tuple(reads),
    )


def case_report(number: str, *, viewer: Viewer, parts: Collection[str] = PARTS) -> CaseReport:
    """The report as the viewer may see the case (``NotFound`` otherwise), in Thai. ``parts``:
    which of ``PARTS``; the others are not read either."""
    with force_locale("th"):
        case = case_file(number, viewer=viewer)
        home = _home(case, viewer) if "house" in parts else None
        return _report(case, home, viewer, tuple(one for one in PARTS if one in parts))


def _report(
    case: CaseFile, home: HouseholdFile | None, viewer: Viewer, parts: tuple[str, ...]
) -> CaseReport:
    category = category_by_id(case.category_id)
    told = told_places([case.id]).get(case.id) if not case.household_number else None
    return CaseReport(
        office=office_on_paper(),
        number=case.number,
        category=category.name_th if category else "",
        priority=str(PRIORITIES[case.priority]),
        status=str(STATUSES[case.status]),
        opened_on=local_date(case.opened_at),
        printed_at=clock.now(),
        printed_by=viewer.display_name,
        title=case.title,
        summary=case.summary,
        subject_name=case.who or (told.subject if told else ""),
        due_on=local_date(case.due_at),
        closed_on=local_date(case.closed_at) if case.closed_at else None,
        caseworker=case.worker,
        household=_household(home) or _told_house(case, told),
        people=_people(case, home, viewer),
        complaints=tuple(
            _complaint(one) for one in reversed(complaints_of_case(case.id, viewer=viewer))
        ),
        visits=_visits(
            reversed(visits_of_case(case.id, viewer=viewer).visits),
            MOST_PHOTOS if "photos" in parts else 0,
        )
        if "visits" in parts
        else (),
        assistance=tuple(
            AssistanceOnPaper(
                on=row.given_on,
                what=row.description,
                amount=row.amount,
                fund=row.fund,
                decided_by=row.decided_by,
            )
            for row in reversed(case.works.help)
            if row.withdrawn_at is None
        ),
        timeline=tuple(
            EventOnPaper(line.at, line.who, happened(line), line.text)
            for line in reversed(case.lines)
        ),
        assessments=_assessments(case) if "needs" in parts else (),
        goals=tuple(_goal(one) for one in case.works.care.goals),
        agreement=_agreement(case.works.care.agreed),
        outcome=str(OUTCOMES[case.outcome]) if case.outcome else "",
        outcome_note=case.outcome_note,
        signatures=(
            SignatureOnPaper("ผู้จัดทำรายงาน", case.worker),
            SignatureOnPaper("ผู้ตรวจสอบ"),
        ),
        chosen=parts,
    )


def happened(line: Line) -> str:
    """What a line of the history is about; of an official paper which one, with its number."""
    said = str(EVENTS[line.kind])
    if line.kind is not EventKind.PAPER or line.data.get("verb") not in PAPER_VERBS:
        return said
    with suppress(NotFound):  # a kind that the program no longer knows
        said = kind_of(str(line.data.get("kind", ""))).name("th")
    number = on_paper(str(line.data.get("number", "")))
    words = f"{PAPER_VERBS[line.data['verb']]}{said}"
    return f"{words} เลขที่ {number}" if number else words


def _assessments(case: CaseFile) -> tuple[AssessmentOnPaper, ...]:
    words = words_of(case.id)
    return tuple(
        _assessment(one, words.get(one.id, Words())) for one in case.works.care.assessments
    )


def _assessment(one: Assessed, words: Words) -> AssessmentOnPaper:
    needs = tuple(
        NeedOnPaper(word(DIMENSION, key), str(NEED_LEVELS[level]), words.texts.get(key, ""))
        for key, level in one.levels.items()
    )
    return AssessmentOnPaper(one.assessed_on, one.by, needs, words.note)


def _goal(one: GoalRow) -> GoalOnPaper:
    actions = tuple(
        ActionOnPaper(
            what=step.title,
            who=step.who or str(RESPONSIBLE[step.responsible]),
            state=str(ACTION_STATES[step.status]),
            due_on=step.due_on,
        )
        for step in one.actions
    )
    return GoalOnPaper(
        title=one.title,
        state=str(GOAL_STATES[one.status]),
        dimension=word(DIMENSION, one.dimension) if one.dimension else "",
        due_on=one.due_on,
        actions=actions,
    )


def _agreement(agreed: Agreed | None) -> AgreementOnPaper | None:
    if agreed is None:
        return None
    by = f"{AGREED_BY[agreed.by]} {agreed.who}".strip()
    return AgreementOnPaper(agreed.agreed_on, by, agreed.note, agreed.changed)


def office_on_paper() -> Office:
    """The head of the office's own papers, in Thai."""
    row = the_municipality()
    return Office(row.name_th, row.division_th, row.address_th, row.phone, row.email)


def _home(case: CaseFile, viewer: Viewer) -> HouseholdFile | None:
    """The household, where the viewer may read the registry of its village."""
    if not case.household_number or not viewer.can(Permission.VIEW_REGISTRY):
        return None
    try:
        return household_file(case.household_number, viewer=viewer)
    except NotFound:
        return None


def _household(home: HouseholdFile | None) -> HouseholdOnPaper | None:
    if home is None:
        return None
    return HouseholdOnPaper(
        number=home.number,
        address=home.address,
        house_code=home.house_code,
        landmark=home.facts.landmark,
    )


def _told_house(case: CaseFile, told: ToldPlace | None) -> HouseholdOnPaper | None:
    """The house that the request speaks of, where no household is linked to the case."""
    if told is None or not (told.house_no or told.landmark):
        return None
    village_no = case.village_no or told.village_no
    village = f"หมู่ที่ {village_no}" if village_no else ""
    address = f"{told.house_no} {village}".strip()
    return HouseholdOnPaper(number="", address=address, landmark=told.landmark)


def _people(
    case: CaseFile, home: HouseholdFile | None, viewer: Viewer
) -> tuple[PersonOnPaper, ...]:
    """Who lives in the house; the person helped first, with number and telephone covered up."""
    card = person_card(case.person_id, viewer=viewer)
    subject = []
    if card is not None:
        who = card.person
        subject = [
            PersonOnPaper(
                name=who.name,
                relation=relation_on_paper(who.relation, dead=who.deceased),
                age=who.age,
                id_number=card.identifier,
                phone=card.phone,
            )
        ]
    others = [
        PersonOnPaper(
            member.name, relation_on_paper(member.relation, dead=member.deceased), member.age
        )
        for member in (home.members if home else ())
        if member.person_id != case.person_id
    ]
    return (*subject, *others)


def relation_on_paper(relation: Relation | None, *, dead: bool) -> str:
    """What somebody is to the house; who died is nothing to it any more, not its head either."""
    if dead:
        return f"{'อดีตหัวหน้าครัวเรือน ' if relation is Relation.HEAD else ''}เสียชีวิตแล้ว"
    return word(RELATION, relation) if relation else ""


def _complaint(one: CaseComplaint) -> ComplaintOnPaper:
    return ComplaintOnPaper(
        reference=one.reference,
        received_at=one.filed_at,
        channel=CHANNELS[one.channel],
        text=one.description,
        reporter="" if one.anonymous else one.filer or "(ไม่แสดง)",
        reporter_phone=one.filer_phone,
    )


def _visits(visits: Iterable[VisitRow], left: int) -> tuple[VisitOnPaper, ...]:
    found = []
    for visit in visits:
        if visit.status not in VISITS:
            continue
        photos = visit.photos[:left]
        left -= len(photos)
        found.append(
            VisitOnPaper(
                at=visit.visited_at or _planned(visit),
                worker=visit.worker,
                status=VISITS[visit.status],
                findings=visit.findings or visit.missed_reason,
                needs=visit.needs,
                photos=tuple(PhotoOnPaper(_picture(photo.public_id)) for photo in photos),
            )
        )
    return tuple(found)


def _planned(visit: VisitRow) -> datetime:
    """The moment a visit was planned for; without an hour, the start of office hours."""
    hour, _, minute = (visit.planned_time or f"{OPENS:%H:%M}").partition(":")
    return datetime.combine(visit.planned_on, time(int(hour), int(minute)), clock.BANGKOK)


def _picture(public_id: str) -> bytes:
    """The picture; one that is gone prints as a framed notice."""
    try:
        return open_file(public_id)
    except NotFound:
        return b""
