"""Who among the staff is told of what happened: those whom it concerns and who may know of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from welfare.accounts.queries import active_viewers, mail_addresses
from welfare.cases.queries import load_case
from welfare.cases.queries.deadlines.recipients import fallback
from welfare.cases.queries.help import asker_of, waits_for_one
from welfare.cases.queries.rights import can_see
from welfare.core.errors import NotFound
from welfare.core.security.permissions import SYSTEM, Permission, Viewer
from welfare.households.queries.imports.pages import may_approve, preparers_of
from welfare.intake.queries.addresses import workers_concerned
from welfare.messages.services import Told
from welfare.messages.wording import LINKS, TO_ONE

if TYPE_CHECKING:
    from welfare.cases.models import Case

People = Mapping[int, Viewer]
Payload = Mapping[str, Any]
Concerned = Sequence[tuple[str, int]]
"""The number that it is about, and who is told."""


def staff_concerned(name: str, payload: dict[str, Any]) -> list[Told]:
    """The members of staff whom an event concerns, with their address where they left one."""
    people = {person.user_id: person for person in active_viewers()}
    find = _BY_EVENT.get(name)
    if find is None:
        return []
    found = dict.fromkeys(find(payload, people))
    addresses = mail_addresses({user_id for _about, user_id in found})
    return [
        Told(
            about,
            user_id,
            _link(name, about, people[user_id]),
            addresses.get(user_id),
            name not in ON_THE_DESK,
        )
        for about, user_id in found
        if user_id in people
    ]


ON_THE_DESK = frozenset({"case.escalated"})
"""Events that stand on a desk already: they are told by e-mail alone."""


def _link(name: str, about: str, person: Viewer) -> str:
    """Where to read on; a case that has left them by now is not shown to them."""
    if name in LINKS:
        return LINKS[name]
    if name.startswith("import."):
        return f"/desk/registry/imports/{about}"
    if about.startswith("UM"):
        return f"/desk/complaints/{about}"
    case = _case(about)
    return f"/desk/cases/{about}" if case is None or can_see(person, case) else "/field"


def _case(number: str) -> Case | None:
    try:
        return load_case(number, viewer=SYSTEM)
    except NotFound:
        return None


def _one(payload: Payload, _people: People) -> Concerned:
    return [(payload["number"], payload["worker_id"])]


def _seeing(payload: Payload, people: People) -> Concerned:
    """Whoever is named, where they may see the case."""
    case, person = _case(payload["number"]), people.get(payload["worker_id"])
    return [(case.number, person.user_id)] if case and person and can_see(person, case) else []


def _owners(payload: Payload, _people: People) -> Concerned:
    """Whoever has the case of a request, or the case itself."""
    if "number" not in payload:
        return workers_concerned(dict(payload))
    case = _case(payload["number"])
    return [(case.number, case.assignee_id)] if case and case.assignee_id else []


def _declined(payload: Payload, people: People) -> Concerned:
    """Who offered it; the officers, where they are not there or may not see it any more."""
    case = _case(payload["number"])
    giver = people.get(payload.get("by") or 0)
    if case is None:
        return []
    told = [giver] if giver and can_see(giver, case) else fallback(case, list(people.values()))
    return [(case.number, person.user_id) for person in told]


def _deciders(payload: Payload, people: People) -> Concerned:
    found = [one for one in people.values() if waits_for_one(payload["request"], viewer=one)]
    return [(payload["number"], person.user_id) for person in found]


def _asker(payload: Payload, people: People) -> Concerned:
    """Whoever has the case, and who asked; not who decided."""
    case, asked_by = _case(payload["number"]), asker_of(payload["request"])
    if case is None:
        return []
    told = [people[one] for one in (case.assignee_id, asked_by) if one and one in people]
    return [
        (case.number, person.user_id)
        for person in told
        if can_see(person, case) and person.user_id != payload.get("by")
    ]


def _named(payload: Payload, _people: People) -> Concerned:
    about = payload.get("number") or payload["reference"]
    return [(about, one) for one in payload["to"]]


def _officers(payload: Payload, people: People) -> Concerned:
    case = _case(payload["number"])
    told = fallback(case, list(people.values())) if case else []
    return [(payload["number"], person.user_id) for person in told]


def _keepers(_payload: Payload, people: People) -> Concerned:
    return [("", one.user_id) for one in people.values() if one.can(Permission.MANAGE_LISTS)]


def _approvers(payload: Payload, people: People) -> Concerned:
    number = payload["import"]
    return [(number, one.user_id) for one in people.values() if may_approve(number, viewer=one)]


def _preparers(payload: Payload, _people: People) -> Concerned:
    return [(payload["import"], one) for one in preparers_of(payload["import"])]


_BY_EVENT: dict[str, Callable[[Payload, People], Concerned]] = {
    **dict.fromkeys(TO_ONE, _one),
    "complaint.answered": _owners,
    "complaint.added_to": _owners,
    "complaint.not_helped": _owners,
    "case.sent_back": _owners,
    "referral.answered": _owners,
    "case.task_given": _seeing,
    "case.declined": _declined,
    "help.asked": _deciders,
    "help.decided": _asker,
    "help.undone": _asker,
    "case.escalated": _named,
    "complaint.escalated": _named,
    "rule.could_not": _officers,
    "rule.turned_red": _keepers,
    "import.waiting": _approvers,
    "import.sent_back": _preparers,
}
