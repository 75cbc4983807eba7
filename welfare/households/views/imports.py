"""Lists brought in as files: upload, the meaning of columns, what the rows would do."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from flask import make_response, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.faults import fault_words as words_of_input
from welfare.households.forms.checks import put_on
from welfare.households.forms.imports import (
    ColumnsForm,
    SendBackForm,
    SheetForm,
    UndoForm,
    UploadForm,
    asked_page,
    columns_form,
    sheet_choices,
)
from welfare.households.imports.example import example_workbook
from welfare.households.imports.guards import LARGEST, Fault
from welfare.households.imports.headers import Header, fills_down, village_of_sheet, with_meanings
from welfare.households.imports.reading import Sheet
from welfare.households.imports.refusals import refused_workbook
from welfare.households.imports.wording import (
    FINDINGS,
    OUTCOMES,
    SKIPPED,
    fault_words,
    stayed_words,
)
from welfare.households.queries import villages
from welfare.households.queries.imports.lines import lines, refused_rows
from welfare.households.queries.imports.pages import (
    RowQuestion,
    doubts_of,
    find_import,
    import_file,
    imports,
)
from welfare.households.services.imports import preparing
from welfare.households.services.imports.deciding import ASKED_SINGLY
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.workflow import ImportStatus, RowState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EDITABLE = (ImportStatus.UPLOADED, ImportStatus.CHECKED, ImportStatus.FAILED)
P = Permission


LONG_NUMBER = re.compile(r"\d(?:[ \-.]?\d){7,}")


@blueprint.app_template_filter("without_numbers")
def without_numbers(text: str) -> str:
    """A sample of a column with telephone and identification numbers hidden but for their end:
    what a column holds shows without them."""
    return LONG_NUMBER.sub(lambda found: _but_the_end(found[0]), text)


def _but_the_end(number: str) -> str:
    digits = sum(char.isdigit() for char in number) - 3
    hidden = []
    for char in number:
        hidden.append("x" if char.isdigit() and digits > 0 else char)
        digits -= char.isdigit()
    return "".join(hidden)


@blueprint.route("/registry/imports", methods=["GET", "POST"])
@requires(P.EDIT_REGISTRY, P.APPROVE_IMPORTS)
def all_imports() -> Page | Response:
    """The imports so far, and a place to hand in a file."""
    viewer = the_viewer()
    form = UploadForm()
    if request.method == "GET":
        return _list(form)
    if not viewer.can(P.EDIT_REGISTRY):
        raise Forbidden
    if not form.sent():
        return _list(form, 400)
    try:
        number = form.once("registry.import", lambda: _take(form.file.data))
    except Refused as refused:
        put_on(form, refused)
        return _list(form, 422)
    return redirect(url_for(".import_columns", number=number), code=303)


def _list(form: UploadForm, status: int = 200) -> Page:
    viewer = the_viewer()
    return page(
        "imports/list.html",
        status,
        form=form,
        rows=imports(viewer=viewer),
        may_upload=viewer.can(P.EDIT_REGISTRY),
        most_mb=LARGEST // 1_000_000,
    )


def _take(upload: FileStorage) -> str:
    """Put the upload into a file of its own, if it is not too large already, and take it in."""
    size = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    if size > LARGEST:
        raise Refused(fault_words(Fault.TOO_LARGE), field="file")
    name = (upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / "list"
        upload.save(path)
        return preparing.upload(actor=the_viewer(), path=path, file_name=name).number


@blueprint.route("/registry/imports/<number>/columns", methods=["GET", "POST"])
@requires(P.EDIT_REGISTRY)
def import_columns(number: str) -> Page | Response:
    """What each column means: guessed, shown with samples, changed where the guess is wrong."""
    viewer = the_viewer()
    file = import_file(number, viewer=viewer)
    if not file.may_prepare:
        raise Forbidden
    if file.status not in EDITABLE:
        return redirect(url_for(".import_page", number=number))
    held = find_import(number, viewer=viewer)
    sheets = preparing.outline(held)
    chosen = _chosen_sheet(sheets, held.sheets)
    row = _asked_row() if request.values.get("row") else held.header_row
    try:
        header = preparing.header_of(held, [chosen], at=row)
    except Refused as refused:
        return _columns_page(file, sheets, chosen, None, None, row, 200, refused.message)
    known = held.mapping if chosen.name in held.sheets else {}
    header = with_meanings(header, known) if known else preparing.remembered(header)
    form = _columns_form(file.version, header, chosen, held.sheets, held.village_no, held.fill_down)
    if request.method == "GET":
        shown = _columns_page(file, sheets, chosen, header, form, row)
        audit.read(viewer, "import", number)
        return shown
    if not form.sent():
        return _columns_page(file, sheets, chosen, header, form, row, 400)
    try:
        preparing.check(
            actor=viewer,
            number=number,
            version=form.seen_version,
            layout=_layout(form, header, chosen, sheets, row),
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _columns_page(file, sheets, chosen, header, form, row, 422)
    return redirect(url_for(".import_page", number=number), code=303)


def _asked_row() -> int | None:
    return whole(request.values.get("row", ""), digits=6)


def _chosen_sheet(sheets: list[Sheet], before: list[str]) -> Sheet:
    asked = request.values.get("sheet", "")
    for name in (asked, *before):
        for sheet in sheets:
            if sheet.name == name:
                return sheet
    return sheets[0]


def _columns_form(
    version: int, header: Header, chosen: Sheet, before: list[str], village: int | None, fill: bool
) -> ColumnsForm:
    if chosen.name not in before:
        village, fill = village_of_sheet(chosen, header), fills_down(chosen, header)
    form = columns_form(
        header,
        version=str(version),
        sheet=chosen.name,
        row=str(header.first),
        also=[name for name in before if name != chosen.name],
        village_no="" if village is None else str(village),
        fill_down=fill,
        **{f"c{column.index}": column.meaning.value for column in header.columns},
    )
    viewer = the_viewer()
    mine = [row for row in villages() if viewer.covers(row.village_no)]
    form.village_no.choices = [
        ("", _("None: each row names its village")),
        *((str(row.village_no), row.name_th) for row in mine),
    ]
    form.village_no.data = form.village_no.data or ""
    return form


def _columns_page(
    file: Any, sheets: list[Sheet], chosen: Sheet, header: Header | None, form: ColumnsForm | None,
    row: int | None, status: int = 200, problem: str = "",
) -> Page:  # fmt: skip
    others = [sheet.name for sheet in sheets if sheet.name != chosen.name and sheet.rows]
    if form is not None:
        form.also.choices = sheet_choices(others)
    at = row or (header.first if header else "")
    asking = SheetForm(data={"sheet": chosen.name, "row": str(at)})
    asking.sheet.choices = sheet_choices([sheet.name for sheet in sheets])
    return page(
        "imports/columns.html", status, file=file, form=form, header=header, asking=asking,
        others=others, problem=problem, above=_rows_around(chosen, header),
    )  # fmt: skip


def _rows_around(sheet: Sheet, header: Header | None) -> list[tuple[int, str]]:
    """The first rows as lines of text, so that people see where the headings stand."""
    most = (header.last if header else 12) + 2
    return [
        (row.number, " | ".join(str(cell)[:30] for cell in row.cells if cell is not None)[:160])
        for row in sheet.rows
        if row.number <= most
    ]


def _layout(
    form: ColumnsForm, header: Header, chosen: Sheet, sheets: list[Sheet], row: int | None
) -> preparing.Layout:
    names = {sheet.name for sheet in sheets}
    also = [name for name in form.also.data or [] if name in names and name != chosen.name]
    village = str(form.village_no.data or "")
    return preparing.Layout(
        sheets=(chosen.name, *also),
        header_row=row,
        mapping=form.meanings(header),
        village_no=int(village) if village else None,
        fill_down=bool(form.fill_down.data),
    )


@blueprint.get("/registry/imports/<number>")
@requires(P.EDIT_REGISTRY, P.APPROVE_IMPORTS)
def import_page(number: str) -> Page | Response:
    """Where the import stands: progress, the rows with what they would do, the next step."""
    viewer = the_viewer()
    file = import_file(number, viewer=viewer)
    if file.status == ImportStatus.UPLOADED and file.may_prepare:
        return redirect(url_for(".import_columns", number=number))
    asked = RowQuestion(
        state=request.args.get("state", ""),
        doubt=request.args.get("doubt", "")[:40],
        open_only=request.args.get("open") == "1",
        page=asked_page(),
    )
    shows_rows = not file.removed and not file.at_work and bool(file.counts)
    found = lines(file, asked, viewer=viewer) if shows_rows else None
    told = shows_rows and asked.state in ("doubtful", "refused")
    kinds = doubts_of(file.id, RowState(asked.state)) if told else {}
    values: dict[str, Any] = {
        "file": file,
        "asked": asked,
        "found": found,
        "kinds": {code: (_words(code), count) for code, count in kinds.items()},
        "undecided": {
            code: (_words(code), count, code not in ASKED_SINGLY)
            for code, count in file.undecided.items()
            if code
        },
        "fault": fault_words(file.fault) if file.fault else "",
        "skipped": [(str(SKIPPED.get(code, code)), n) for code, n in file.skipped.items()],
        "outcomes": OUTCOMES,
        "stayed_words": stayed_words,
        "undo": UndoForm(data={"version": str(file.version)}),
        "send_back": SendBackForm(data={"version": str(file.version)}),
    }
    audit.read(viewer, "import", number)
    return page("imports/import.html", **values)


def _words(code: str) -> str:
    return str(FINDINGS[code]) if code in FINDINGS else words_of_input(code)


@blueprint.get("/registry/imports/example.xlsx")
@requires(P.EDIT_REGISTRY)
def import_example() -> Response:
    """A list with the usual mess, to try with."""
    return _workbook(example_workbook(), "example-list.xlsx")


def _workbook(content: bytes, name: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/registry/imports/<number>/refused.xlsx")
@requires(P.EDIT_REGISTRY, P.APPROVE_IMPORTS)
def import_refused(number: str) -> Response:
    """The refused rows with what is wrong of each, to mend and upload again."""
    viewer = the_viewer()
    file = import_file(number, viewer=viewer)
    rows = refused_rows(file, viewer=viewer)
    if not rows:
        raise NotFound
    content = refused_workbook(rows)
    audit.read(viewer, "import", number, "refused_rows")
    return _workbook(content, f"refused-{number}.xlsx")
