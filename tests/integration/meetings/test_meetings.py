"""A meeting from its call to its minutes: agenda, quorum, votes, resolutions carried out, undo."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import func, select, update

from tests import cast
from tests.funds import FUND, fund, this_year
from tests.pages import submit
from tests.papers.reading import by_poppler, letters
from welfare.benefits import services as benefits
from welfare.benefits.kinds import RuleKind
from welfare.benefits.queries import budget_left, committee, rules_of
from welfare.cases import services as cases
from welfare.cases.models import Case, CaseEvent, HelpRequest, HelpVote
from welfare.cases.queries.help import waits_for_one
from welfare.cases.workflow import AssistanceKind, CaseStatus, HelpStatus, Sensitivity, Vote
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Permission
from welfare.meetings import services
from welfare.meetings.documents import BLANK, minutes_sheet
from welfare.meetings.facts import Approval, MeetingFacts, majority, quorum
from welfare.meetings.kinds import ItemState, Presence
from welfare.meetings.queries import (
    MeetingPage,
    candidates,
    meeting_by_number,
    meeting_page,
    meetings,
    waiting,
)
from welfare.papers.models import Paper
from welfare.papers.parts import Asked
from welfare.papers.queries.keeping import not_in_use


@dataclass
class Called:
    """A meeting that was held an hour ago, with three requests; who sits in the committee."""

    reference: str
    fund: int
    requests: list[int]
    numbers: list[str]
    seats: dict[str, int]


def _build() -> Called:
    which = fund(budget=5000, times=None, alone=None, committee=2)
    anan = cast.viewer(cast.ANAN)
    for name, position in (("นายก สมมติ", "ประธาน"), ("ปลัด สมมติ", "กรรมการ")):
        benefits.add_member(actor=anan, code=FUND, name=name, position=position)
    malee = cast.viewer(cast.MALEE)
    benefits.add_member(actor=anan, code=FUND, name=malee.display_name, user_id=malee.user_id)
    numbers, requests = [], []
    home = cast.household()
    who = cast.person(home).id
    for nr in range(3):
        numbers.append(cast.case(household_id=home.id, person_id=who))
        requests.append(
            cases.ask_help(
                actor=cast.viewer(cast.ORN), number=numbers[-1], fund_id=which,
                kind=AssistanceKind.MONEY, amount=Decimal(3000), description=f"ค่าซ่อมหลังคา {nr}",
                reason="บ้านรั่ว",
            )
        )  # fmt: skip
    reference = services.call_meeting(
        actor=cast.viewer(cast.ORN), fund_code=FUND,
        facts=MeetingFacts(clock.now() - timedelta(hours=1), "ห้องประชุม", "นายก", "อร"),
    )  # fmt: skip
    services.put_on_agenda(
        actor=cast.viewer(cast.ORN), reference=reference, version=1, requests=requests
    )
    db.session.commit()
    seats = {seat.name.split()[0]: seat.id for seat in committee(which)}
    return Called(reference, which, requests, numbers, seats)


@pytest.fixture
def there(stage: None, kept: Callable[[str, Any], Any]) -> Called:
    made: Called = kept("a meeting called", _build)
    return made


@pytest.fixture
def called(app: Flask, there: Called) -> Iterator[Called]:
    with app.app_context():
        yield there
        db.session.rollback()


def seen(called: Called, who: str = cast.MALEE) -> MeetingPage:
    db.session.expire_all()
    return meeting_page(called.reference, viewer=cast.viewer(who))


def do(called: Called, verb: str, who: str = cast.MALEE, **more: Any) -> Any:
    version = seen(called, cast.ORN).version
    made = getattr(services, verb)(
        actor=cast.viewer(who), reference=called.reference, version=version, **more
    )
    db.session.commit()
    return made


def all_came(called: Called, *away: str) -> None:
    do(
        called, "note_attendance", cast.ORN,
        presences={
            member: Presence.EXCUSED if name in away else Presence.PRESENT
            for name, member in called.seats.items()
        },
    )  # fmt: skip


def vote(called: Called, at: int, words: str | None = None, **by: Vote) -> None:
    votes = {called.seats[name]: said for name, said in by.items()}
    item = seen(called).items[at]
    do(called, "write_down", said={item.id: services.Said(words, votes=votes)})


def status(called: Called, at: int) -> HelpStatus:
    db.session.expire_all()
    return db.session.get_one(HelpRequest, called.requests[at]).status


@pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 1), (3, 2), (7, 4), (8, 4)])
def test_half_of_the_members_are_a_quorum(members: int, needed: int) -> None:
    assert quorum(members) == needed


def test_most_of_those_who_say_yes_or_no_decide() -> None:
    yes, no, none = Vote.FOR, Vote.AGAINST, Vote.ABSTAIN
    assert majority([yes, yes, no]) is Vote.FOR and majority([no, none, none]) is Vote.AGAINST
    assert majority([yes, no]) is None and majority([none]) is None and majority([]) is None


def test_resolutions_are_decisions_and_one_that_cannot_be_stays_open(called: Called) -> None:
    with pytest.raises(Refused):
        do(called, "carry_out")  # nobody is noted to have come
    all_came(called, "ปลัด")
    for at in (0, 1):
        vote(called, at, นายก=Vote.FOR, นางมาลี=Vote.FOR)
    with pytest.raises(Forbidden):
        do(called, "carry_out", cast.ORN)
    done = do(called, "carry_out")
    assert (done.granted, done.refused, done.failed) == (1, 0, 1)
    page = seen(called)
    first, second, third = page.items
    assert first.state is ItemState.DECIDED and status(called, 0) is HelpStatus.APPROVED
    assert second.open and "2,000" in second.failure and status(called, 1) is HelpStatus.WAITING
    assert third.open and not third.failure
    assert budget_left(called.fund, this_year()) == Decimal(2000)
    request = db.session.get_one(HelpRequest, called.requests[0])
    assert request.by_committee and request.grounds
    benefits.set_budget(
        actor=cast.viewer(cast.ANAN), code=FUND, fiscal_year=this_year(), amount=Decimal(9000),
        version=1,
    )  # fmt: skip
    db.session.commit()
    assert do(called, "carry_out").granted == 1 and status(called, 1) is HelpStatus.APPROVED


def test_what_is_carried_out_is_thai_and_holds_its_attendance(called: Called) -> None:
    all_came(called, "ปลัด")
    about, malee = meeting_by_number(called.reference, cast.viewer(cast.ORN)), cast.viewer(cast.ORN)
    open_ones = minutes_sheet(about, Asked(), malee).values.items[2].requests
    assert {one.resolution for one in open_ones} == {BLANK}  # nothing was resolved yet
    vote(called, 0, นายก=Vote.FOR, นางมาลี=Vote.FOR)
    with force_locale("en"):
        do(called, "carry_out")
    assert db.session.get_one(HelpRequest, called.requests[0]).grounds == "ที่ประชุมมีมติเห็นชอบ"
    with pytest.raises(Refused):
        all_came(called, "นายก")
    db.session.rollback()
    all_came(called)  # somebody more is no harm


def test_a_refusal_needs_grounds_and_a_tie_decides_nothing(called: Called) -> None:
    all_came(called)
    vote(called, 0, นายก=Vote.AGAINST, ปลัด=Vote.AGAINST)
    vote(called, 1, นายก=Vote.FOR, ปลัด=Vote.AGAINST)
    assert do(called, "carry_out").failed == 2
    vote(called, 0, words="ได้รับจาก พมจ. แล้ว")
    done = do(called, "carry_out")
    assert (done.refused, done.failed) == (1, 1) and status(called, 0) is HelpStatus.REFUSED


def test_who_takes_no_part_or_did_not_come_has_no_vote(called: Called) -> None:
    all_came(called, "ปลัด")
    item = seen(called).items[0]
    do(called, "recuse", item_id=item.id, member_id=called.seats["นายก"], reason="เป็นพี่ชายผู้ขอ")
    for name in ("นายก", "ปลัด"):
        with pytest.raises(Refused):
            vote(called, 0, **{name: Vote.FOR})
        db.session.rollback()
    with pytest.raises(Forbidden):
        do(called, "recuse", cast.ORN, item_id=item.id, member_id=called.seats["ปลัด"], reason="x")
    db.session.rollback()
    with pytest.raises(Refused):  # nor on the page of the case
        cases.vote_on_request(
            actor=cast.viewer(cast.MALEE), number=called.numbers[0], version=item.version,
            request_id=called.requests[0], member_id=called.seats["นายก"], vote=Vote.FOR,
        )  # fmt: skip
    vote(called, 0, นางมาลี=Vote.FOR)
    assert do(called, "carry_out").failed == 1 and status(called, 0) is HelpStatus.WAITING


def test_who_takes_no_part_takes_part_after_all(called: Called) -> None:
    all_came(called)
    item, member = seen(called).items[0], called.seats["นายก"]
    one = {"item_id": item.id, "member_id": member}
    do(called, "recuse", **one, reason="เป็นพี่ชายผู้ขอ")
    with pytest.raises(Refused):  # nothing is written over in silence
        do(called, "recuse", **one, reason="เป็นน้องชายผู้ขอ")
    db.session.rollback()
    for who, reason, refusal in ((cast.ORN, "จดผิดคน", Forbidden), (cast.MALEE, "", Refused)):
        with pytest.raises(refusal):
            do(called, "take_part", who, **one, reason=reason)
        db.session.rollback()
    assert seen(called).items[0].recused == {member: "เป็นพี่ชายผู้ขอ"}
    do(called, "take_part", **one, reason="จดผิดคน")
    assert seen(called).items[0].recused == {}
    with pytest.raises(Refused):
        do(called, "take_part", **one, reason="จดผิดคน")
    db.session.rollback()
    assert {"เป็นพี่ชายผู้ขอ", "จดผิดคน"} <= set(db.session.scalars(select(CaseEvent.text)))
    vote(called, 0, นายก=Vote.FOR, ปลัด=Vote.FOR)
    do(called, "carry_out")
    with pytest.raises(Refused):  # it is decided
        do(called, "take_part", **one, reason="จดผิดคน")


def test_the_page_of_the_case_knows_who_takes_no_part(
    app: Flask, there: Called, client: FlaskClient
) -> None:
    number, request = there.numbers[0], there.requests[0]
    with app.app_context():
        malee = cast.viewer(cast.MALEE)
        member = replace(malee, permissions=malee.permissions - {Permission.DECIDE_ASSISTANCE})
        assert waits_for_one(request, viewer=member)
        item = seen(there).items[0].id
        for name in ("นางมาลี", "นายก"):
            do(there, "recuse", item_id=item, member_id=there.seats[name], reason="เป็นญาติ")
        assert not waits_for_one(request, viewer=member)
    cast.sign_in(client, cast.MALEE)
    where = f"/desk/cases/{number}/help-requests/{request}"
    page = client.get(where).text
    assert page.count("ไม่ร่วมพิจารณา") == 2
    assert "ปลัด สมมติ</option>" in page and "นายก สมมติ</option>" not in page
    typed = {"back": there.seats["นายก"], "back_why": "จดผิดคน"}
    one = f"/desk/meetings/{there.reference}/items/{item}"
    assert submit(client, one, {"back_why": ""}, action="/take-part").status_code == 400
    assert submit(client, one, typed, action="/take-part").status_code == 303
    assert "นายก สมมติ</option>" in client.get(where).text


def test_what_was_resolved_is_taken_back_until_the_minutes(called: Called) -> None:
    all_came(called)
    vote(called, 0, นายก=Vote.FOR, ปลัด=Vote.FOR)
    do(called, "carry_out")
    item = seen(called).items[0]
    with pytest.raises(Forbidden):
        do(called, "undo_item", cast.ORN, item_id=item.id, reason="จดผิด")
    db.session.rollback()
    do(called, "undo_item", item_id=item.id, reason="จดผิด")
    assert status(called, 0) is HelpStatus.WAITING and seen(called).items[0].open
    assert budget_left(called.fund, this_year()) == Decimal(5000)
    assert db.session.scalar(select(func.count()).select_from(HelpVote)) == 0
    vote(called, 0, นายก=Vote.FOR, ปลัด=Vote.FOR)
    do(called, "carry_out")
    cases.deliver_help(
        actor=cast.viewer(cast.ORN), number=called.numbers[0], request_id=called.requests[0],
        version=seen(called).items[0].version, amount=Decimal(100), given_on=clock.today(),
    )  # fmt: skip
    db.session.commit()
    with pytest.raises(Refused):
        do(called, "undo_item", item_id=item.id, reason="จดผิด")


def test_a_request_stands_on_one_agenda_and_waits_again(called: Called) -> None:
    orn = cast.viewer(cast.ORN)
    assert candidates(called.fund, viewer=orn) == []
    first = seen(called).items[0]
    do(called, "write_down", said={first.id: services.Said("รอเอกสาร", deferred=True)})
    assert [one.request_id for one in candidates(called.fund, viewer=orn)] == called.requests[:1]
    do(called, "take_off_agenda", cast.ORN, item_id=seen(called).items[1].id)
    assert len(candidates(called.fund, viewer=orn)) == 2
    do(called, "call_off", cast.ORN, reason="ไม่ครบองค์ประชุม")
    assert len(candidates(called.fund, viewer=orn)) == 3
    other = services.call_meeting(actor=orn, fund_code=FUND, facts=MeetingFacts(clock.now()))
    assert meeting_page(other, viewer=orn).row.number == 2
    assert [one.number for one in meetings(viewer=orn)] == [2, 1]
    with pytest.raises(Refused):
        do(called, "put_on_agenda", cast.ORN, requests=called.requests)
    with pytest.raises(StaleRecord):
        services.edit_meeting(
            actor=orn, reference=called.reference, version=1, facts=MeetingFacts(clock.now())
        )


def test_what_the_committee_does_not_decide_takes_no_place_among_what_waits(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    orn = cast.viewer(cast.ORN)
    do(called, "call_off", cast.ORN, reason="ไม่ครบองค์ประชุม")
    db.session.get_one(HelpRequest, called.requests[0]).asked = Decimal(5000)
    db.session.flush()
    monkeypatch.setattr(waiting, "MOST_WAITING", 1)
    whole = next(
        rule for rule in rules_of([called.fund], clock.today()) if rule.kind == RuleKind.COMMITTEE
    )
    for ceiling, found in ((None, 0), (Decimal(3000), 1), (Decimal(2999), None)):
        theirs = candidates(called.fund, viewer=orn, rules=[replace(whole, amount=ceiling)])
        wanted = [] if found is None else [called.requests[found]]
        assert [one.request_id for one in theirs] == wanted
    assert candidates(called.fund, viewer=orn, rules=[]) == []


def test_who_does_not_keep_meetings_changes_none(called: Called) -> None:
    item = seen(called).items[0].id
    facts, member = MeetingFacts(clock.now()), called.seats["นายก"]
    for verb, more in {
        "edit_meeting": {"facts": facts},
        "call_off": {"reason": "x"},
        "put_on_agenda": {"requests": called.requests},
        "take_off_agenda": {"item_id": item},
        "note_attendance": {"presences": {member: Presence.PRESENT}},
        "write_down": {"said": {item: services.Said("x", deferred=True)}},
        "recuse": {"item_id": item, "member_id": member, "reason": "x"},
        "take_part": {"item_id": item, "member_id": member, "reason": "x"},
        "carry_out": {},
        "undo_item": {"item_id": item, "reason": "x"},
        "approve_minutes": {"approval": Approval(clock.today(), "")},
    }.items():
        with pytest.raises(Forbidden):
            do(called, verb, cast.KAN, **more)
        db.session.rollback()
    with pytest.raises(Forbidden):
        services.call_meeting(actor=cast.viewer(cast.KAN), fund_code=FUND, facts=facts)


def test_a_case_that_may_not_be_seen_is_not_told(called: Called) -> None:
    orn = cast.viewer(cast.ORN)
    hidden = cast.case(sensitivity=Sensitivity.CONDUCT, actor=cast.MALEE)
    request = db.session.get_one(HelpRequest, called.requests[0])
    request.case_id = db.session.scalars(select(Case.id).where(Case.number == hidden)).one()
    db.session.commit()
    page = seen(called, cast.ORN)
    assert page.hidden == 1 and page.items[0].description == page.items[0].who == ""
    about = meeting_by_number(called.reference, orn)
    assert minutes_sheet(about, Asked(), orn).hindrance
    with pytest.raises(NotFound):
        meeting_page(called.reference, viewer=cast.viewer(cast.KAN))
    some = replace(orn, villages=frozenset({3}))
    assert all(not one.named for one in meeting_page(called.reference, viewer=some).items)


def _resolved(called: Called) -> None:
    """One granted, two put off."""
    all_came(called, "ปลัด")
    vote(called, 0, นายก=Vote.FOR, นางมาลี=Vote.FOR)
    do(called, "carry_out")
    for at in (1, 2):
        item = seen(called).items[at]
        do(called, "write_down", said={item.id: services.Said("รอข้อมูลรายได้", deferred=True)})


def test_minutes_are_issued_when_all_is_resolved_and_end_it(
    app: Flask, there: Called, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.MALEE)
    path = f"/desk/papers/make/committee_minutes/{there.reference}"
    before = client.get(path).text
    assert 'name="one_time_key"' not in before and f">{there.reference}<" not in before
    with app.app_context():
        _resolved(there)
    assert submit(client, path, having="one_time_key").status_code == 303
    with app.app_context():
        page = seen(there)
        assert page.minutes and not page.going_on
        for verb, more in (
            ("undo_item", {"item_id": page.items[0].id, "reason": "จดผิด"}),
            ("call_off", {"reason": "ผิด"}),
            ("note_attendance", {"presences": {}}),
        ):
            with pytest.raises(Refused):
                do(there, verb, **more)
            db.session.rollback()
        do(there, "approve_minutes", cast.ORN, approval=Approval(clock.today(), "ไม่มีแก้ไข"))
        minutes = select(Paper.public_id).where(not_in_use(), Paper.meeting_id.is_not(None))
        assert db.session.scalar(minutes) is None  # they tell of cases that are open
        db.session.execute(update(Case).values(status=CaseStatus.CLOSED))
        assert db.session.scalar(minutes) == page.papers[0].public_id
        db.session.rollback()
    said = letters(
        "".join(by_poppler(client.get(f"/documents/{page.papers[0].public_id}.pdf").data))
    )
    for words in ("ครั้งที่ ๑/", "กรรมการ (ลา)", "เลื่อนการพิจารณา รอข้อมูลรายได้", "๓,๐๐๐.๐๐"):
        assert letters(words) in said
    assert "None" not in said and "รับรองรายงานแล้ว" in client.get("/desk/meetings").text


def test_the_pages_do_what_the_office_does(app: Flask, there: Called, client: FlaskClient) -> None:
    cast.sign_in(client, cast.MALEE)
    where = f"/desk/meetings/{there.reference}"
    page = client.get(where).text
    assert "ค่าซ่อมหลังคา 2" in page and there.reference in client.get("/desk/meetings").text
    came = {f"seat-{member}": "present" for member in there.seats.values()}
    assert submit(client, where, came, action="/attendance").status_code == 303
    with app.app_context():
        first, second, _third = (one.id for one in seen(there).items)
    said = submit(client, where, {f"item-{first}": "for"}, having="version", action="/said")
    assert said.status_code == 303
    assert submit(client, where, {}, action="/carry-out").status_code == 303
    with app.app_context():
        assert status(there, 0) is HelpStatus.APPROVED
    one = f"{where}/items/{second}"
    typed = submit(client, one, {"words": "", "deferred": "y"})
    assert typed.status_code == 422 and "โปรดเขียนเหตุที่เลื่อน" in typed.text
    assert submit(client, one, {"words": "รอเอกสาร", "deferred": "y"}).status_code == 303
    assert submit(client, one, {"reason": "พิจารณาต่อ"}, action="/undo").status_code == 303
    made = submit(client, "/desk/meetings/new", {"fund": FUND, "hour": "25.00", "met_on-day": "1"})
    assert made.status_code == 400 and "25.00" in made.text
    kan = cast.sign_in(app.test_client(), cast.KAN)
    assert kan.get(where).status_code == 403
