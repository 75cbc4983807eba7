"""What the generator yields: frozen plain values, linked by their running index.

No class here knows the database. Times are aware datetimes in Bangkok time; dates are CE.
An index (`household`, `person`, `case`…) points into the list of that name in `Municipality`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class VillageSeed:
    """A village by its number, with an invented centre (degrees, WGS 84)."""

    no: int
    name_th: str
    lat: float
    lng: float
    share: float
    spread: float


@dataclass(frozen=True, slots=True)
class HouseholdSeed:
    """One house and how it stands. `monthly_income` is baht for the whole household."""

    index: int
    registry_code: str | None
    village_no: int
    house_no: str
    lane: str
    landmark: str
    lat: float
    lng: float
    tenure: str  # owner | rent | stay | squat
    condition: str
    toilet: bool
    water: bool
    electricity: bool
    monthly_income: int
    debts: int
    registered_on: date


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """One fictional citizen. `birth_precision` is day, month or year."""

    index: int
    title: str
    given_name: str
    surname: str
    sex: str  # m | f
    birth_date: date | None
    birth_precision: str
    id_kind: str  # pid | non_thai | none
    national_id: str | None
    phone: str | None
    occupation: str
    marital: str  # single | married | widowed | divorced | separated
    monthly_income: int
    died_on: date | None = None
    disability: str | None = None
    adl: int | None = None
    welfare_card: bool | None = None
    previous_surname: str | None = None

    @property
    def full_name(self) -> str:
        """Title, given name and surname as written in Thai: no space after the title."""
        return f"{self.title}{self.given_name} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class MembershipSeed:
    """One person in one household, from a date to a date."""

    person: int
    household: int
    relation: str
    is_head: bool
    starts_on: date
    on_register: bool
    de_facto: bool
    ends_on: date | None = None
    end_reason: str | None = None  # moved | died


@dataclass(frozen=True, slots=True)
class EventSeed:
    """One line of a history. `actor` is a demo username, "citizen" or "system"."""

    at: datetime
    kind: str
    actor: str
    text: str = ""
    public: bool = False
    detail: str = ""  # worker's username, or the index of a joined complaint


@dataclass(frozen=True, slots=True)
class ReporterSeed:
    """Who filed. An anonymous reporter has nothing at all."""

    anonymous: bool
    name: str = ""
    phone: str | None = None
    email: str | None = None
    relationship: str = "self"  # self | family | neighbour | volunteer | village_head


@dataclass(frozen=True, slots=True)
class ComplaintSeed:
    """What a citizen said, and what became of the paper."""

    index: int
    filed_at: datetime
    channel: str  # web | phone | walk_in | volunteer | letter
    kind: str  # complaint | request | concern
    category: str
    description: str
    subject_name: str
    subject_phone: str | None
    subject: int | None
    household: int | None
    house_no: str
    village_no: int | None
    landmark: str
    lat: float | None
    lng: float | None
    priority: str
    sensitivity: str
    acknowledge_on: date
    due_on: date
    consent: bool
    reporter: ReporterSeed
    status: str  # submitted | needs_info | accepted | referred | declined | withdrawn
    decided_at: datetime | None = None
    decision_text: str = ""
    paused_at: datetime | None = None
    case: int | None = None
    duplicate_of: int | None = None
    events: tuple[EventSeed, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignmentSeed:
    """A case offered to a worker, and the answer."""

    worker: str
    offered_by: str
    offered_at: datetime
    status: str  # offered | accepted | declined | ended
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VisitSeed:
    """A visit to the house: planned, done or missed with a reason."""

    worker: str
    planned_at: datetime
    planned_by_at: datetime  # when the plan was made
    status: str  # planned | done | missed
    purpose: str = ""
    recorded_at: datetime | None = None
    reason: str = ""
    who_present: str = ""
    findings: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssistanceSeed:
    """Help that was given. `amount` is baht; loans and services have none."""

    kind: str  # money | goods | equipment | service | referral
    what: str
    amount: Decimal | None
    fund: str
    given_on: date
    decided_by: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class TaskSeed:
    """A thing to be done on a case."""

    title: str
    assignee: str
    created_at: datetime
    due_on: date
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseSeed:
    """The office's work on one trouble, as it stands at `Municipality.now`."""

    index: int
    opened_at: datetime
    opened_by: str
    category: str
    story: str
    title: str
    priority: str  # low | normal | high | urgent
    sensitivity: str  # normal | sensitive | restricted
    household: int | None
    subject: int | None
    village_no: int | None
    due_on: date
    status: str  # new | offered | working | waiting | closed
    complaints: tuple[int, ...]
    updated_at: datetime
    assignee: str | None = None
    paused_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None  # a value of welfare.cases.workflow.Outcome
    outcome_note: str = ""
    reopened_times: int = 0
    assignments: tuple[AssignmentSeed, ...] = ()
    visits: tuple[VisitSeed, ...] = ()
    assistance: tuple[AssistanceSeed, ...] = ()
    tasks: tuple[TaskSeed, ...] = ()
    events: tuple[EventSeed, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffSeed:
    """A demo account. `villages` None means all."""

    username: str
    display_name: str
    roles: tuple[str, ...]
    position: str = ""
    villages: tuple[int, ...] | None = None
    home: tuple[int, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Municipality:
    """Everything that was generated, in order of index."""

    seed: int
    now: datetime
    villages: tuple[VillageSeed, ...]
    staff: tuple[StaffSeed, ...]
    households: tuple[HouseholdSeed, ...]
    people: tuple[PersonSeed, ...]
    memberships: tuple[MembershipSeed, ...]
    complaints: tuple[ComplaintSeed, ...] = field(default=())
    cases: tuple[CaseSeed, ...] = field(default=())
