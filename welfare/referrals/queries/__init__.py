"""Reading referrals: for staff as they may see the case, for an agency what it was sent."""
