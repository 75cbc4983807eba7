"""Pages of referrals: at the desk, for the administrator, for the agency without an account."""

from welfare.referrals.views import agency, desk, follow, lists
from welfare.referrals.views.blueprints import admin_lists, agency_pages, referrals

__all__ = ["admin_lists", "agency", "agency_pages", "desk", "follow", "lists", "referrals"]
