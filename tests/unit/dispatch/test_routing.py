"""A day planned: no hard rule is broken, by a check that shares nothing with the planner."""

import os
import random
import signal
import time
from dataclasses import replace

import pytest

from bench.days.by_hand import nearest_first
from bench.days.plain import plain_day, plain_tours
from bench.days.town import OFFICE, random_day
from tests.plan_rules import faults
from welfare.dispatch.routing import Day, Ground, Job, Place, Plan, Why, Worker, plan_day
from welfare.dispatch.routing.clockwork import Clockwork
from welfare.dispatch.routing.doubled import better_of_two
from welfare.dispatch.routing.effort import Effort
from welfare.dispatch.routing.mending import State
from welfare.dispatch.routing.noon import Noon
from welfare.dispatch.routing.placing import Placing
from welfare.dispatch.routing.planning import asks_of
from welfare.dispatch.routing.ways import Ways

SHORT = Effort(seconds=60.0, tries=20)
ANYBODY = frozenset({1, 2})
TWO = (Worker(1, 510, 990, 12), Worker(2, 510, 990, 12))


def job(number: int, **changes: object) -> Job:
    known = {"id": number, "place": Place(18.65 + number / 1000, 99.05), "minutes": 30,
             "prize": 100_000, "may_lead": ANYBODY, "may_join": ANYBODY}  # fmt: skip
    return Job(**(known | changes))  # type: ignore[arg-type]


def planned(*jobs: Job, workers: tuple[Worker, ...] = TWO) -> tuple[Day, Plan]:
    day = Day(OFFICE, Ground(), workers, jobs)
    plan = plan_day(day, effort=SHORT)
    assert faults(plain_day(day), plain_tours(plan), set(plan.left)) == []
    return day, plan


def arrivals(plan: Plan, number: int) -> list[tuple[int, int]]:
    return [(tour.worker, stop.arrive) for tour in plan.tours for stop in tour.stops
            if stop.job == number]  # fmt: skip


@pytest.mark.parametrize("seed", range(1, 5))
def test_no_random_day_breaks_a_hard_rule(seed: int) -> None:
    day = random_day(seed, cases=40, workers=4)
    plan = plan_day(day, effort=SHORT, seed=seed)
    assert faults(plain_day(day), plain_tours(plan), set(plan.left)) == [], f"seed {seed}"
    done = {stop.job for tour in plan.tours for stop in tour.stops}
    by_hand = sum(one.metres for one in nearest_first(day, done))
    assert len(done) > 25, f"seed {seed}"
    assert plan.metres < by_hand, f"seed {seed}"


def test_hours_followed_place_by_place_are_those_reckoned_whole() -> None:
    """Each visit put in moves the hours of others, through pairs those of other tours too."""
    day = random_day(2)
    ways = Ways(day.ground)
    work = Clockwork(day, [ask for one in day.jobs for ask in asks_of(day, one)], ways)
    placing = Placing(work, [[] for _ in day.workers], random.Random(2).random)
    assert sum(one.pair for one in day.jobs) == 7
    for one in sorted(day.jobs, key=lambda one: (not one.pair, one.id * 37 % 61)):
        placing.place(one.id)
        assert placing.soonest == work.soonest(placing.routes)
        assert placing.latest == work.latest(placing.routes)
    assert all(any(node in route for route in placing.routes)
               for one in day.jobs if one.pair for node in work.nodes[one.id])  # fmt: skip


def test_two_tours_that_wait_for_each_other_cannot_be_kept() -> None:
    day = Day(OFFICE, Ground(), TWO, (job(1, pair=True), job(2, pair=True)))
    work = Clockwork(day, [ask for one in day.jobs for ask in asks_of(day, one)], Ways(day.ground))
    (first, first_along), (second, second_along) = work.nodes[1], work.nodes[2]
    assert work.soonest([[first, second], [first_along, second_along]]) is not None
    assert work.soonest([[first, second], [second_along, first_along]]) is None


def test_the_check_finds_what_is_wrong() -> None:
    """Its control: a plan that is right, made wrong in one way after the other."""
    day, plan = planned(job(1), job(2, pair=True), job(3, earliest=840, latest=900))
    plain = plain_day(day)

    def wrong(change: object) -> list[str]:
        tours = plain_tours(plan)
        change(tours)  # type: ignore[operator]
        return faults(plain, tours, set())

    assert faults(plain, plain_tours(plan), set()) == []
    assert wrong(lambda tours: tours[0]["stops"].pop())
    assert wrong(lambda tours: tours[0].update(leave=0))
    assert wrong(lambda tours: tours[0].update(back=1100))
    for tour in range(2):
        assert wrong(lambda tours, tour=tour: tours[tour]["stops"][0].update(arrive=515))
    assert faults(plain | {"jobs": plain["jobs"] | {1: plain["jobs"][1] | {"lead": set()}}},
                  plain_tours(plan), set())  # fmt: skip
    assert faults(plain | {"lunch": 400}, plain_tours(plan), set()) or all(
        tour.lunch is None for tour in plan.tours
    )


def test_two_arrive_together() -> None:
    _day, plan = planned(job(1), job(2, pair=True))
    both = arrivals(plan, 2)
    assert len(both) == 2
    assert both[0][1] == both[1][1]
    assert {who for who, _ in both} == {1, 2}


def test_who_must_not_go_alone_goes_along_only() -> None:
    learner = (Worker(1, 510, 990, 12), Worker(2, 510, 990, 12, alone=False))
    _day, plan = planned(job(1), job(2, pair=True), workers=learner)
    assert [who for who, _ in arrivals(plan, 1)] == [1]
    assert len(arrivals(plan, 2)) == 2


@pytest.mark.parametrize("now", [700, 745, 950, 989])
def test_who_is_out_already_goes_on_from_there(now: int) -> None:
    """At any hour: in the morning, about noon, minutes before the end of work and after it."""
    day = random_day(3, cases=14, workers=4)
    out = [replace(one, starts=min(now, one.ends), start=day.jobs[place].place)
           for place, one in enumerate(day.workers[:3])]  # fmt: skip
    workers = (*out, replace(day.workers[3], starts=min(now, day.workers[3].ends)))
    day = replace(day, workers=workers, jobs=day.jobs[3:])
    plan = plan_day(day, effort=SHORT)
    assert faults(plain_day(day), plain_tours(plan), set(plan.left)) == []
    assert all(tour.leave >= min(now, 960) for tour in plan.tours)
    assert bool(sum(len(tour.stops) for tour in plan.tours)) == (now < 989)


def test_the_nearest_of_those_who_are_out_goes() -> None:
    """Without the place where they are, both would be as far: that is its control."""
    here = (replace(TWO[0], start=job(40).place), replace(TWO[1], start=job(1).place))
    for workers, who in ((here, {1: 2, 39: 1}), (here[::-1], {1: 2, 39: 1})):
        _day, plan = planned(job(1), job(39), workers=workers)
        assert {number: arrivals(plan, number)[0][0] for number in who} == who
        assert sum(stop.metres for tour in plan.tours for stop in tour.stops) < 300


def test_what_is_set_by_hand_is_kept() -> None:
    _day, plan = planned(job(1, wanted_worker=2, wanted_at=611), job(2), job(3))
    assert arrivals(plan, 1) == [(2, 611)]


def test_what_cannot_be_is_said_with_its_reason() -> None:
    _day, plan = planned(
        job(1, may_lead=frozenset()),
        job(2, pair=True, may_join=frozenset()),
        job(3, latest=500),
        *(job(number, minutes=90) for number in range(10, 24)),
    )
    assert plan.left[1] is Why.NOBODY_MAY
    assert plan.left[2] is Why.NO_SECOND
    assert plan.left[3] is Why.TOO_LATE
    assert Why.FULL in plan.left.values()


def test_urgent_comes_before_near_when_the_day_is_full() -> None:
    far = job(1, place=Place(18.70, 99.10), prize=900_000)
    _day, plan = planned(far, *(job(number, minutes=90) for number in range(10, 24)))
    assert 1 not in plan.left


def test_nobody_and_nothing_are_no_plan() -> None:
    assert plan_day(Day(OFFICE, Ground(), (), (job(1),))).left == {1: Why.NOBODY_MAY}
    assert plan_day(Day(OFFICE, Ground(), TWO, ())).tours == ()


def test_lunch_is_taken_where_the_day_spans_noon() -> None:
    one = (Worker(1, 510, 990, 12),)
    _day, plan = planned(*(job(number, minutes=60) for number in range(1, 6)), workers=one)
    (tour,) = plan.tours
    assert tour.lunch is not None
    assert 690 <= tour.lunch <= 810


def test_the_short_clock_turns_back_into_the_real_one() -> None:
    noon = Noon(60)
    for real in [*range(510, 720), *range(780, 990)]:
        assert noon.real(noon.not_before(real)) == real
        assert noon.real(noon.not_after(real)) == real
    for real in range(720, 780):
        assert noon.real(noon.not_before(real)) == 780
        assert noon.real(noon.not_after(real)) == 719


def test_half_a_day_has_no_lunch() -> None:
    morning = (replace(TWO[0], ends=720),)
    _day, plan = planned(job(1), job(2), workers=morning)
    assert plan.tours[0].lunch is None
    assert plan.tours[0].back <= 720


def state(cost: int) -> State:
    return State([[cost]], frozenset(), cost)


FORKS = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")


@FORKS
@pytest.mark.parametrize("worse", [4, 6])
def test_of_two_searches_the_better_one_is_taken(worse: int) -> None:
    here = 5
    found = better_of_two(
        lambda seed: state(2 if (seed == here) == (worse > here) else 1), here, patience=30.0
    )
    assert found == state(1)


@FORKS
def test_a_second_search_that_dies_or_hangs_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    forked, fork = [], os.fork
    monkeypatch.setattr(os, "fork", lambda: forked.append(fork()) or forked[-1])

    def dies(seed: int) -> State:
        if seed != 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return state(seed)

    def hangs(seed: int) -> State:
        if seed != 5:
            time.sleep(60)
        return state(seed)

    assert better_of_two(dies, 5, patience=30.0) == state(5)
    assert better_of_two(hangs, 5, patience=0.1) == state(5)
    for pid in forked:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, 0)
