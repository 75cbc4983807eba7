"""The case report (รายงานกรณี): one case on paper, for the file and for who decides.

Plain values only, already cut down to what its reader may see. Telephones and identity numbers are
covered up once more by the template, whatever is handed in. Everything is Thai: the paper is the
office's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from welfare.cases.kinds import REPORT_PARTS
from welfare.core import pdf
from welfare.core.pdf.letterhead import Office


@dataclass(frozen=True, slots=True)
class PhotoOnPaper:
    """A photograph; one that cannot be read prints as a framed notice."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdOnPaper:
    """The house: its number in the register of the program, where it is, what is known of it."""

    number: str
    address: str
    house_code: str = ""
    landmark: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class PersonOnPaper:
    """Somebody of the household or the case; `age` in years."""

    name: str
    relation: str = ""
    age: int | None = None
    id_number: str = ""
    phone: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintOnPaper:
    """A request joined to the case; `reporter` is empty where it was anonymous."""

    reference: str
    received_at: datetime
    channel: str
    text: str
    reporter: str = ""
    reporter_phone: str = ""


@dataclass(frozen=True, slots=True)
class EventOnPaper:
    """A line of the case's history."""

    at: datetime
    who: str
    what: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class VisitOnPaper:
    """A visit: planned, done, or missed (`status` in words), and what was found."""

    at: datetime
    worker: str
    status: str
    findings: str = ""
    needs: str = ""
    photos: tuple[PhotoOnPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class AssistanceOnPaper:
    """Help given or decided; `amount` in baht, absent where it was not money."""

    on: date
    what: str
    quantity: str = ""
    amount: Decimal | None = None
    fund: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class NeedOnPaper:
    """A dimension of an assessment: how great the need is, in words, and what was said of it."""

    dimension: str
    level: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentOnPaper:
    """An assessment of needs."""

    on: date
    by: str
    needs: tuple[NeedOnPaper, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionOnPaper:
    """Something to be done for a goal, by whom, until when; `state` in words."""

    what: str
    who: str
    state: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class GoalOnPaper:
    """A goal of the service plan with its actions."""

    title: str
    state: str
    dimension: str = ""
    due_on: date | None = None
    actions: tuple[ActionOnPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementOnPaper:
    """Who agreed to the plan; `changed`: it says something else since."""

    on: date
    by: str
    note: str = ""
    changed: bool = False


PARTS = tuple(part.name for part in REPORT_PARTS)
"""The parts that a report can have, in their order."""


@dataclass(frozen=True, slots=True)
class SignatureOnPaper:
    """A place to sign: the part played (ผู้จัดทำ, ผู้ตรวจสอบ), and the name where known."""

    part: str
    name: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All that stands in the report of one case."""

    office: Office
    number: str
    category: str
    priority: str
    status: str
    opened_on: date
    printed_at: datetime
    printed_by: str
    title: str = ""
    summary: str = ""
    subject_name: str = ""
    due_on: date | None = None
    closed_on: date | None = None
    caseworker: str = ""
    household: HouseholdOnPaper | None = None
    people: tuple[PersonOnPaper, ...] = ()
    complaints: tuple[ComplaintOnPaper, ...] = ()
    visits: tuple[VisitOnPaper, ...] = ()
    assistance: tuple[AssistanceOnPaper, ...] = ()
    timeline: tuple[EventOnPaper, ...] = ()
    assessments: tuple[AssessmentOnPaper, ...] = ()
    goals: tuple[GoalOnPaper, ...] = ()
    agreement: AgreementOnPaper | None = None
    outcome: str = ""
    outcome_note: str = ""
    chosen: tuple[str, ...] = PARTS
    """Which of `PARTS` it has."""
    signatures: tuple[SignatureOnPaper, ...] = (
        SignatureOnPaper("ผู้จัดทำรายงาน"),
        SignatureOnPaper("ผู้ตรวจสอบ"),
    )

    @property
    def total(self) -> Decimal:
        """The money given, in baht."""
        return sum((given.amount for given in self.assistance if given.amount), Decimal(0))


CASE_REPORT_TEMPLATE = "documents/case_report.html"


def case_report_pdf(report: CaseReport) -> bytes:
    """The report as PDF, A4, as many pages as it takes."""
    return pdf.render(
        CASE_REPORT_TEMPLATE, case_report_values(report), pictures=case_report_pictures(report)
    )


def case_report_values(report: CaseReport) -> dict[str, object]:
    """The template's names: the report's fields, its total, and each visit with its photographs."""
    values: dict[str, object] = {
        field.name: getattr(report, field.name) for field in fields(report)
    }
    values["total"] = report.total
    values["visits"] = [
        (visit, [(_picture_name(at, nr), photo.caption) for nr, photo in enumerate(visit.photos)])
        for at, visit in enumerate(report.visits)
    ]
    return values


def case_report_pictures(report: CaseReport) -> dict[str, bytes]:
    """The photographs by the names that the template asks for."""
    return dict(_named_pictures(report))


def _named_pictures(report: CaseReport) -> Iterator[tuple[str, bytes]]:
    for at, visit in enumerate(report.visits):
        for nr, photo in enumerate(visit.photos):
            yield _picture_name(at, nr), photo.data


def _picture_name(visit: int, photo: int) -> str:
    return f"{visit}-{photo}"
