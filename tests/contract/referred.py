"""Referrals of the contract's town: one sent, one prepared, and one of the restricted case, which
holds its secret."""

from __future__ import annotations

from typing import Any

from tests import cast
from tests.referrals import agency, draft, row, sent


def build(town: Any) -> None:
    """All committed."""
    from tests.contract.town import CASE_SECRET

    town.agency = agency()
    town.referral = sent(town.case, town.agency, cast.KAN)
    town.referral_reference = row(town.referral).reference
    town.draft_referral = draft(town.case, town.agency, cast.KAN)
    sent(town.restricted, town.agency, cast.ORN, subject=CASE_SECRET, purpose=CASE_SECRET)
