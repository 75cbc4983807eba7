"""A fund of the contract's town with requests in several states, and equipment on loan. What the
restricted case asks for holds its secret."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests import cast
from tests.funds import FUND, fund, piece
from welfare.benefits import services as benefits
from welfare.benefits.queries import committee
from welfare.benefits.queries.managing import all_rules
from welfare.cases import services as cases
from welfare.cases.models import HelpRequest
from welfare.cases.workflow import AssistanceKind
from welfare.core import clock
from welfare.core.db import db
from welfare.meetings import services as meetings
from welfare.meetings.facts import MeetingFacts
from welfare.meetings.kinds import Presence
from welfare.meetings.queries import candidates, meeting_page


def build(town: Any) -> None:
    """Requests and loans of the case in the middle and of the restricted one; committed."""
    from tests.contract.town import CASE_SECRET, PIM

    which = fund(budget=100_000, times=None, committee=2)
    benefits.add_member(actor=cast.viewer(cast.ANAN), code=FUND, name="นายก", position="ประธาน")
    benefits.add_member(
        actor=cast.viewer(cast.ANAN), code=FUND, name="มาลี",
        user_id=cast.viewer(cast.MALEE).user_id,
    )  # fmt: skip
    db.session.commit()
    town.rule, town.member = all_rules(which)[0].id, committee(which)[0].id
    town.help_request = _asked(town.case, cast.KAN, which, "ค่ายังชีพ")
    _decided(town.case, town.help_request)
    cases.deliver_help(
        actor=cast.viewer(cast.KAN), number=town.case, request_id=town.help_request,
        version=_version(town.help_request), amount=Decimal(500), given_on=clock.today(),
    )  # fmt: skip
    db.session.commit()
    town.delivery = db.session.scalar(db.text("SELECT min(id) FROM help_deliveries"))
    _asked(town.case, cast.KAN, which, "ค่าเดินทาง")
    hidden = _asked(town.restricted, PIM, which, CASE_SECRET)
    _decided(town.restricted, hidden)
    _asked(town.restricted, PIM, which, CASE_SECRET)
    _meeting(town, which)
    town.piece = piece()
    town.loan = _lent(town.case, cast.KAN, town.piece, "ให้ยายใช้")
    _lent(town.restricted, PIM, piece("B-01", "bed"), CASE_SECRET)
    piece("M-01", "mattress")


def _meeting(town: Any, fund_id: int) -> None:
    """A meeting of today with what waits, the restricted case's too, and one to come."""
    orn = cast.viewer(cast.ORN)
    for hours in (48, -1):
        facts = MeetingFacts(clock.now() + timedelta(hours=hours), "ห้องประชุม", "นายก", "อร")
        town.meeting = meetings.call_meeting(actor=orn, fund_code=FUND, facts=facts)
    waiting = {one.request_id for one in candidates(fund_id, viewer=orn)}
    meetings.put_on_agenda(actor=orn, reference=town.meeting, version=1, requests=waiting)
    page = meeting_page(town.meeting, viewer=orn)
    meetings.note_attendance(
        actor=orn, reference=town.meeting, version=page.version,
        presences={seat.member_id: Presence.PRESENT for seat in page.seats},
    )  # fmt: skip
    town.meeting_item = page.items[0].id
    db.session.commit()


def _asked(number: str, who: str, fund_id: int, words: str) -> int:
    made = cases.ask_help(
        actor=cast.viewer(who), number=number, fund_id=fund_id, kind=AssistanceKind.MONEY,
        amount=Decimal(2000), description=words, reason=words,
    )  # fmt: skip
    db.session.commit()
    return made


def _version(request_id: int) -> int:
    return db.session.get_one(HelpRequest, request_id).version


def _decided(number: str, request_id: int) -> None:
    cases.decide_request(
        actor=cast.viewer(cast.MALEE), number=number, request_id=request_id,
        version=_version(request_id), approve=True, grounds="เข้าเกณฑ์",
    )  # fmt: skip
    db.session.commit()


def _lent(number: str, who: str, piece_id: int, note: str) -> int:
    made = cases.lend_piece(
        actor=cast.viewer(who), number=number, piece_id=piece_id,
        due_on=clock.today() + timedelta(days=60), note=note,
    )  # fmt: skip
    db.session.commit()
    return made
