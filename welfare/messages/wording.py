"""What messages say: a reference and where to read on; never a trouble, a programme or a name."""

from __future__ import annotations

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l

CITIZEN_NEWS = {
    "complaint.filed": _l("We have received your request."),
    "complaint.asked": _l("The office has a question about your request. Please answer it."),
    "complaint.accepted": _l("The office has taken up your request."),
    "complaint.referred": _l("Your request has been passed to the agency in charge."),
    "complaint.declined": _l("There is a decision on your request."),
    "case.note_public": _l("There is news about your request."),
    "case.closed": _l("The work on your request is finished. Please tell us whether it helped."),
    "case.reopened": _l("The office has taken your request up again."),
}
"""Which events a citizen hears of, and how."""

AGENCY_NEWS = {
    "referral.sent": _l("We have referred somebody to you by letter and ask for your help."),
    "referral.chased": _l("We ask again for your answer to our letter."),
}
"""Which events an agency hears of, and how."""

STAFF_NEWS = {
    "case.assigned": _l("given to you"),
    "case.task_given": _l("a task is given to you"),
    "case.left": _l("is no longer yours; you have nothing more to do for it"),
    "case.declined": _l("declined by the worker; it needs somebody else"),
    "case.handed_over": _l("handed over to you"),
    "case.transfer_asked": _l("you are asked to take it over"),
    "case.transfer_agreed": _l("was taken over as asked"),
    "case.transfer_refused": _l("is not taken over; it stays where it was"),
    "visit.along": _l("you go along with a colleague on a visit"),
    "visit.not_along": _l("you need not go along on a visit any more"),
    "visit.second_chosen": _l("somebody else goes along on a visit of yours, or nobody"),
    "complaint.answered": _l("the citizen has answered"),
    "complaint.added_to": _l("the citizen has added something"),
    "complaint.not_helped": _l("the citizen says that it did not help"),
    "complaint.escalated": _l("nobody has answered it; see to its deadline"),
    "case.sent_back": _l("the manager sent the closing back"),
    "case.part_of_another": _l("became part of another case, which a colleague works on"),
    "case.yours_again": _l("is a case of its own again, and yours"),
    "case.escalated": _l("see to its deadline"),
    "help.asked": _l("help is asked for and waits for your decision"),
    "help.decided": _l("there is a decision on the help asked for"),
    "help.undone": _l("the decision on the help asked for was taken back; it waits again"),
    "import.waiting": _l("waits for your approval"),
    "import.sent_back": _l("was sent back to you"),
    "referral.answered": _l("an agency has answered a referral"),
    "rule.could_not": _l("a rule could not run; the case is the officer's"),
    "rule.turned_red": _l("A rule cannot run. See which, and what to do."),
}
"""Which events members of staff hear of, and how."""

YOURS = frozenset(
    {
        "case.assigned",
        "case.handed_over",
        "case.yours_again",
        "case.task_given",
        "case.sent_back",
        "referral.answered",
        "complaint.answered",
        "complaint.added_to",
        "complaint.not_helped",
    }
)
"""What whoever has a case is told of it; put away once it has left them."""
LEFT = frozenset({"case.left", "case.let_go", "case.part_of_another"})
"""Events by which a case leaves ``worker_id``."""
COMES = frozenset({"case.assigned", "case.handed_over", "case.yours_again"})
"""Events by which a case comes to ``worker_id``, for the first time or again."""
TO_ONE = frozenset(
    {
        "case.assigned",
        "case.handed_over",
        "case.transfer_asked",
        "case.transfer_agreed",
        "case.transfer_refused",
        "case.left",
        "case.part_of_another",
        "case.yours_again",
        "visit.along",
        "visit.not_along",
        "visit.second_chosen",
    }
)
"""Events that say themselves who is told (``worker_id``), not whoever has the case."""
OPPOSITE = {"visit.along": "visit.not_along", "visit.not_along": "visit.along"}
"""What one event about a visit makes untrue of another that told the same person."""
LINKS = {
    "visit.along": "/field#along",
    "visit.not_along": "/field",
    "case.transfer_asked": "/field#asked",
    "case.left": "/field",
    "case.part_of_another": "/field",
    "rule.turned_red": "/admin/rules",
}
"""Where an event leads when it is not the page of the case: who is asked does not see that yet, and
who lost it may not see the other."""


def citizen_subject(reference: str) -> str:
    """The subject line of a message to a citizen."""
    return _("Request %(reference)s", reference=reference)


def citizen_text(event: str, reference: str, track_address: str, office: str, phone: str) -> str:
    """The text of a message to a citizen."""
    lines = [
        _("Request %(reference)s", reference=reference),
        str(CITIZEN_NEWS[event]),
        _(
            "Read more with your reference and your secret number: %(address)s",
            address=track_address,
        ),
        f"{office} {phone}".strip(),
    ]
    return "\n\n".join(lines)


def staff_subject(event: str, about: str) -> str:
    """What a member of staff reads at the desk: a number and what it is about."""
    news = STAFF_NEWS[event]
    if not about:
        return str(news)
    if event.startswith("import."):
        return _("Import %(number)s: %(news)s", number=about, news=news)
    if about.startswith("UM"):
        return _("Request %(number)s: %(news)s", number=about, news=news)
    return _("Case %(number)s: %(news)s", number=about, news=news)


def staff_text(event: str, about: str, address: str) -> str:
    """The text of an e-mail to a member of staff: a number and where to sign in."""
    lines = [
        staff_subject(event, about),
        _("Sign in to read on: %(address)s", address=address),
        _("You hear of this because your address stands with your account."),
    ]
    return "\n\n".join(lines)


def agency_subject(letter_no: str, office: str) -> str:
    """The subject line of a message to an agency."""
    return _("%(office)s, letter %(no)s", office=office, no=letter_no)


def agency_text(event: str, letter_no: str, address: str, office: str, phone: str) -> str:
    """The text of a message to an agency: where to read on, nothing of the matter."""
    lines = [
        _("%(office)s, letter %(no)s", office=office, no=letter_no),
        str(AGENCY_NEWS[event]),
        _("Read the letter and answer here, without an account: %(address)s", address=address),
        _("Please keep this address to those who deal with the matter."),
        f"{office} {phone}".strip(),
    ]
    return "\n\n".join(lines)
