"""Verbs of assignment and visits. Each is keyword-only, checks its right, tells the timeline."""

from welfare.dispatch.services.assigning import (
    accept_case,
    decline_case,
    offer_case,
    offer_cases,
    take_back_case,
)
from welfare.dispatch.services.closing import settle_with_case
from welfare.dispatch.services.photos import attach_photos
from welfare.dispatch.services.visiting import (
    Found,
    cancel_visit,
    miss_visit,
    plan_visit,
    record_visit,
)

__all__ = [
    "Found",
    "accept_case",
    "attach_photos",
    "cancel_visit",
    "decline_case",
    "miss_visit",
    "offer_case",
    "offer_cases",
    "plan_visit",
    "record_visit",
    "settle_with_case",
    "take_back_case",
]
