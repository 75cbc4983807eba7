"""Issuing what a domain fills: the sheet becomes a paper that stays as it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.papers.facts import Draw, sheet_words
from welfare.papers.parts import Sheet, kind_of, subject_of
from welfare.papers.policies import can_issue
from welfare.papers.queries.papers import in_force
from welfare.papers.queries.rights import about_by_number
from welfare.papers.services.ahead import Ahead, issue_ahead
from welfare.papers.services.issuing import NewPaper, issue_paper

Once = Callable[[str, Callable[[], str]], str]
"""Does something once under a name, and says afterwards what came of it."""


def issue_sheet(
    *, actor: Viewer, kind_code: str, number: str, sheet: Sheet, draw: Draw | Ahead
) -> str:
    """Issue it about the thing of this number (empty: about nobody in particular); returns its
    public id.

    ``Refused`` where the sheet cannot be issued yet, or one that holds of the same thing was.
    """
    kind = kind_of(kind_code)
    subject = kind.about[0]
    about = about_by_number(subject, number, actor)
    if not can_issue(actor, kind, about):
        raise Forbidden
    if sheet.hindrance:
        raise Refused(sheet.hindrance)
    if kind.once and in_force(kind.code, sheet.source):
        raise Refused(_already())
    new = NewPaper(
        kind.code, subject, number, sheet.title, sheet.recipient,
        words=sheet_words(sheet),
        own_number=sheet.own_number,
        source=sheet.source if kind.once else f"{sheet.source}#{secrets.token_hex(4)}",
    )  # fmt: skip
    try:
        made = issue_paper(actor=actor, new=new, draw=draw)
    except IntegrityError as error:  # somebody was quicker
        db.session.rollback()
        raise Refused(_already()) from error
    if about is not None:
        told = {"verb": "issued", "kind": kind.code, "number": made.number}
        subject_of(subject).tell(actor, about.id, told | {"paper": made.public_id})
    return made.public_id


def issue_sheet_once(
    *, actor: Viewer, kind_code: str, number: str, sheet: Sheet, draw: Draw, once: Once
) -> str:
    """The same for a form that may be sent twice: ``once`` is the form's. Drawn ahead, but where it
    is known that nothing comes of it, or that the same form was sent before."""

    def act(drawn: Draw | Ahead) -> str:
        return once(
            f"paper.sheet:{kind_code}:{number}:{sheet.source}",
            lambda: issue_sheet(
                actor=actor, kind_code=kind_code, number=number, sheet=sheet, draw=drawn
            ),
        )

    kind = kind_of(kind_code)
    if sheet.hindrance or (kind.once and in_force(kind.code, sheet.source)):
        return act(draw)
    return issue_ahead(kind_code=kind_code, draw=draw, act=act, own_number=sheet.own_number)


def _already() -> str:
    return _("This was issued already. Print a copy, or take it back first.")
