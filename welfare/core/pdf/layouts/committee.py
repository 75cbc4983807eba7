"""ระเบียบวาระและรายงานการประชุม of the committee that decides on help, with each resolution (มติ)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from welfare.core.pdf.letterhead import Office

AGENDA = "documents/committee_agenda.html"
MINUTES = "documents/committee_minutes.html"


@dataclass(frozen=True, slots=True)
class Request:
    """A request before the committee; votes and `resolution` are empty until it has met."""

    number: str
    name: str
    asks_for: str
    amount: Decimal | None = None
    facts: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    resolution: str = ""
    granted: Decimal | None = None
    recused: tuple[str, ...] = ()
    """Members who took no part, because it touches them or theirs."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda (ระเบียบวาระที่ …) with what was said and resolved."""

    title: str
    text: str = ""
    requests: tuple[Request, ...] = ()
    said: str = ""
    resolution: str = ""
    heard: bool = True
    """Whether there was anything to take note of (รับทราบ)."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody of the committee, by position in it."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, before it (agenda) or after (minutes)."""

    office: Office
    committee: str
    meeting_no: str
    place: str
    begins_at: datetime
    items: tuple[Item, ...]
    present: tuple[Seat, ...] = ()
    absent: tuple[Seat, ...] = ()
    attending: tuple[Seat, ...] = ()
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    secretary: str = ""
    chair: str = ""
