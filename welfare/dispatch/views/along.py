"""Who goes along, to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch import queries
from welfare.dispatch.policies import as_dispatcher
from welfare.dispatch.queries import CaseAssignments, Member
from welfare.dispatch.queries.seconds import may_go_along, second_among


def companions(members: Iterable[Member], proposed: str) -> list[tuple[str, str]]:
    """The proposal, nobody, and everybody who may, as choices; ``proposed`` is a name, empty where
    it hangs on the worker."""
    first = (
        _("As proposed: %(name)s", name=proposed)
        if proposed
        else _("As proposed beside each worker")
    )
    rest = [(str(one.id), one.name) for one in members]
    return [("", first), ("0", _("Nobody goes along")), *rest]


def companions_of(held: CaseAssignments, day: date, viewer: Viewer) -> list[tuple[str, str]]:
    """Who can go along on a visit of the case's worker, whom the program proposes in front."""
    found = queries.rank([held.case.number], viewer=as_dispatcher(viewer))
    ranked = found[0].ranked if found else ()
    leader = next((one for one in ranked if one.member.id == held.case.assignee_id), None)
    if leader is None:
        return []
    fit = [one.member for one in ranked if one.allowed]
    fit = [one for one in fit if may_go_along(leader.member, one, day)]
    rest = [(str(one.id), one.name) for one in fit]
    if not leader.pair:
        return [("", _("Nobody goes along")), *rest]
    named = [one for one in fit if held.current and one.name == held.current.companion]
    second = second_among(leader.member, [*named, *fit], day)
    if second is None:
        return [("", _("Two must go, and nobody can go along on this day"))]
    return companions(fit, second.name)
