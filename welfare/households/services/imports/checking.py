"""The dry run: every row read and held against the registry, nothing of the registry touched."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import delete, insert, select

from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.outskirts import far_km
from welfare.core.security.permissions import Viewer
from welfare.core.storage.progress import note_progress
from welfare.households.imports.body import Body
from welfare.households.imports.findings import Finding, Level
from welfare.households.imports.guards import BadFile, Fault, Kind
from welfare.households.imports.headers import find_header, village_of_sheet, with_meanings
from welfare.households.imports.reading import Sheet, read_sheets
from welfare.households.imports.rows import RowReader, Surroundings
from welfare.households.imports.values import RowValues
from welfare.households.models import ImportRow, RegistryImport
from welfare.households.queries.imports.standing import village_names
from welfare.households.queries.map import doubt_of, village_bounds
from welfare.households.services.imports.keeping import opened
from welfare.households.services.imports.plan import RowPlan
from welfare.households.services.imports.planning import Planner, Told
from welfare.households.workflow import ImportStatus

CHUNK = 1000
READING, PLANNING, STORING = "reading", "planning", "storing"


def run_check(import_id: int, actor: Viewer) -> None:
    """Read and plan the rows, then store them and the counts in one transaction. Commits.

    Killed half-way it leaves the import as it was, waiting for its dry run. Raises ``BadFile``.
    """
    expect_writes(False)
    held = db.session.get_one(RegistryImport, import_id)
    version, number = held.version, held.number
    note_progress(number, READING, 0, 1)
    rows, skipped = read_rows(held)
    if not rows:
        raise BadFile(Fault.NO_ROWS)

    def tell(done: int) -> None:
        note_progress(number, PLANNING, done, len(rows))

    tell(0)
    doubt_far_places(rows, actor)
    plans = Planner(actor, tell=tell).plan([Told(values) for values in rows])
    begin_writing(db.session)
    note_progress(number, STORING, 0, len(plans))
    _store(import_id, version, plans, skipped)
    db.session.commit()


def read_rows(held: RegistryImport) -> tuple[list[RowValues], Counter[str]]:
    """What all rows of the chosen sheets say, and how many were left out for which reason."""
    skipped: Counter[str] = Counter()
    rows: list[RowValues] = []
    with opened(held) as path:
        sheets = read_sheets(path, Kind(held.file_kind), held.sheets)
    chosen = [sheet for sheet in sheets if sheet.name in held.sheets] or sheets[:1]
    around = Surroundings(village_names(), clock.today(), held.village_no)
    for place, sheet in enumerate(chosen):
        rows += _sheet_rows(held, sheet, around, place, skipped)
    return rows, skipped


def doubt_far_places(rows: list[RowValues], actor: Viewer) -> None:
    """A place far outside the villages is asked about, as on the form of a house. Whether two
    columns of degrees were mistaken for each other is said."""
    placed = [row for row in rows if {"lat", "lng"} <= row.house.keys()]
    if not placed:
        return
    edge = far_km()
    bounds = village_bounds(actor, edge)
    for row in placed:
        lat, lng = row.house["lat"], row.house["lng"]
        doubt = doubt_of(lat, lng, bounds, edge)
        if doubt is not None:
            right = f"{lng:g}, {lat:g}" if doubt.turned else f"+{doubt.km} km"
            row.findings.append(
                Finding(Level.DOUBTFUL, "far_place", "", f"{lat:g}, {lng:g}", right)
            )


def _sheet_rows(
    held: RegistryImport, sheet: Sheet, around: Surroundings, place: int, skipped: Counter[str]
) -> Iterator[RowValues]:
    header = find_header(sheet, at=held.header_row if place == 0 else None)
    if header is None:
        raise BadFile(Fault.NO_HEADER)
    header = with_meanings(header, held.mapping)
    own = village_of_sheet(sheet, header) if place else None
    if own in around.villages:
        around = replace(around, village_no=own)
    reader = RowReader(sheet.name, header, around)
    body = Body(sheet, header, held.fill_down)
    for row in body:
        yield reader.read(row.number, row.cells)
    skipped.update(body.skipped)


def _store(import_id: int, version: int, plans: list[RowPlan], skipped: Counter[str]) -> None:
    held = db.session.scalar(
        select(RegistryImport)
        .where(RegistryImport.id == import_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if held is None or held.version != version or held.status != ImportStatus.CHECKING:
        return
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
    for chunk in _chunks(plans):
        db.session.execute(insert(ImportRow), [_row(import_id, plan) for plan in chunk])
    counts = Counter(plan.state.value for plan in plans)
    held.counts = {**counts, **{f"skipped_{name}": n for name, n in skipped.items()}}
    held.villages = sorted(
        {v for plan in plans if (v := plan.values.house.get("village_no")) is not None}
    )
    held.status = ImportStatus.CHECKED
    held.checked_at, held.fault, held.attempts = clock.now(), "", 0
    actor = Viewer(
        held.uploaded_by_id, held.uploaded_by, held.uploaded_by, frozenset(), frozenset()
    )
    audit.record(actor, "import.checked", "import", held.number, dict(held.counts))


def _row(import_id: int, plan: RowPlan) -> dict[str, object]:
    return {
        "import_id": import_id,
        "sheet": plan.values.sheet[:120],
        "row_no": plan.values.number,
        "state": plan.state,
        "doubts": plan.doubts,
        "payload": json.dumps(plan.kept(), ensure_ascii=False, separators=(",", ":")),
        "person_id": plan.person_id,
        "household_id": plan.household_id,
        "choice": "",
        "outcome": "",
    }


def _chunks(plans: list[RowPlan]) -> Iterable[list[RowPlan]]:
    for start in range(0, len(plans), CHUNK):
        yield plans[start : start + CHUNK]
