"""A day's plan: made, changed by hand, accepted, taken back; and everything that forbids it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import cast
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseStage
from welfare.cases.services import close_case
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.dispatch import queries, services
from welfare.dispatch.models import Visit, WorkerProfile
from welfare.dispatch.queries import PlanFile
from welfare.dispatch.queries.clashes import visits_of_the_away
from welfare.dispatch.queries.day_jobs import Wish
from welfare.dispatch.queries.day_sheets import plan_days
from welfare.dispatch.workflow import AbsenceKind, PlanStatus, VisitStatus

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The solver looks for a moment only."""
    from welfare.dispatch.routing import planning
    from welfare.dispatch.routing.effort import Effort

    monkeypatch.setattr(planning.plan_day, "__kwdefaults__", {"effort": Effort(0.5, 20), "seed": 1})
    yield


def tomorrow() -> Any:
    return clock.today() + timedelta(days=1)


def ids(*usernames: str) -> list[int]:
    return [cast.viewer(name).user_id for name in usernames]


def make(numbers: list[str], workers: tuple[str, ...] = (cast.KAN, cast.TON), **more: Any) -> str:
    orn = cast.viewer(cast.ORN)
    db.session.commit()
    solved = services.solve_day(
        actor=orn, day=more.pop("day", tomorrow()), numbers=numbers, worker_ids=ids(*workers),
        **more,
    )  # fmt: skip
    number = services.keep_plan(actor=orn, solved=solved)
    db.session.commit()
    return number


def seen(number: str) -> PlanFile:
    return queries.plan_file(number, viewer=cast.viewer(cast.ORN))


def accept(number: str, actor: str = cast.ORN) -> int:
    return services.accept_plan(actor=cast.viewer(actor), number=number, seen=seen(number).version)


def visits(session: Any) -> dict[str, int]:
    rows = session.execute(select(Visit.status, func.count()).group_by(Visit.status))
    return {row[0].value: row[1] for row in rows}


def plain(category: str = "other", **changes: Any) -> str:
    return cast.case(category=category, **changes)


def test_a_plan_is_accepted_and_taken_back(session: Any, given: Any) -> None:
    mine, free = given(cast.KAN, category="other"), plain()
    number = make([mine, free])
    file = seen(number)
    assert file.placed == 2
    assert file.left == ()
    assert accept(number) == 2
    session.commit()
    assert visits(session) == {"planned": 2}
    assert seen(number).status == PlanStatus.ACCEPTED
    status = session.scalar(select(Case.status).where(Case.number == free))
    assert status == CaseStatus.OFFERED
    own = queries.days_ahead(cast.viewer(cast.KAN))
    assert mine in {item.case_number for item in own}
    assert all(item.visit.planned_time for item in own)
    undone = services.undo_plan(
        actor=cast.viewer(cast.ORN), number=number, seen=seen(number).version
    )
    session.commit()
    assert undone == 2
    assert visits(session) == {"cancelled": 2}
    assert session.scalar(select(Case.assignee_id).where(Case.number == free)) is None
    assert session.scalar(select(Case.assignee_id).where(Case.number == mine)) is not None


def test_a_case_stays_with_whoever_has_it(session: Any, given: Any) -> None:
    mine = given(cast.KAN, category="other")
    file = seen(make([mine], (cast.TON,)))
    (left,) = file.left
    assert left.why[0]["code"] == "owner_not_chosen"


def test_what_is_set_by_hand_is_kept(session: Any) -> None:
    numbers = [plain() for _ in range(3)]
    number = make(numbers)
    orn, file = cast.viewer(cast.ORN), seen(number)
    ton = cast.viewer(cast.TON).user_id
    wishes = {numbers[0]: Wish(ton, 14 * 60), numbers[1]: Wish(dropped=True)}
    solved = services.replan(actor=orn, number=number, seen=file.version, wishes=wishes)
    services.keep_replanned(actor=orn, number=number, seen=file.version, solved=solved)
    file = seen(number)
    by_number = {stop.number: stop for stop in file.stops}
    assert (by_number[numbers[0]].worker_id, by_number[numbers[0]].time) == (ton, "14:00")
    assert by_number[numbers[1]].dropped
    assert accept(number) == 2
    with pytest.raises(Refused):
        services.keep_replanned(actor=orn, number=number, seen=file.version, solved=solved)


def test_two_go_where_one_must_not(session: Any) -> None:
    services.edit_wishes(
        actor=cast.viewer(cast.ORN), number=(number := plain()), version=0,
        facts=services.Wishes(pair=True),
    )  # fmt: skip
    plan = make([number])
    accept(plan)
    visit = session.scalars(select(Visit)).one()
    assert {visit.worker_id, visit.companion_id} == set(ids(cast.KAN, cast.TON))


def test_whose_day_is_full_is_told_of_what(session: Any) -> None:
    def whys() -> list[tuple[str, int]]:
        (left,) = seen(make(numbers, (cast.KAN,))).left
        return [(why["code"], why["worker"]) for why in left.why]

    numbers = [plain() for _ in range(3)]
    (worker_id,) = ids(cast.KAN)
    known = select(WorkerProfile).where(WorkerProfile.user_id == worker_id)
    profile = db.session.scalar(known) or WorkerProfile(user_id=worker_id)
    db.session.add(profile)
    profile.max_visits = 2
    assert whys() == [("most", worker_id)]
    profile.max_visits, profile.ends = 12, "09:45"
    assert whys() == [("hours", worker_id)]


def test_of_two_who_plan_a_day_anew_at_once_one_is_told(session: Any) -> None:
    """Both looked at the same draft, and both searches were done before either was written."""
    number = make([plain(), (away := plain())])
    file = seen(number)
    solved = {
        name: services.replan(
            actor=cast.viewer(name), number=number, seen=file.version, wishes=wishes
        )
        for name, wishes in ((cast.ORN, {away: Wish(dropped=True)}), (cast.MALEE, {}))
    }
    services.keep_replanned(
        actor=cast.viewer(cast.ORN), number=number, seen=file.version, solved=solved[cast.ORN]
    )
    with pytest.raises(Refused, match=r"Somebody else|ผู้อื่น"):
        services.keep_replanned(
            actor=cast.viewer(cast.MALEE), number=number, seen=file.version,
            solved=solved[cast.MALEE],
        )  # fmt: skip
    assert [stop.number for stop in seen(number).dropped] == [away]


def test_why_something_did_not_fit_is_told_of_each_worker(session: Any) -> None:
    (left,) = seen(make([plain(village_no=3)], (cast.TON,))).left
    assert [(why["code"], why["worker"]) for why in left.why] == [("area", *ids(cast.TON))]


def test_a_standing_visit_is_kept_and_not_made_twice(session: Any, given: Any) -> None:
    mine = given(cast.KAN, category="other")
    services.plan_visit(
        actor=cast.viewer(cast.KAN), number=mine, planned_on=tomorrow(), planned_time="10:00"
    )
    number = make([plain()])
    stop = next(stop for stop in seen(number).stops if stop.number == mine)
    assert (stop.time, stop.standing) == ("10:00", True)
    assert accept(number) == 1
    assert visits(session) == {"planned": 2}


@pytest.mark.parametrize("change", ["closed", "away", "taken", "other plan", "accepted before"])
def test_what_changed_meanwhile_is_refused_whole(session: Any, given: Any, change: str) -> None:
    mine, free = given(cast.KAN, category="other"), plain()
    number, orn = make([mine, free]), cast.viewer(cast.ORN)
    file = seen(number)
    if change == "closed":
        held = session.scalar(select(Case).where(Case.number == mine))
        close_case(
            actor=cast.viewer(cast.KAN), number=mine, version=held.version,
            outcome=Outcome.SOLVED, outcome_note="เรียบร้อย",
        )  # fmt: skip
    elif change == "away":
        for name in (cast.KAN, cast.TON):
            services.add_absence(
                actor=orn, username=name, first_day=tomorrow(), last_day=tomorrow(),
                kind=AbsenceKind.SICK,
            )  # fmt: skip
    elif change == "taken":
        stop = next(stop for stop in file.stops if stop.number == free)
        other = next(one for one in ids(cast.KAN, cast.TON) if one != stop.worker_id)
        services.offer_case(actor=orn, number=free, worker_id=other)
    elif change == "other plan":
        accept(make([mine]))
    else:
        accept(number)
    before = visits(session)
    with pytest.raises(Refused):
        services.accept_plan(actor=orn, number=number, seen=file.version)
    assert visits(session) == before


def test_bad_questions_are_refused(session: Any) -> None:
    orn, number, kan = cast.viewer(cast.ORN), plain(), ids(cast.KAN)
    services.add_absence(
        actor=orn, username=cast.TON, first_day=tomorrow(), last_day=tomorrow(),
        kind=AbsenceKind.LEAVE,
    )  # fmt: skip
    session.commit()
    today = clock.today()
    for day, numbers, workers, field in (
        (today - timedelta(days=1), [number], kan, "day"),
        (today + timedelta(days=400), [number], kan, "day"),
        (tomorrow(), [number], [], "workers"),
        (tomorrow(), [number], ids(cast.TON), "workers"),
        (tomorrow(), [number], [987654], "workers"),
        (tomorrow(), [], kan, "cases"),
        (tomorrow(), ["C70-999999-9"], kan, "cases"),
        (tomorrow(), [f"C{place}" for place in range(200)], kan, "cases"),
    ):
        with pytest.raises(Refused) as refused:
            services.solve_day(actor=orn, day=day, numbers=numbers, worker_ids=workers)
        assert refused.value.field == field


def test_only_who_gives_out_work_plans(session: Any) -> None:
    number = make([plain()])
    file = seen(number)
    for name in (cast.KAN, cast.WAN, cast.ANAN, cast.AEK):
        viewer = cast.viewer(name)
        with pytest.raises(Forbidden):
            services.solve_day(actor=viewer, day=tomorrow(), numbers=["x"], worker_ids=[1])
        for verb in (services.accept_plan, services.undo_plan, services.discard_plan):
            with pytest.raises(Forbidden):
                verb(actor=viewer, number=number, seen=file.version)
        with pytest.raises(NotFound):
            queries.plan_file(number, viewer=viewer)
        with pytest.raises(Forbidden):
            queries.proposed(tomorrow(), viewer=viewer)
    services.discard_plan(actor=cast.viewer(cast.MALEE), number=number, seen=file.version)
    with pytest.raises(Refused):
        accept(number)


def test_a_done_visit_stays_when_the_plan_is_taken_back(session: Any, given: Any) -> None:
    mine = given(cast.KAN, category="other")
    number = make([mine], (cast.KAN,), day=clock.today())
    if seen(number).left:
        pytest.skip("the working day is over")
    accept(number)
    visit = session.scalars(select(Visit)).one()
    services.record_visit(
        actor=cast.viewer(cast.KAN), number=visit.number, version=visit.version,
        found=services.Found(findings="พบแล้ว"),
    )  # fmt: skip
    undone = services.undo_plan(
        actor=cast.viewer(cast.ORN), number=number, seen=seen(number).version
    )
    assert undone == 0
    assert session.scalars(select(Visit.status)).all() == [VisitStatus.DONE]


def test_an_accepted_plan_says_what_has_gone_to_somebody_else(session: Any, given: Any) -> None:
    mine, stays = given(cast.KAN, category="other"), given(cast.KAN, category="other")
    number, orn, ton = make([mine, stays]), cast.viewer(cast.ORN), cast.viewer(cast.TON)
    accept(number)
    session.commit()
    assert seen(number).moved == 0
    services.offer_case(actor=orn, number=mine, worker_id=ton.user_id)
    session.commit()
    file = seen(number)
    assert {(stop.number, stop.moved, stop.now) for stop in file.stops if stop.moved} == {
        (mine, "other", ton.display_name)
    }
    stops = [stop for day in plan_days(file) for stop in day.stops]
    assert [(one.name, ton.display_name in one.purpose) for one in stops
            if one.case_number == mine] == [("ไม่ต้องไป", True)]  # fmt: skip


def test_who_is_away_with_visits_to_make_is_named(session: Any, given: Any) -> None:
    number, kan = make([given(cast.KAN, category="other")]), cast.viewer(cast.KAN)
    accept(number)
    session.commit()
    day, orn = tomorrow(), cast.viewer(cast.ORN)
    assert (seen(number).away, visits_of_the_away(orn)) == ((), [])
    services.add_absence(
        actor=kan, username=cast.KAN, first_day=day, last_day=day, kind=AbsenceKind.SICK
    )
    session.commit()
    assert [one.username for one in seen(number).away] == [cast.KAN]
    assert [(one.username, one.visits) for one in visits_of_the_away(orn)] == [(cast.KAN, 1)]


def test_a_draft_says_where_a_visit_is_to_come_already(session: Any, given: Any) -> None:
    twice, once = given(cast.KAN, category="other"), given(cast.KAN, category="other")
    accept(make([twice]))
    session.commit()
    later = tomorrow() + timedelta(days=1)
    (stop,) = seen(make([twice, once], day=later)).doubled
    assert (stop.number, stop.coming and stop.coming.day) == (twice, tomorrow())


def test_first_visits_are_proposed_by_their_day_and_what_needs_none_is_not(session: Any) -> None:
    plain("legal_status", priority="urgent")
    near, late = plain("dependent_care"), plain("housing")
    stage = session.scalars(
        select(CaseStage)
        .join(Case, Case.id == CaseStage.case_id)
        .where(Case.number == late, CaseStage.stage == Stage.FIRST_VISIT)
    ).one()
    stage.due_at = clock.now() - timedelta(days=3)
    session.commit()
    rows = queries.proposed(tomorrow(), viewer=cast.viewer(cast.ORN))
    assert [row.number for row in rows] == [late, near]
    assert [row.visit_by and row.visit_by.late for row in rows] == [True, False]
