"""The rows of an import as its page shows them: what was read, what would change, who it may be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import format_long
from welfare.core.thai.identity import mask_id
from welfare.core.thai.phones import mask_phone
from welfare.core.web.faults import fault_words
from welfare.core.web.templating import language
from welfare.households import labels
from welfare.households.imports.findings import Finding, finding_from
from welfare.households.imports.refusals import RefusedRow
from welfare.households.imports.wording import FINDINGS, field_words
from welfare.households.likeness import Sign
from welfare.households.likeness.words import words as sign_words
from welfare.households.models import Household, ImportRow, Person
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.imports.pages import PAGE, ImportFile, RowQuestion, sees_numbers
from welfare.households.queries.rows import PersonRow
from welfare.households.workflow import RowState

_NUMBERS = re.compile(r"[0-9๐-๙](?=(?:\D*[0-9๐-๙]){3})")
_WORDS = {
    "sex": labels.SEX,
    "relation": labels.RELATION,
    "disability": labels.DISABILITY,
    "tenure": labels.TENURE,
    "condition": labels.CONDITION,
    "water": labels.YES_NO,
    "electricity": labels.YES_NO,
    "toilet": labels.YES_NO,
    "welfare_card": labels.YES_NO,
    "marital_status": labels.MARITAL,
    "id_kind": labels.ID_KIND,
}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words."""

    level: str
    code: str
    column: str
    read: str
    right: str
    words: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact in words, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody of the registry who may be meant."""

    person: PersonRow
    why: tuple[str, ...]
    but: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page."""

    id: int
    sheet: str
    number: int
    state: RowState
    name: str
    place: str
    person_number: str
    household_number: str
    said: tuple[Said, ...]
    changes: tuple[Changed, ...]
    deeds: tuple[str, ...]
    offers: tuple[Offer, ...]
    only_them: bool
    """Whether "somebody new" cannot be said: the number is somebody's already."""
    choice: str
    outcome: str


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page of rows; ``total`` answers to the question."""

    lines: tuple[Line, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


def lines(file: ImportFile, asked: RowQuestion, *, viewer: Viewer) -> LinePage:
    """The rows that answer, in the order of the file; the import was found by right."""
    where = asked.conditions(file.id)
    total = db.session.scalar(select(func.count()).select_from(ImportRow).where(*where)) or 0
    page = min(max(asked.page, 1), max(1, -(-total // PAGE)))
    rows = db.session.execute(
        select(
            ImportRow.id, ImportRow.sheet, ImportRow.row_no, ImportRow.state, ImportRow.doubts,
            ImportRow.choice, ImportRow.outcome, ImportRow.payload, ImportRow.person_id,
            ImportRow.household_id,
        )
        .where(*where)
        .order_by(ImportRow.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()  # fmt: skip
    kept = [json.loads(row.payload) for row in rows]
    people = _people(
        {one[0] for payload in kept for one in payload["candidates"]}
        | {row.person_id for row in rows if row.person_id},
        viewer,
    )
    houses = _houses({row.household_id for row in rows if row.household_id}, viewer)
    masked = not sees_numbers(viewer, file.uploaded_by)
    found = tuple(
        _line(row, payload, people, houses, masked) for row, payload in zip(rows, kept, strict=True)
    )
    return LinePage(found, total, page)


def _people(ids: set[int], viewer: Viewer) -> dict[int, PersonRow]:
    if not ids:
        return {}
    rows = db.session.execute(
        people_statement().where(Person.id.in_(sorted(ids)), person_in_area(viewer))
    )
    return {row.id: person_row(row) for row in rows}


def _houses(ids: set[int], viewer: Viewer) -> dict[int, str]:
    """Numbers of the houses that rows speak of, as far as the viewer may see them."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(Household.id, Household.number).where(Household.id.in_(sorted(ids)), in_area(viewer))
    )
    return {row.id: row.number for row in rows}


def _line(
    row: Any, kept: dict[str, Any], people: dict[int, PersonRow], houses: dict[int, str],
    masked: bool,
) -> Line:  # fmt: skip
    values = kept["values"]
    person, house = values["person"], values["house"]
    name = labels_name(person) or _first_cell(values["cells"])
    return Line(
        id=row.id,
        sheet=row.sheet,
        number=row.row_no,
        state=row.state,
        name=name,
        place=labels.address(str(house.get("house_no", "")), house.get("village_no"))
        if house
        else "",
        person_number=kept["person_number"]
        or (people[row.person_id].number if row.person_id in people else ""),
        household_number=houses.get(row.household_id, ""),
        said=tuple(said(finding_from(one), masked) for one in values["findings"]),
        changes=tuple(_changed(*one) for one in kept["alterations"]),
        deeds=tuple(_deeds(kept)),
        offers=tuple(
            Offer(people[one[0]], tuple(_signs(one[3])), tuple(_signs(one[4])))
            for one in kept["candidates"]
            if one[0] in people
        ),
        only_them=",id_other_name," in row.doubts,
        choice=row.choice,
        outcome=row.outcome,
    )


def labels_name(person: dict[str, Any]) -> str:
    """Title, first and last name of a row."""
    title, first = person.get("title", ""), person.get("first_name", "")
    return f"{title}{first} {person.get('last_name', '')}".strip()


def _first_cell(cells: dict[str, str]) -> str:
    return next((text for text in cells.values() if not text[:1].isdigit()), "")


def _signs(codes: list[str]) -> list[str]:
    known = set(Sign)
    return sign_words(tuple(Sign(code) for code in codes if code in known))


def said(found: Finding, masked: bool) -> Said:
    """A finding in words; numbers of people are hidden from who may not see them whole."""
    words = str(FINDINGS[found.code]) if found.code in FINDINGS else fault_words(found.code)
    read, right = found.read, found.right
    if masked and found.code.startswith(("id_", "phone_")):
        read, right = _NUMBERS.sub("x", read), _NUMBERS.sub("x", right)
    return Said(found.level.value, found.code, found.column, read, right, words)


def _changed(scope: str, name: str, before: Any, after: Any) -> Changed:
    return Changed(field_words(name, scope), _word(name, before), _word(name, after))


def _word(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name in _WORDS:
        return labels.word(_WORDS[name], str(value))
    if name == "identifier":
        return mask_id(str(value))
    if name == "phone":
        return mask_phone(str(value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return format_long(date.fromisoformat(value), lang=language())
    return str(value)


def _deeds(kept: dict[str, Any]) -> Iterator[str]:
    """What the row would do besides changing facts."""
    if kept["person"] == "new":
        yield _("A new person")
    if kept["house"] == "new":
        yield _("A new household")
    if kept["join"] and kept["person"] != "new":
        yield _("Comes to belong to the household")
    if kept["leaves"]:
        yield _("Leaves the household of before")
    if kept["values"]["extras"]:
        yield _("%(n)s columns are kept as they are", n=len(kept["values"]["extras"]))


def refused_rows(file: ImportFile, *, viewer: Viewer) -> list[RefusedRow]:
    """Every refused row with all that is wrong of it, one line for each fault."""
    masked = not sees_numbers(viewer, file.uploaded_by)
    rows = db.session.execute(
        select(ImportRow.sheet, ImportRow.row_no, ImportRow.payload)
        .where(ImportRow.import_id == file.id, ImportRow.state == RowState.REFUSED)
        .order_by(ImportRow.id)
    )
    found = []
    for row in rows:
        values = json.loads(row.payload)["values"]
        cells = values["cells"]
        if masked:
            cells = {name: _NUMBERS.sub("x", text) for name, text in cells.items()}
        for finding in map(finding_from, values["findings"]):
            if finding.level.value == "refused":
                one = said(finding, masked)
                found.append(
                    RefusedRow(
                        row.sheet, row.row_no, one.column, one.read, one.right, one.words, cells
                    )
                )
    return found
