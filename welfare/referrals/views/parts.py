"""What referrals put on the page of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from welfare.core.security.permissions import Viewer
from welfare.referrals.labels import STATES, TONES
from welfare.referrals.queries.referrals import ReferralRow, referrals_of_case
from welfare.referrals.workflow import ReferralStatus


@dataclass(frozen=True, slots=True)
class ReferralsPart:
    """The referrals of the case, and their words."""

    rows: list[ReferralRow]
    states: Mapping[ReferralStatus, Any]
    tones: Mapping[ReferralStatus, str]


def referrals_part(case_id: int, _viewer: Viewer) -> ReferralsPart:
    """The slot ``referrals`` of the case page."""
    return ReferralsPart(referrals_of_case(case_id), STATES, TONES)
