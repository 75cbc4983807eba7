"""Labels and envelopes to the people of chosen cases, or of a register of recipients."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for

from welfare.core import audit
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.pdf.registers import AtOnce
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.permissions import Viewer
from welfare.core.thai.digits import whole
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.templating import language
from welfare.reports import services
from welfare.reports.documents.addressees import (
    A_SHEET,
    SALUTATIONS,
    LabelLook,
    draw_addressees,
    label_look,
)
from welfare.reports.kinds import ListKind
from welfare.reports.labels import LEFT_OUT
from welfare.reports.queries.addressees import MOST, Destinations, of_cases, of_register
from welfare.reports.views.lists import (
    READERS,
    Answer,
    PrintForm,
    filters_asked,
    lists,
    pdf_answer,
)

WAIT_FOR = {ListKind.LABELS: 240, ListKind.ENVELOPES: 40}
"""So many are drawn while one waits."""
LONGEST = 20_000
MOST_NAMED = 100
"""So many of those left out are named on the page."""


@lists.route("/labels", methods=["GET", "POST"])
@requires(*READERS)
def labels() -> Answer:
    """Whom the letters go to, and what they are put on. Cases ticked in their list come here."""
    picked = request.form.getlist("pick")
    form = PrintForm(formdata=None) if picked or request.method == "GET" else PrintForm()
    text = "\n".join(picked) if picked else request.values.get("cases", "")
    if picked or not form.sent():
        status = 400 if request.method == "POST" and not picked else 200
        return _page(text, form, status)
    if len(text) > LONGEST:
        return _page(text, form, 400, _("At most %(n)s at once. Choose fewer.", n=MOST))
    if _skip_wrong():
        return _page(text, form, 400)
    numbers, wrong = _numbers(text)
    if wrong:
        return _page(text, form, 400, _("This is not the number of a case: %(word)s", word=wrong))
    return _drawn(text, numbers, form)


def _page(text: str, form: PrintForm, status: int, fault: str = "") -> Answer:
    viewer = the_viewer()
    numbers, wrong = _numbers(text) if len(text) <= LONGEST else ([], "")
    by_register = "period" in request.values
    found = _found(viewer, numbers) if (numbers or by_register) and not wrong else None
    asks = request.method == "POST" and found is not None and bool(found.found and found.missed)
    filters = filters_asked() if by_register else None
    body = render_template(
        "lists/labels.html",
        form=form,
        cases=text,
        fault=fault,
        used=filters.as_data() if filters else None,
        span=filters.period.words(language()) if filters else "",
        found=found,
        seen=_mark_of(found) if found else "",
        asks=asks and not fault and not _skip_wrong(),
        look=label_look(request.values),
        skip=_skip_typed(),
        skip_wrong=_skip_wrong(),
        kind=_kind(),
        salutations=SALUTATIONS,
        a_sheet=A_SHEET,
        why=LEFT_OUT,
        most_named=MOST_NAMED,
    )
    return (body, status) if status != 200 else body


def _skip_typed() -> str:
    """How many labels of the first sheet are used, as it was typed."""
    return request.values.get("skip", "").strip()


def _skip_wrong() -> bool:
    """Whether labels are to be drawn and it is no number of labels on a sheet."""
    typed = _skip_typed()
    number = whole(typed, digits=2)
    unfit = bool(typed) and (number is None or number >= A_SHEET)
    return unfit and _kind() is ListKind.LABELS


def _kind() -> ListKind:
    asked = request.values.get("kind_of_paper", "")
    return ListKind.ENVELOPES if asked == ListKind.ENVELOPES else ListKind.LABELS


def _numbers(text: str) -> tuple[list[str], str]:
    """The numbers in their one form, and the first that is none."""
    found = []
    for word in text.replace(",", " ").replace(";", " ").split():
        try:
            found.append(parse_reference(word, prefix=CASE))
        except InputFault:
            return [], word[:30]
    return found, ""


def _found(viewer: Viewer, numbers: list[str]) -> Destinations:
    if "period" in request.values and not numbers:
        return of_register(filters_asked(), viewer=viewer)
    return of_cases(numbers, viewer=viewer)


def _mark_of(found: Destinations) -> str:
    """What a page carries that shows who is left out: other people, another mark."""
    told = "\n".join(f"{one.why} {one.called}" for one in found.missed)
    return keyed_hash(told, purpose="labels.left_out").hex()[:32] if told else ""


def _drawn(text: str, numbers: list[str], form: PrintForm) -> Answer:
    viewer, kind, look = the_viewer(), _kind(), label_look(request.form)
    found = _found(viewer, numbers)
    count = len(found.found)
    if not count:
        return _page(text, form, 422, _("There is nobody whom a letter could go to."))
    if count > MOST:
        raise Refused(_("At most %(n)s at once. Choose fewer.", n=MOST))
    if found.missed and request.form.get("seen", "") != _mark_of(found):
        return _page(text, form, 422)
    noted = {"kind": kind.value, "count": count, "cases": len(numbers)}
    if count > WAIT_FOR[kind]:
        return _later(numbers, kind, look, form, noted)
    made = draw_addressees(found.found, kind, look, presses=AtOnce())
    audit.record(viewer, "addresses.printed", "list", kind.value, noted)
    commit()
    return pdf_answer(made.pdf, kind.value)


def _later(
    numbers: list[str],
    kind: ListKind,
    look: LabelLook,
    form: PrintForm,
    noted: Mapping[str, object],
) -> Answer:
    asked: dict[str, object] = {"look": look.as_data(), "cases": numbers}
    if not numbers:
        asked["register"] = filters_asked().as_data()

    def act() -> str:
        return services.begin_list(actor=the_viewer(), kind=kind, asked=asked, noted=noted)

    made = form.once("list", act)
    flash(_("It is being drawn in the background; you can leave this page."), "success")
    return redirect(url_for("lists.made", public_id=made), 303)
