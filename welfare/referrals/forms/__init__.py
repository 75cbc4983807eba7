"""Forms of referrals: for staff, for the agency, for the administrator."""
