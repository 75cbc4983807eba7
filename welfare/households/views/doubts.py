"""What is asked back or told before something is kept: doubts, and numbers of people elsewhere."""

from __future__ import annotations

from typing import Any

from flask import request

from welfare.core import audit
from welfare.core.i18n import gettext as _
from welfare.core.thai.identity import IdNumber
from welfare.core.thai.names import sex_of_title
from welfare.core.web import the_viewer
from welfare.households.queries.elsewhere import registered_elsewhere

SURE = "sure_of"
"""The field with the key of the questions that were answered with yes."""


def sure_of() -> str:
    """The key that was sent with a form: to which questions it says yes."""
    return request.form.get(SURE, "")[:16]


def elsewhere_words(digits: str | None) -> str | None:
    """What to say of an ID whose bearer is registered outside the viewer's area: that it is so and
    whom to ask, nothing of the person. Each time is noted in the audit first."""
    viewer = the_viewer()
    number = registered_elsewhere(digits, viewer=viewer)
    if number is None:
        return None
    audit.read(viewer, "person", number, "met_elsewhere")
    return _(
        "Somebody with this number is registered already, in an area that is not yours. Please ask "
        "the officer at the municipality's welfare office to bring them to this household. It has "
        "been noted that you asked."
    )


def met_elsewhere(form: Any, read: IdNumber | None) -> bool:
    """Whether the number in a form belongs to somebody elsewhere; then its field says so."""
    words = elsewhere_words(read.digits) if read else None
    if words:
        form.identifier.errors = [*form.identifier.errors, words]
    return words is not None


def doubted_title(form: Any) -> bool:
    """Whether the title says another sex than what was chosen, and nobody has said it is right."""
    said, chosen = sex_of_title(form.title.data or ""), form.sex.data
    differs = bool(said) and chosen in {"male", "female"} and said != chosen
    return differs and form.title_sure.data != title_and_sex(form)


def title_and_sex(form: Any) -> str:
    """Both as one text, by which an answer is known to be about these two."""
    return f"{form.title.data}/{form.sex.data}"
