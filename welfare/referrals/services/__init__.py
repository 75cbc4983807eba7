"""Verbs of referrals. Each is keyword-only, checks its right, writes timeline and audit."""

from welfare.referrals.services.agencies import add_agency, add_chase_rule, edit_agency
from welfare.referrals.services.answering import (
    answer_as_agency,
    note_opened,
    open_with_code,
    record_answer,
)
from welfare.referrals.services.chasing import remind_of_referrals
from welfare.referrals.services.drafting import draft_referral, edit_referral
from welfare.referrals.services.sending import (
    chase_agency,
    extend_referral,
    issue_referral,
    renew_code,
    withdraw_referral,
)

__all__ = [
    "add_agency",
    "add_chase_rule",
    "answer_as_agency",
    "chase_agency",
    "draft_referral",
    "edit_agency",
    "edit_referral",
    "extend_referral",
    "issue_referral",
    "note_opened",
    "open_with_code",
    "record_answer",
    "remind_of_referrals",
    "renew_code",
    "withdraw_referral",
]
