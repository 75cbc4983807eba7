"""What rows refer to: ids of categories and accounts, and the numbers people see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.accounts.models import User
from welfare.cases.kinds import Stage
from welfare.cases.models import Category
from welfare.cases.queries.deadlines.rules import Given, RuleRow, all_rules, chosen
from welfare.cases.workflow import Priority
from welfare.core.clock import BANGKOK
from welfare.core.deadlines import Deadline, deadline
from welfare.core.municipality import the_municipality
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.references import CASE, HOUSEHOLD, PERSON, format_reference
from welfare.core.workdays import Pause
from welfare.demo.seeds import Municipality
from welfare.demo.stories import categories

PERSONS_KIND, HOUSEHOLDS_KIND = "person", "household"
COMPLAINTS_KIND, CASES_KIND, VISITS_KIND = "complaint", "case", "visit"
VISIT = "V"


@dataclass(slots=True)
class Ground:
    """Ids and numbers that the rows of every table share."""

    town: Municipality
    categories: dict[str, int]
    users: dict[str, int]
    prefix: str
    counted: dict[tuple[str, int], int] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    visits: list[list[str]] = field(default_factory=list)
    first_help: list[int] = field(default_factory=list)
    first_task: list[int] = field(default_factory=list)
    deadlines: dict[tuple[date, int, tuple[Pause, ...]], Deadline] = field(default_factory=dict)
    rules: dict[int, list[RuleRow]] = field(default_factory=dict)
    """The rules of deadlines by category."""

    @property
    def created(self) -> datetime:
        """When the registry was first filled: a fortnight before the first complaint."""
        year = self.town.now.year - (1 if self.town.now.month >= 10 else 2)
        return datetime(year, 9, 15, 9, 0, tzinfo=BANGKOK)

    def number(self, kind: str, prefix: str, at: datetime | None = None) -> str:
        """Take the next number of a kind: by fiscal year if `at` is given."""
        year = fiscal_year(at) if at else 0
        running = self.counted.get((kind, year), 0) + 1
        self.counted[kind, year] = running
        return format_reference(prefix, fiscal_year=year or None, running=running)

    def household(self, index: int) -> str:
        """Return the number of the household with that index."""
        return format_reference(HOUSEHOLD, running=index + 1)

    def person(self, index: int) -> str:
        """Return the number of the person with that index."""
        return format_reference(PERSON, running=index + 1)

    def user(self, actor: str) -> int | None:
        """Return the account behind an actor; None for the citizen and the program."""
        return self.users.get(actor)

    def due(self, start: datetime, days: int, pauses: Iterable[Pause] = ()) -> Deadline:
        """Return a deadline; equal ones are counted once."""
        waits = tuple(pauses)
        key = (start.astimezone(BANGKOK).date(), days, waits)
        if key not in self.deadlines:
            self.deadlines[key] = deadline(start, days, waits)
        return self.deadlines[key]

    def given(self, category: str, priority: str, start: datetime) -> list[Given]:
        """Return the deadlines in force for a kind of trouble when a clock begins."""
        rows, key = self.rules.get(self.categories[category], []), self.categories[category]
        if not rows:
            return [Given(Stage.CLOSURE, categories()[category].due_working_days, None)]
        return chosen(rows, key, Priority(priority), start.astimezone(BANGKOK).date())

    def closure_days(self, category: str, priority: str, start: datetime) -> int:
        """Return the working days until a case is to be closed."""
        return self.given(category, priority, start)[-1].working_days

    def take_numbers(self) -> None:
        """Number every complaint, case and visit, and say which ids help and tasks begin with."""
        for complaint in self.town.complaints:
            self.references.append(self.number(COMPLAINTS_KIND, self.prefix, complaint.filed_at))
        for case in self.town.cases:
            self.numbers.append(self.number(CASES_KIND, CASE, case.opened_at))
        given = tasks = 1
        for case in self.town.cases:
            planned = [visit.planned_by_at for visit in case.visits]
            self.visits.append([self.number(VISITS_KIND, VISIT, at) for at in planned])
            self.first_help.append(given)
            self.first_task.append(tasks)
            given, tasks = given + len(case.assistance), tasks + len(case.tasks)
        self.counted[HOUSEHOLDS_KIND, 0] = len(self.town.households)
        self.counted[PERSONS_KIND, 0] = len(self.town.people)


def stand_on(session: Session, town: Municipality) -> Ground:
    """Read the ids that rows refer to, and number what will be loaded."""
    rows = session.execute(select(Category.code, Category.id))
    users = session.execute(select(User.username, User.id))
    ground = Ground(
        town=town,
        categories={row.code: row.id for row in rows},
        users={row.username: row.id for row in users},
        prefix=the_municipality().reference_prefix,
    )
    for rule in all_rules():
        ground.rules.setdefault(rule.category_id, []).append(rule)
    ground.take_numbers()
    return ground
