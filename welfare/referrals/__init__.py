"""Referrals to other agencies: the directory, what is shared, the letter, the answer, chasing."""
