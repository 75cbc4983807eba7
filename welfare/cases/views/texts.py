"""Standard texts offered where something is written: put into the field, never sent from there."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from welfare.cases import queries
from welfare.cases.kinds import Blank, TextUse
from welfare.cases.labels import TEXT_USES
from welfare.cases.queries import CaseFile
from welfare.cases.queries.filling import fill
from welfare.cases.queries.lists import texts_for
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.thai.dates import format_long
from welfare.core.thai.phones import format_phone
from welfare.core.web.choices import offered

USES: dict[str, frozenset[TextUse]] = {
    "note": frozenset({TextUse.NOTE, TextUse.CITIZEN}),
    "wait": frozenset({TextUse.NOTE, TextUse.CITIZEN}),
    "close": frozenset({TextUse.CLOSING}),
}
"""Which texts each form of the case page offers."""
FIELDS = {"note": "text", "wait": "reason", "close": "outcome_note"}
"""Into which of its fields they are put."""


def wants_text() -> bool:
    """Whether the form was sent to have a standard text put into it, and nothing else."""
    return "fill" in request.form


def offer_texts(form: Any, name: str, case: CaseFile) -> None:
    """Let a form of the case page offer what fits the case."""
    rows = texts_for(case.category_id, case.status, USES[name])
    named = ((str(row.id), f"{row.name} · {TEXT_USES[row.use]}") for row in rows)
    form.standard.choices = offered([("", _("None chosen")), *named])


def put_text(form: Any, name: str, case: CaseFile) -> None:
    """Put the chosen text beneath what is written already; the rest of the form is not judged."""
    for one in form:
        one.errors = ()
    rows = texts_for(case.category_id, case.status, USES[name])
    row = next((row for row in rows if str(row.id) == form.standard.data), None)
    if row is not None:
        field = form[FIELDS[name]]
        written = (field.data or "").rstrip()
        words = fill(row.body, blanks_of(case))
        field.data = f"{written}\n\n{words}" if written else words
    form.standard.data = ""


def blanks_of(case: CaseFile) -> dict[Blank, str]:
    """What stands in the blanks for a case, in the language of the citizens."""
    category = queries.category_by_id(case.category_id)
    town = current_app.extensions["municipality_words"].get()
    return {
        Blank.NUMBER: case.number,
        Blank.CATEGORY: category.name("th") if category else "",
        Blank.TODAY: format_long(clock.today(), lang="th"),
        Blank.DUE: format_long(clock.local(case.due_at).date(), lang="th"),
        Blank.WORKER: case.worker,
        Blank.OFFICE: town.name_th,
        Blank.PHONE: format_phone(town.phone) if town.phone else "",
    }
