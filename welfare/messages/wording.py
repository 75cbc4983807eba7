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

WORKER_NEWS = {
    "case.assigned": _l("given to you"),
    "case.handed_over": _l("handed over to you"),
    "case.transfer_asked": _l("you are asked to take it over"),
    "case.transfer_agreed": _l("was taken over as asked"),
    "case.transfer_refused": _l("is not taken over; it stays where it was"),
    "complaint.answered": _l("the citizen has answered"),
    "complaint.added_to": _l("the citizen has added something"),
    "complaint.not_helped": _l("the citizen says that it did not help"),
    "case.sent_back": _l("the manager sent the closing back"),
    "referral.answered": _l("an agency has answered a referral"),
}
"""Which events the worker of a case hears of, and how."""

TO_ONE = frozenset(
    {
        "case.assigned",
        "case.handed_over",
        "case.transfer_asked",
        "case.transfer_agreed",
        "case.transfer_refused",
    }
)
"""Events that say themselves who is told (``worker_id``), not whoever has the case."""
LINKS = {"case.transfer_asked": "/field#asked"}
"""Where an event leads when it is not the page of the case: who is asked does not see that yet."""


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


def worker_subject(event: str, number: str) -> str:
    """What a caseworker reads at the desk."""
    return _("Case %(number)s: %(news)s", number=number, news=WORKER_NEWS[event])


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
