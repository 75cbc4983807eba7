"""Who is proposed first by a rule: the narrowest that can speak; what cannot says why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from welfare.cases.kinds import Fault
from welfare.cases.workflow import Priority
from welfare.core.security.permissions import Role
from welfare.dispatch.queries.crew import Away, Member
from welfare.dispatch.queries.proposals import RoutingRow, now_wrong, proposal_for
from welfare.dispatch.workflow import AbsenceKind, Target

DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Matter:
    category_id: int = 1
    village_no: int | None = 2
    priority: Priority = Priority.NORMAL


def rule(number: int, **changes: Any) -> RoutingRow:
    facts: dict[str, Any] = {
        "id": number, "version": 1, "name": f"กฎ {number}", "category_id": None,
        "village_no": None, "priority": None, "target": Target.WORKER, "worker_id": None,
        "skill": None, "role": None, "reason": "", "effective_from": date(2026, 1, 1),
        "effective_to": None, "active": True,
    }  # fmt: skip
    return RoutingRow(**(facts | changes))


def member(number: int, **changes: Any) -> Member:
    facts: dict[str, Any] = {"roles": frozenset({Role.CASEWORKER}), "areas": None}
    return Member(number, f"w{number}", f"W{number}", "", **(facts | changes))


def away(first: date = DAY, last: date = DAY) -> tuple[Away, ...]:
    return (Away(1, 1, first, last, AbsenceKind.LEAVE, ""),)


def said(rules: list[RoutingRow], members: list[Member], barred: set[int] | None = None) -> Any:
    return proposal_for(
        Matter(), rules=rules, members=members, day=DAY,
        barred=lambda one: one.id in (barred or set()),
    )  # fmt: skip


def test_the_narrowest_rule_speaks_and_of_two_alike_the_older() -> None:
    rules = [
        rule(1, worker_id=1),
        rule(2, worker_id=2, village_no=2, category_id=1),
        rule(3, worker_id=3, village_no=2),
        rule(4, worker_id=1, village_no=2, category_id=1),
    ]
    found = said(rules, [member(1), member(2), member(3)])
    assert (found.rule.id, found.workers, found.could_not) == (2, {2}, ())


@pytest.mark.parametrize(
    "changes",
    [
        {"category_id": 9},
        {"village_no": 3},
        {"priority": Priority.URGENT},
        {"active": False},
        {"effective_from": date(2026, 11, 24)},
        {"effective_to": date(2026, 11, 22)},
    ],
)
def test_what_does_not_fit_or_does_not_hold_says_nothing(changes: dict) -> None:
    found = said([rule(1, worker_id=1, **changes)], [member(1)])
    assert (found.rule, found.could_not) == (None, ())


@pytest.mark.parametrize(
    ("changes", "members", "fault"),
    [
        ({"worker_id": 7}, [member(1)], Fault.WORKER_GONE),
        ({"worker_id": 1}, [member(1, away=away())], Fault.WORKER_AWAY),
        ({"target": Target.SKILL, "skill": "mental"}, [member(1)], Fault.NO_SKILL),
        ({"target": Target.ROLE, "role": Role.OFFICER}, [member(1)], Fault.NOBODY),
        ({"worker_id": 2}, [member(2)], Fault.NOT_ALLOWED),
    ],
)
def test_a_rule_that_finds_nobody_says_why_and_the_next_is_asked(
    changes: dict, members: list[Member], fault: Fault
) -> None:
    first = rule(1, village_no=2, **changes)
    found = said([first, rule(2, worker_id=9)], [*members, member(9)], {2})
    assert found.could_not == ((first, fault),)
    assert (found.rule.id, found.workers) == (2, {9})
    alone = said([first], members, {2})
    assert (alone.rule, alone.could_not) == (None, ((first, fault),))


def test_a_rule_that_raises_is_one_that_could_not_speak() -> None:
    def fail(_one: Member) -> bool:
        raise ZeroDivisionError

    broken = rule(1, worker_id=1)
    found = proposal_for(Matter(), rules=[broken], members=[member(1)], barred=fail, day=DAY)
    assert (found.rule, found.could_not) == (None, ((broken, Fault.BROKEN),))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"worker_id": 1}, None),
        ({"worker_id": 1, "effective_to": date(2026, 11, 22)}, Fault.OVER),
        ({"worker_id": 1, "category_id": 5}, Fault.CATEGORY_RETIRED),
        ({"worker_id": 1, "village_no": 99}, Fault.VILLAGE_UNKNOWN),
        ({"worker_id": 2, "village_no": 3}, Fault.NOT_ALLOWED),
        ({"worker_id": 3}, Fault.WORKER_AWAY),
        ({"target": Target.SKILL, "skill": "drugs"}, Fault.NO_SKILL),
    ],
)
def test_what_is_wrong_with_a_rule_shows_before_a_case_comes(
    changes: dict, fault: Fault | None
) -> None:
    members = [member(1), member(2, areas=frozenset({1})), member(3, away=away())]
    assert now_wrong(rule(1, **changes), members, DAY, retired={5}, villages={1, 2, 3}) == fault
