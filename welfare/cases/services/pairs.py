"""Two cases held at once, to say something of both."""

from __future__ import annotations

from welfare.cases.models import Case
from welfare.cases.policies import can_change_record
from welfare.cases.queries.loading import load_case, lock_case
from welfare.cases.queries.merging import id_behind
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def hold_both(*, actor: Viewer, number: str, other: str, field: str) -> tuple[Case, Case]:
    """A case that the actor may change and another that they see, locked in the order of their
    ids. ``field`` is where the other's number was typed."""
    for case_id in sorted(one for one in map(id_behind, (number, other)) if one is not None):
        lock_case(case_id)
    case = load_case(number, viewer=actor)
    try:
        far = load_case(other, viewer=actor)
    except NotFound as missing:
        words = _("There is no other case with this number that you may see.")
        raise Refused(words, field=field) from missing
    if not can_change_record(actor, case):
        raise Forbidden
    return case, far
