"""From the upload to the question for approval."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, or_, select

from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.text import clean_line
from welfare.households.imports.fields import MANY, Field
from welfare.households.imports.guards import BadFile, Fault, Kind, kind_of, must_bear
from welfare.households.imports.headers import (
    Header,
    fills_down,
    find_header,
    usable,
    village_of_sheet,
    with_meanings,
)
from welfare.households.imports.reading import Sheet, glance
from welfare.households.imports.wording import fault_words
from welfare.households.models import ImportMapping, ImportRow, RegistryImport
from welfare.households.queries.imports.standing import village_names
from welfare.households.services.imports.keeping import keep, opened
from welfare.households.services.imports.loading import prepared, step
from welfare.households.services.writing import must_edit
from welfare.households.workflow import ImportStatus, RowState

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is to be read: chosen sheets, row of the header, meanings by header."""

    sheets: tuple[str, ...]
    header_row: int | None
    mapping: Mapping[str, str]
    village_no: int | None
    fill_down: bool


def upload(*, actor: Viewer, path: Path, file_name: str) -> RegistryImport:
    """Take a file in, after it has been looked at from outside and then opened where it can do no
    harm. ``Refused`` in words for one that cannot be read."""
    must_edit(actor)
    try:
        kind = kind_of(path)
        must_bear(file_name, kind)
        sheets = glance(path, kind)
        _must_be_table(kind, sheets)
    except BadFile as bad:
        raise Refused(fault_words(bad.fault), field="file") from None
    stored_id, digest = keep(path)
    held = RegistryImport(
        number=secrets.token_hex(6),
        status=ImportStatus.UPLOADED,
        file_name=clean_line(file_name)[-LONGEST_NAME:] or "?",
        file_kind=kind.value,
        size=path.stat().st_size,
        sha256=digest,
        stored_id=stored_id,
        uploaded_by_id=actor.user_id,
        uploaded_by=actor.username,
        uploaded_at=clock.now(),
    )
    _first_guess(held, sheets)
    db.session.add(held)
    audit.record(
        actor, "import.uploaded", "import", held.number, {"kind": kind.value, "size": held.size}
    )
    db.session.flush()
    return held


def _must_be_table(kind: Kind, sheets: Sequence[Sheet]) -> None:
    """Text whose lines have no cells in common, and no headings, is no list."""
    if kind is not Kind.CSV or any(find_header(sheet) for sheet in sheets):
        return
    widths = [len(row.cells) for sheet in sheets for row in sheet.rows]
    usual = max(set(widths), key=widths.count)
    if usual < 2 or widths.count(usual) * 2 < len(widths):
        raise BadFile(Fault.NOT_SPREADSHEET)


def _first_guess(held: RegistryImport, sheets: Sequence[Sheet]) -> None:
    """The sheet with the best header, and what it is thought to say."""
    headers = [(sheet, find_header(sheet)) for sheet in sheets if sheet.rows]
    found = [(sheet, header) for sheet, header in headers if header is not None]
    visible = [pair for pair in found if not pair[0].hidden] or found
    if not visible:
        held.sheets = [next(sheet.name for sheet in sheets if sheet.rows)]
        return
    sheet, header = max(visible, key=lambda pair: sum(c.sure for c in pair[1].columns))
    header = remembered(header)
    held.sheets = [sheet.name]
    held.mapping = {column.name: column.meaning.value for column in header.columns}
    village = village_of_sheet(sheet, header)
    held.village_no = village if village in village_names() else None
    held.fill_down = fills_down(sheet, header)


def remembered(header: Header) -> Header:
    """The header with what people said of these columns the last time."""
    kept = db.session.get(ImportMapping, header.fingerprint)
    return with_meanings(header, kept.mapping) if kept is not None else header


def outline(held: RegistryImport) -> list[Sheet]:
    """All sheets with their first rows, for the page where columns are given their meaning."""
    with opened(held) as path:
        try:
            return glance(path, Kind(held.file_kind))
        except BadFile as bad:
            raise Refused(fault_words(bad.fault), field="file") from None


def header_of(held: RegistryImport, sheets: Sequence[Sheet], *, at: int | None = None) -> Header:
    """The header of the first chosen sheet. ``Refused`` where there is none."""
    chosen = [sheet for sheet in sheets if sheet.name in held.sheets] or list(sheets)
    header = find_header(chosen[0], at=at or held.header_row) if chosen else None
    if header is None:
        raise Refused(fault_words(Fault.NO_HEADER), field="header_row")
    return header


def check(*, actor: Viewer, number: str, version: int, layout: Layout) -> RegistryImport:
    """Settle how the file is read, remember it for the next time, and ask for the dry run."""
    held = prepared(number, actor=actor, version=version)
    if not layout.sheets:
        raise Refused(_("Please choose at least one sheet."), field="sheets")
    meanings = [Field(value) for value in layout.mapping.values()]
    for meaning in set(meanings) - MANY:
        if meanings.count(meaning) > 1:
            raise Refused(_("Two columns cannot mean the same. Please change one of them."))
    held.sheets = list(layout.sheets)
    held.header_row = layout.header_row
    held.mapping = dict(layout.mapping)
    held.village_no = layout.village_no
    held.fill_down = layout.fill_down
    header = with_meanings(header_of(held, outline(held)), held.mapping)
    if not usable(header):
        raise Refused(_("Please say which column holds the name, the ID number or the house."))
    _remember(header, held, actor)
    _start_check(held, actor)
    return held


def _start_check(held: RegistryImport, actor: Viewer) -> None:
    held.fault, held.attempts = "", 0
    held.counts = {}
    step(held, ImportStatus.CHECKING, actor)


def _remember(header: Header, held: RegistryImport, actor: Viewer) -> None:
    kept = db.session.get(ImportMapping, header.fingerprint)
    if kept is None:
        kept = ImportMapping(fingerprint=header.fingerprint)
        db.session.add(kept)
    kept.mapping = {column.name: column.meaning.value for column in header.columns}
    kept.used_by, kept.used_at = actor.username, clock.now()
    held.mapping = kept.mapping


def check_again(*, actor: Viewer, number: str, version: int) -> RegistryImport:
    """The same dry run once more: after a fault, or because the registry has changed."""
    held = prepared(number, actor=actor, version=version)
    _start_check(held, actor)
    return held


def ask_for_approval(*, actor: Viewer, number: str, version: int) -> RegistryImport:
    """Ask a second person. ``Refused`` where nothing would go in."""
    held = prepared(number, actor=actor, version=version)
    ready = or_(
        ImportRow.state.in_([RowState.NEW, RowState.CHANGED]),
        (ImportRow.state == RowState.DOUBTFUL) & ImportRow.choice.not_in(["", "skip"]),
    )
    count = db.session.scalar(
        select(func.count()).select_from(ImportRow).where(ImportRow.import_id == held.id, ready)
    )
    if not count:
        raise Refused(_("No row of this file would change anything."))
    held.asked_by_id, held.asked_at = actor.user_id, clock.now()
    held.sent_back_reason, held.sent_back_by_id, held.sent_back_at = "", None, None
    step(held, ImportStatus.WAITING, actor, {"rows": count})
    outbox.publish("import.waiting", {"import": held.number})
    return held


def take_back(*, actor: Viewer, number: str, version: int) -> RegistryImport:
    """Back to the rows: nothing is approved yet."""
    held = prepared(number, actor=actor, version=version)
    step(held, ImportStatus.CHECKED, actor)
    return held


def abandon(*, actor: Viewer, number: str, version: int) -> RegistryImport:
    """Give it up: file and rows go at once."""
    from welfare.households.services.imports.keeping import clear

    held = prepared(number, actor=actor, version=version)
    step(held, ImportStatus.ABANDONED, actor)
    clear(held)
    db.session.flush()
    return held
