"""Members of a committee who must not vote on a request: it touches them, or theirs."""

from __future__ import annotations

from sqlalchemy import delete

from welfare.benefits.queries import committee
from welfare.cases.models import Case, HelpRecusal, HelpRequest
from welfare.cases.policies import can_see
from welfare.cases.queries.help import load_request, recusals_of, votes_of
from welfare.cases.queries.loading import load_case
from welfare.cases.services.helping.telling import refuse_step, tell
from welfare.cases.workflow import HelpAction
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer


def recuse_member(
    *, actor: Viewer, number: str, request_id: int, member_id: int, reason: str
) -> None:
    """Write down that a member must not vote on a request: it touches them, or a relative.

    Done by who decides on help, or by the member; ``Refused`` once they have voted.
    """
    case, request = _for_member(actor, number, request_id, member_id)
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    if any(one.member_id == member_id for one in votes_of(request.id)):
        raise Refused(_("This member has voted already."), field="member")
    if member_id in recusals_of([request.id]).get(request.id, {}):
        raise Refused(_("It is noted already that this member takes no part."), field="member")
    db.session.add(
        HelpRecusal(
            request_id=request.id, member_id=member_id, reason=reason, at=clock.now(),
            recorded_by_id=actor.user_id or None,
        )
    )  # fmt: skip
    tell(actor, case, request, "recused", text=reason, member=member_id)


def lift_recusal(
    *, actor: Viewer, number: str, request_id: int, member_id: int, reason: str
) -> None:
    """Take back that a member must not vote: it was noted wrongly, or does not hold any more.

    By the same people, while the request waits. The history keeps both reasons.
    """
    case, request = _for_member(actor, number, request_id, member_id)
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    if member_id not in recusals_of([request.id]).get(request.id, {}):
        raise Refused(_("It is not noted that this member takes no part."), field="member")
    db.session.execute(
        delete(HelpRecusal).where(
            HelpRecusal.request_id == request.id, HelpRecusal.member_id == member_id
        )
    )
    tell(actor, case, request, "rejoined", text=reason, member=member_id)


def _for_member(
    actor: Viewer, number: str, request_id: int, member_id: int
) -> tuple[Case, HelpRequest]:
    """Case and request that waits, for who decides on help and for the member."""
    case = load_case(number, viewer=actor)
    request = load_request(case.id, request_id)
    seat = next((one for one in committee(request.fund_id) if one.id == member_id), None)
    if seat is None:
        raise NotFound
    mine = seat.user_id is not None and seat.user_id == actor.user_id
    if not (mine or actor.can(Permission.DECIDE_ASSISTANCE)) or not can_see(actor, case):
        raise Forbidden
    refuse_step(request, HelpAction.APPROVE)
    return case, request
