"""Who is proposed for a case, why, and who never may have it."""

from datetime import timedelta
from typing import Any

import pytest

from tests import cast
from welfare.core import clock
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.dispatch import queries, services
from welfare.dispatch.queries import Bar, Ranked, Ranking
from welfare.dispatch.workflow import AbsenceKind, Weight
from welfare.households.kinds import Sex

pytestmark = pytest.mark.usefixtures("stage")


def profile(username: str = cast.KAN, **changes: Any) -> None:
    facts: dict[str, Any] = {
        "skills": (), "languages": (), "villages": (), "sex": Sex.UNKNOWN, "starts": "08:30",
        "ends": "16:30", "max_visits": 12, "alone": True, "person": "",
    }  # fmt: skip
    now = queries.member(username, viewer=cast.viewer(cast.ORN))
    services.edit_profile(
        actor=cast.viewer(cast.ORN),
        username=username,
        version=now.version,
        facts=services.ProfileFacts(**(facts | changes)),
    )


def wish(number: str, **changes: Any) -> None:
    services.edit_wishes(
        actor=cast.viewer(cast.ORN), number=number, version=0, facts=services.Wishes(**changes)
    )


def ranking(number: str) -> Ranking:
    (found,) = queries.rank([number], viewer=cast.viewer(cast.ORN))
    return found


def of(found: Ranking, username: str) -> Ranked:
    return next(one for one in found.ranked if one.member.username == username)


def weights(one: Ranked) -> dict[Weight, bool]:
    return {reason.weight: reason.good for reason in one.reasons}


def test_reasons_speak_for_and_against(session: Any) -> None:
    number = cast.case(category="housing")
    profile(cast.TON, skills=("housing",), villages=(2,), languages=("nod",), sex=Sex.MALE)
    wish(number, language="nod", sex=Sex.FEMALE)
    found = ranking(number)
    assert [one.member.username for one in found.ranked] == [cast.TON, cast.KAN]
    assert weights(of(found, cast.TON)) == {
        Weight.VILLAGE: True, Weight.SKILL: True, Weight.LANGUAGE: True, Weight.SEX: False,
        Weight.LOAD: True,
    }  # fmt: skip
    assert not weights(of(found, cast.KAN))[Weight.SKILL]


def test_continuity_leave_and_a_no_count(session: Any, given: Any) -> None:
    home = cast.household()
    given(cast.KAN, household_id=home.id)
    number = cast.case(household_id=home.id)
    assert weights(of(ranking(number), cast.KAN))[Weight.CONTINUITY]
    today = clock.today()
    services.add_absence(
        actor=cast.viewer(cast.KAN), username=cast.KAN, first_day=today, last_day=today,
        kind=AbsenceKind.SICK,
    )  # fmt: skip
    services.offer_case(
        actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(cast.KAN).user_id
    )
    services.decline_case(actor=cast.viewer(cast.KAN), number=number, reason="ลาป่วย")
    found = weights(of(ranking(number), cast.KAN))
    assert {Weight.LEAVE, Weight.DECLINED} <= found.keys()
    best = ranking(number).best
    assert best is not None
    assert best.member.username == cast.TON


def test_the_officer_complained_about_is_never_given_the_case(session: Any) -> None:
    number, kan = cast.case(), cast.viewer(cast.KAN).user_id
    with pytest.raises(Refused):
        wish(number, never=(kan,))
    wish(number, never=(kan,), why_never="ถูกร้องเรียนในเรื่องนี้")
    assert of(ranking(number), cast.KAN).bars == (Bar.COMPLAINED_OF,)
    with pytest.raises(Refused):
        services.offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=kan)


def test_a_relative_is_never_given_the_case(session: Any) -> None:
    home = cast.household()
    mother = cast.person(home)
    home_id, mother_id = home.id, mother.id
    worker = cast.person(None, first_name="กานต์", last_name="ดอยคำ")
    number_of_worker, worker_id = worker.number, worker.id
    from welfare.households.kinds import ParentKind
    from welfare.households.models import Parentage

    session.add(Parentage(person_id=worker_id, parent_id=mother_id, kind=ParentKind.MOTHER))
    session.flush()
    by_person = cast.case(person_id=mother_id)
    by_house = cast.case(household_id=home_id)
    profile(cast.KAN, person=number_of_worker)
    for number in (by_person, by_house):
        assert of(ranking(number), cast.KAN).bars == (Bar.RELATIVE,)
        with pytest.raises(Refused):
            services.offer_case(
                actor=cast.viewer(cast.ORN),
                number=number,
                worker_id=cast.viewer(cast.KAN).user_id,
            )
    assert of(ranking(cast.case()), cast.KAN).allowed


def test_another_area_is_a_rule(session: Any) -> None:
    assert of(ranking(cast.case(village_no=3)), cast.TON).bars == (Bar.AREA,)


def test_several_cases_are_spread(session: Any) -> None:
    numbers = [cast.case() for _ in range(4)]
    found = queries.rank(numbers, viewer=cast.viewer(cast.ORN))
    best = [one.best.member.username for one in found if one.best]
    assert sorted(best) == [cast.KAN, cast.KAN, cast.TON, cast.TON]


def test_who_may_not_gives_out_nothing_and_sees_nothing(session: Any) -> None:
    number = cast.case()
    assert queries.rank([number], viewer=cast.viewer(cast.KAN)) == []
    facts = services.ProfileFacts((), (), (), Sex.UNKNOWN, "08:30", "16:30", 9, True)
    with pytest.raises(Forbidden):
        services.edit_profile(
            actor=cast.viewer(cast.KAN), username=cast.KAN, version=0, facts=facts
        )
    with pytest.raises(NotFound):
        services.edit_wishes(
            actor=cast.viewer(cast.KAN), number=number, version=0, facts=services.Wishes()
        )
    today = clock.today()
    for actor in (cast.KAN, cast.WAN):
        with pytest.raises(NotFound):
            services.add_absence(
                actor=cast.viewer(actor), username=cast.TON, first_day=today, last_day=today,
                kind=AbsenceKind.LEAVE,
            )  # fmt: skip
    with pytest.raises(Forbidden):
        services.edit_figures(
            actor=cast.viewer(cast.KAN), version=0, facts=queries.Figures(speed_kmh=20)
        )


def test_a_stale_profile_or_wish_is_refused(session: Any) -> None:
    profile(cast.KAN, max_visits=7)
    facts = services.ProfileFacts((), (), (), Sex.UNKNOWN, "08:30", "16:30", 9, True)
    with pytest.raises(StaleRecord) as stale:
        services.edit_profile(
            actor=cast.viewer(cast.ORN), username=cast.KAN, version=0, facts=facts
        )
    assert stale.value.current["max_visits"] == "7"
    number = cast.case()
    wish(number, pair=True)
    with pytest.raises(StaleRecord):
        wish(number, pair=False)


def test_absences_are_bounded_and_taken_back(session: Any) -> None:
    orn, today = cast.viewer(cast.ORN), clock.today()
    for first, last in (
        (today, today - timedelta(days=1)),
        (today - timedelta(days=9), today - timedelta(days=8)),
        (today, today + timedelta(days=900)),
    ):
        with pytest.raises(Refused):
            services.add_absence(
                actor=orn, username=cast.KAN, first_day=first, last_day=last,
                kind=AbsenceKind.LEAVE,
            )  # fmt: skip
    made = services.add_absence(
        actor=orn, username=cast.KAN, first_day=today, last_day=today, kind=AbsenceKind.LEAVE
    )
    assert queries.member(cast.KAN, viewer=orn).away_on(today) is not None
    with pytest.raises(NotFound):
        services.take_back_absence(actor=orn, username=cast.TON, absence_id=made)
    services.take_back_absence(actor=cast.viewer(cast.KAN), username=cast.KAN, absence_id=made)
    assert queries.member(cast.KAN, viewer=orn).away_on(today) is None
