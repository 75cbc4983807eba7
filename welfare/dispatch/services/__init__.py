"""Verbs of assignment and visits. Each is keyword-only, checks its right, tells the timeline."""

from welfare.dispatch.facts import ProfileFacts, Wishes
from welfare.dispatch.services.accepting import accept_plan, discard_plan, undo_plan
from welfare.dispatch.services.assigning import (
    accept_case,
    decline_case,
    lift_conflict,
    offer_case,
    offer_cases,
    offer_each,
    take_back_case,
)
from welfare.dispatch.services.closing import settle_with_case
from welfare.dispatch.services.companions import choose_second
from welfare.dispatch.services.crew import (
    add_absence,
    edit_profile,
    end_calendar_links,
    make_calendar_link,
    take_back_absence,
)
from welfare.dispatch.services.handing_over import Handed, hand_over, undo_hand_over
from welfare.dispatch.services.photos import attach_photos
from welfare.dispatch.services.plans import (
    keep_plan,
    keep_replanned,
    refuse_unknown,
    replan,
    solve_day,
)
from welfare.dispatch.services.proposing import propose_workers
from welfare.dispatch.services.recalling import undo_decline, undo_take_back
from welfare.dispatch.services.renewing import renew_plan
from welfare.dispatch.services.routing import (
    RoutingFacts,
    add_routing_rule,
    edit_routing_rule,
)
from welfare.dispatch.services.rules import (
    add_skill,
    edit_figures,
    edit_kind,
    edit_wishes,
    retire_skill,
)
from welfare.dispatch.services.transferring import (
    agree_transfer,
    ask_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from welfare.dispatch.services.visiting import (
    Found,
    cancel_visit,
    miss_visit,
    plan_visit,
    record_visit,
)

__all__ = [
    "Found",
    "Handed",
    "ProfileFacts",
    "RoutingFacts",
    "Wishes",
    "accept_case",
    "accept_plan",
    "add_absence",
    "add_routing_rule",
    "add_skill",
    "agree_transfer",
    "ask_transfer",
    "attach_photos",
    "cancel_visit",
    "choose_second",
    "decline_case",
    "discard_plan",
    "edit_figures",
    "edit_kind",
    "edit_profile",
    "edit_routing_rule",
    "edit_wishes",
    "end_calendar_links",
    "hand_over",
    "keep_plan",
    "keep_replanned",
    "lift_conflict",
    "make_calendar_link",
    "miss_visit",
    "offer_case",
    "offer_cases",
    "offer_each",
    "plan_visit",
    "propose_workers",
    "record_visit",
    "refuse_transfer",
    "refuse_unknown",
    "renew_plan",
    "replan",
    "retire_skill",
    "settle_with_case",
    "solve_day",
    "take_back_absence",
    "take_back_case",
    "undo_decline",
    "undo_hand_over",
    "undo_plan",
    "undo_take_back",
    "withdraw_transfer",
]
