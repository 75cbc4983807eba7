"""ใบงานเยี่ยมบ้านประจำวัน: a worker's day on paper, for where no telephone reaches."""

from dataclasses import dataclass
from datetime import date, datetime

from welfare.core.pdf.letterhead import Office

TEMPLATE = "documents/worker_day.html"


@dataclass(frozen=True, slots=True)
class Stop:
    """A house on the way: why one goes, what is known, and what to mind there."""

    at: datetime | None
    name: str
    address: str
    purpose: str
    case_number: str = ""
    landmark: str = ""
    phone: str = ""
    known: str = ""
    mind: str = ""


@dataclass(frozen=True, slots=True)
class WorkerDay:
    """All that stands in the day sheet, stops in the order they are driven."""

    office: Office
    worker: str
    on: date
    stops: tuple[Stop, ...] = ()
    vehicle: str = ""
    kilometres: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of several workers, each on a page of its own."""

    office: Office
    on: date
    days: tuple[WorkerDay, ...]
