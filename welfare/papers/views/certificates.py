"""What is wrong with the certificate that signs papers, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.municipality import the_municipality
from welfare.papers.kinds import KeySource
from welfare.papers.queries.signing import IdentityRow

SOON = timedelta(days=90)


def certificate_fault(known: Sequence[IdentityRow]) -> str:
    """Of all certificates, the one that signs first; empty where nothing is wrong."""
    if not known:
        return _("There is none. It is made here at once, or with the first paper that is issued.")
    left = known[0].valid_until - clock.now()
    if left <= timedelta(0):
        return _("It has ended: readers of papers issued from now on are warned. Make another.")
    if left < SOON:
        return _("It ends in %(n)s days. Make another before.", n=left.days)
    if known[0].source is KeySource.OWN and the_municipality().name_th[:64] not in known[0].subject:
        return _("It does not carry the name of the municipality. Make another.")
    return ""
