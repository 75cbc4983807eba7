"""Deciding by a committee: the members' votes, then the resolution (มติ) with its words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from welfare.benefits.queries import committee, rules_of
from welfare.benefits.services import release
from welfare.cases.models import HelpRequest, HelpVote
from welfare.cases.policies import can_decide_help, can_see
from welfare.cases.queries.help import (
    VoteRow,
    load_request,
    recusals_of,
    told_of_decision,
    votes_needed,
    votes_of,
)
from welfare.cases.queries.loading import load_case
from welfare.cases.services.helping.deciding import grant, refuse_own, turn_down
from welfare.cases.services.helping.telling import refuse_stale, refuse_step, tell
from welfare.cases.workflow import HelpAction, HelpStatus, Vote
from welfare.core import clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer


def vote_on_request(
    *, actor: Viewer, number: str, request_id: int, version: int, member_id: int, vote: Vote
) -> None:
    """A member votes; for a member without an account, who decides on help writes it down.

    Nobody votes twice, for another who has an account, or on what they asked for themselves.
    """
    case = load_case(number, viewer=actor)
    request = load_request(case.id, request_id)
    seat = next((one for one in committee(request.fund_id) if one.id == member_id), None)
    if seat is None:
        raise NotFound
    if not may_vote_for(actor, seat) or not can_see(actor, case):
        raise Forbidden
    refuse_stale(request, version)
    refuse_step(request, HelpAction.APPROVE)
    _refuse_not_theirs(request)
    if seat.user_id is not None:
        refuse_own(actor, request)
    if seat.id in recusals_of([request.id]).get(request.id, {}):
        raise Refused(_("This member must not vote on this request."), field="vote")
    db.session.add(
        HelpVote(
            request_id=request.id,
            member_id=seat.id,
            vote=vote,
            at=clock.now(),
            recorded_by_id=actor.user_id or None,
        )
    )
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(_("This member has voted already."), field="vote") from error
    tell(actor, case, request, "voted", vote=vote.value, member=seat.id)


def undo_resolution(
    *, actor: Viewer, number: str, request_id: int, version: int, reason: str
) -> None:
    """Take a resolution back, with the votes that made it: the request waits again, and what was
    promised goes back into the budget.

    ``Refused`` once anything was handed over, given up, or written to the citizen.
    """
    case = load_case(number, viewer=actor)
    if not can_decide_help(actor, case):
        raise Forbidden
    request = load_request(case.id, request_id)
    refuse_stale(request, version)
    refuse_step(request, HelpAction.UNDO)
    if not request.by_committee or request.delivered or request.released:
        raise Refused(_("The request is in another state by now, so this is no longer possible."))
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    paper = told_of_decision(request)
    if paper:
        raise Refused(_("Paper %(number)s says so already. Take it back first.", number=paper))
    refuse_own(actor, request)
    if request.status is HelpStatus.APPROVED and request.budget_id is not None:
        release(
            actor=actor, budget_id=request.budget_id, amount=request.approved,
            case_number=case.number, request_id=request.id,
        )  # fmt: skip
    votes = {str(one.member_id): one.vote.value for one in votes_of(request.id)}
    db.session.execute(
        delete(HelpVote).where(HelpVote.request_id == request.id),
        execution_options={"synchronize_session": False},
    )
    request.status, request.approved, request.findings = HelpStatus.WAITING, Decimal(0), []
    request.budget_id = request.fiscal_year = request.met_on = None
    request.decided_by_id = request.decided_at = None
    request.grounds, request.own_decision, request.by_committee = "", False, False
    tell(actor, case, request, "undone", text=reason, votes=votes)
    outbox.publish(
        "help.undone", {"number": case.number, "request": request.id, "by": actor.user_id}
    )


class Voter(Protocol):
    """What is asked of a member whose vote is written."""

    @property
    def user_id(self) -> int | None:
        """Their account, where they have one."""


def may_vote_for(actor: Viewer, seat: Voter) -> bool:
    """Whether a vote of this member may be written by the actor."""
    if seat.user_id is not None:
        return seat.user_id == actor.user_id
    return actor.can(Permission.DECIDE_ASSISTANCE)


def _refuse_not_theirs(request: HelpRequest) -> int:
    needed = votes_needed(rules_of([request.fund_id], clock.today()), request.asked)
    if not needed:
        raise Refused(_("By the rules of the fund the committee does not decide this amount."))
    return needed


def resolve_request(
    *,
    actor: Viewer,
    number: str,
    request_id: int,
    version: int,
    resolution: str,
    met_on: date,
) -> None:
    """Close the vote with the words of the resolution: the majority of those who voted decides.

    ``Refused`` with too few votes, with as many for as against, or a meeting still to come.
    """
    case = load_case(number, viewer=actor)
    if not can_decide_help(actor, case):
        raise Forbidden
    request = load_request(case.id, request_id)
    refuse_stale(request, version)
    refuse_step(request, HelpAction.APPROVE)
    if met_on > clock.today():
        raise Refused(_("The day of the meeting lies in the future."), field="met_on")
    needed = _refuse_not_theirs(request)
    votes = votes_of(request.id)
    approved = _outcome(votes, needed)
    own = refuse_own(actor, request)
    if approved:
        grant(actor, case, request, request.asked, resolution, own=own, met_on=met_on)
    else:
        turn_down(actor, case, request, resolution, own=own, met_on=met_on)


def _outcome(votes: list[VoteRow], needed: int) -> bool:
    if len(votes) < needed:
        raise Refused(
            _("%(n)s of at least %(needed)s members have voted.", n=len(votes), needed=needed),
            field="resolution",
        )
    count = {kind: sum(one.vote == kind for one in votes) for kind in Vote}
    if count[Vote.FOR] == count[Vote.AGAINST]:
        raise Refused(_("As many are for it as against it."), field="resolution")
    return count[Vote.FOR] > count[Vote.AGAINST]
