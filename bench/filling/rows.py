"""Rows of many lifelike cases: most closed, few workers with most of the work, long and short.

The same seed gives the same rows on both databases. Moments are aware; the writers put them into
the form their database keeps.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from stdnum import damm

from bench.filling.ground import Ground

SEED = 2569
DAYS = 780
RARE = "เสาไฟฟ้าเอนพิงหลังคาครัว"
"""A phrase that only ``HITS`` cases hold: what the search of rare words looks for."""
HITS = 103
DETAILED_EVERY = 20
"""Every so many cases one has ten follow-ups, a visit, help and a task."""
FOLLOW_UPS = 10
COMPLAINT_EVERY = 3
OUTCOMES = ("solved", "solved", "solved", "partly", "referred", "not_eligible", "not_solved")

COLUMNS = {
    "cases": (
        "id", "number", "title", "summary", "category_id", "priority", "sensitivity", "status",
        "household_id", "person_id", "village_no", "assignee_id", "opened_by_id", "opened_at",
        "due_at", "paused_at", "closed_at", "outcome", "outcome_note", "reopened_times",
        "search_text", "updated_at", "version",
    ),
    "case_events": ("case_id", "at", "kind", "actor_id", "public", "text", "data"),
    "complaints": (
        "id", "reference", "secret_hash", "kind", "category_id", "description", "subject_name",
        "subject_phone", "house_no", "village_no", "landmark", "anonymous", "consent", "channel",
        "language", "filed_at", "status", "priority", "sensitivity", "acknowledge_by", "due_at",
        "decided_at", "decided_by_id", "decision_text", "case_id", "household_id", "person_id",
        "search_text", "version",
    ),
    "reporters": ("complaint_id", "name", "phone", "relationship"),
    "assignments": (
        "case_id", "worker_id", "status", "offered_by_id", "offered_at", "note", "answered_at",
        "ended_at", "reason", "version",
    ),
    "visits": (
        "number", "case_id", "worker_id", "planned_on", "planned_time", "purpose", "status",
        "visited_at", "who_present", "findings", "needs", "missed_reason", "created_by_id",
        "created_at", "version",
    ),
    "assistance": (
        "case_id", "person_id", "kind", "description", "amount", "fund", "given_on", "decided_by",
        "recorded_by_id", "recorded_at", "withdrawn_reason", "version",
    ),
    "case_tasks": (
        "case_id", "title", "status", "assignee_id", "due_on", "created_by_id", "created_at",
        "version",
    ),
}  # fmt: skip

Batch = dict[str, list[tuple]]


class Maker:
    """Makes the rows, batch by batch; afterwards ``numbers`` are the last running numbers."""

    def __init__(self, ground: Ground, count: int, now: datetime) -> None:
        from welfare.core.security.crypto import encrypt
        from welfare.core.thai.text import search_key

        self.ground, self.count, self.now = ground, count, now
        self.random = random.Random(SEED)
        self.numbers = dict(ground.numbers)
        self._key = {text: search_key(text) for texts in ground.stories.values() for text in texts}
        self._key |= {text: search_key(text) for texts in ground.titles.values() for text in texts}
        self._categories = list(ground.categories)
        self._category_weights = _skewed(len(self._categories))
        self._worker_weights = _skewed(len(ground.workers))
        self._village_subjects = ground.subjects
        self._phones = [encrypt(f"08{n:08d}", column="complaints.subject_phone") for n in range(50)]
        self._names = [encrypt(f"ผู้แจ้ง คนที่ {n}", column="reporters.name") for n in range(50)]
        self._tels = [encrypt(f"09{n:08d}", column="reporters.phone") for n in range(50)]
        self._planted = {round((n + 0.5) * count / HITS) for n in range(HITS)}

    def batches(self, size: int = 5000) -> Iterator[Batch]:
        """All rows, so many cases at a time, the oldest first."""
        for start in range(0, self.count, size):
            batch: Batch = {table: [] for table in COLUMNS}
            for place in range(start, min(start + size, self.count)):
                self._case(place, batch)
            yield batch

    def _number(self, kind: str, prefix: str, moment: datetime) -> str:
        local = moment + timedelta(hours=7)
        year = local.year + 543 + (local.month >= 10)
        last = self.numbers[(kind, year)] = self.numbers.get((kind, year), 0) + 1
        digits = f"{year % 100:02d}{last:06d}"
        return f"{prefix}{year % 100:02d}-{last:06d}-{damm.calc_check_digit(digits)}"

    def _text(self, category: int) -> tuple[str, str]:
        """A story and its search words: mostly one or two voices, now and then a long letter."""
        chance = self.random
        pool = self.ground.stories.get(category) or next(iter(self.ground.stories.values()))
        parts = min(1 + int(chance.expovariate(1.4)), 12)
        if chance.random() < 0.01:
            parts = 15
        chosen = [chance.choice(pool) for _ in range(parts)]
        return " ".join(chosen), " ".join(self._key[part] for part in chosen)

    def _case(self, place: int, batch: Batch) -> None:
        chance, ground = self.random, self.ground
        case_id = ground.first_case + place
        age = DAYS * (1 - (place + 1) / self.count)
        opened = self.now - timedelta(days=age, minutes=5)
        category = chance.choices(self._categories, cum_weights=self._category_weights)[0]
        person, house, village, words, house_no = chance.choice(ground.subjects)
        worker: int | None
        worker = chance.choices(ground.workers, cum_weights=self._worker_weights)[0]
        officer = chance.choice(ground.officers)
        title = chance.choice(ground.titles.get(category) or ["ขอความช่วยเหลือ"])
        story, keys = self._text(category)
        if place in self._planted:
            story, keys = f"{story} {RARE}", f"{keys} {RARE}"
        due = opened + timedelta(days=ground.categories[category] * 1.45)
        due = due.replace(hour=9, minute=30, second=0, microsecond=0)
        is_open = chance.random() < 0.005 + 0.6 * 2.718 ** (-age / 20)
        closed = None
        if is_open:
            status = chance.choices(("new", "offered", "working", "waiting"), (2, 1, 6, 1))[0]
            worker = None if status == "new" else worker
        else:
            status = "closed"
            span = max((self.now - opened).total_seconds(), 60.0)
            closed = opened + timedelta(seconds=min(chance.expovariate(1 / 900000), span * 0.99))
        paused = opened + timedelta(hours=3) if status == "waiting" else None
        number = self._number("case", "C", opened)
        outcome = chance.choice(OUTCOMES) if closed else None
        priority = chance.choices(("normal", "high", "low", "urgent"), (75, 15, 6, 4))[0]
        search = f"{number.lower()} {self._key.get(title, title)} {keys}\n{words}"
        last = closed or opened
        batch["cases"].append((
            case_id, number, title, story[:400], category, priority,
            ground.sensitivity[category], status, house, person, village, worker, officer,
            opened, due, paused, closed, outcome, chance.choice(ground.remarks) if closed else "",
            0, search, last, 2,
        ))  # fmt: skip
        batch["case_events"].append((case_id, opened, "opened", officer, False, "", "{}"))
        if closed:
            details = json.dumps({"outcome": outcome})
            batch["case_events"].append((case_id, closed, "closed", worker, True, "", details))
        if place % COMPLAINT_EVERY == 0:
            self._complaint(place, batch["cases"][-1], story, house_no, batch)
        if worker is not None and (is_open or place % DETAILED_EVERY == 0):
            state = "ended" if closed else "offered" if status == "offered" else "accepted"
            batch["assignments"].append((
                case_id, worker, state, officer, opened, "", opened if state != "offered" else None,
                closed, "", 1,
            ))  # fmt: skip
        if place % DETAILED_EVERY == 0:
            self._details(batch["cases"][-1], batch)

    def _details(self, case: tuple, batch: Batch) -> None:
        """Ten follow-ups, a visit, help, a task."""
        chance = self.random
        case_id, person, officer, opened = case[0], case[9], case[12], case[13]
        worker = case[11] or officer
        for n in range(FOLLOW_UPS):
            kind = "note" if n % 3 else "task"
            at = opened + timedelta(hours=2 * n + 1)
            remark = chance.choice(self.ground.remarks)
            batch["case_events"].append((case_id, at, kind, worker, n % 4 == 0, remark, "{}"))
        day = (opened + timedelta(days=2)).date()
        batch["visits"].append((
            self._number("visit", "V", opened), case_id, worker, day, "10:00", "เยี่ยมบ้าน", "done",
            opened + timedelta(days=2), "เจ้าตัว", chance.choice(self.ground.remarks),
            "ของใช้จำเป็น", "", worker, opened, 2,
        ))  # fmt: skip
        batch["assistance"].append((
            case_id, person, "money", "เงินช่วยเหลือผู้ยากไร้", 2000, "เงินอุดหนุน", day,
            "ผู้อำนวยการกอง", worker, opened + timedelta(days=3), "", 1,
        ))  # fmt: skip
        batch["case_tasks"].append((
            case_id, "โทรติดตามผล", "open", worker, day, officer, opened, 1,
        ))  # fmt: skip

    def _complaint(self, place: int, case: tuple, story: str, house_no: str, batch: Batch) -> None:
        chance = self.random
        complaint_id = self.ground.first_complaint + place // COMPLAINT_EVERY
        filed = case[13] - timedelta(minutes=30)
        reference = self._number("complaint", "UM", filed)
        search = f"{reference.lower()} {case[20].split(' ', 1)[1]}"
        batch["complaints"].append((
            complaint_id, reference, chance.randbytes(32), "request", case[4], story,
            f"ผู้รับ คนที่ {case[9]}", chance.choice(self._phones), house_no, case[10],
            "ใกล้วัด", False, True, "web", "th", filed, "accepted", case[5], case[6],
            filed + timedelta(days=3), case[14], case[13], case[12], "", case[0], case[8], case[9],
            search, 2,
        ))  # fmt: skip
        batch["reporters"].append(
            (complaint_id, chance.choice(self._names), chance.choice(self._tels), "family")
        )


def _skewed(number: int) -> list[float]:
    """Cumulated weights in which the first has the most and the last some."""
    return list(accumulate(1 / (place + 2) for place in range(number)))


def utc_now() -> datetime:
    """The moment of filling."""
    return datetime.now(UTC)
