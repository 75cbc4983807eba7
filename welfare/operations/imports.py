"""`import households FILE`: the same import as the pages make, by whoever runs the machine."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale

from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.households.imports.wording import fault_words
from welfare.households.queries.imports.lines import refused_rows
from welfare.households.queries.imports.pages import ImportFile, import_file
from welfare.households.services.imports import preparing
from welfare.households.services.imports.deciding import approve
from welfare.households.services.imports.working import PROGRAM, work_on
from welfare.households.workflow import ImportStatus

import_group = AppGroup("import", help="Bringing lists into the registry.")
SHOWN = 50


@import_group.command("households")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="say what each row would do, apply nothing")
def households(file: Path, dry_run: bool) -> None:
    """Bring the people and houses of FILE (.xlsx, .xls, .ods, .csv) into the registry.

    Columns are guessed, or taken as they were settled for these headings on the page. Doubtful and
    refused rows stay out and are named; for decisions use the page.
    """
    with current_app.test_request_context(), force_locale("en"):
        try:
            done = _checked(file)
            _tell(done)
            if dry_run:
                preparing.abandon(actor=PROGRAM, number=done.number, version=done.version)
                db.session.commit()
                return
            _applied(done)
        except Refused as refused:
            db.session.rollback()
            raise click.ClickException(refused.message) from refused


def _checked(file: Path) -> ImportFile:
    held = preparing.upload(actor=PROGRAM, path=file, file_name=file.name)
    db.session.commit()
    layout = preparing.Layout(
        tuple(held.sheets), None, held.mapping, held.village_no, held.fill_down
    )
    preparing.check(actor=PROGRAM, number=held.number, version=held.version, layout=layout)
    db.session.commit()
    return _worked(held.id, held.number, ImportStatus.CHECKED)


def _worked(import_id: int, number: str, wanted: ImportStatus) -> ImportFile:
    work_on(import_id)
    db.session.expire_all()
    file = import_file(number, viewer=PROGRAM)
    if file.status != wanted:
        raise click.ClickException(fault_words(file.fault or "unexpected"))
    return file


def _tell(file: ImportFile) -> None:
    counts = ", ".join(f"{count} {state}" for state, count in sorted(file.counts.items()))
    click.echo(f"{file.rows} rows: {counts}")
    rows = refused_rows(file, viewer=PROGRAM)
    for row in rows[:SHOWN]:
        place = f"{row.sheet} row {row.number}" + (f", {row.column}" if row.column else "")
        right = f" (right would be {row.right})" if row.right else ""
        click.echo(f"refused: {place}: {row.why} Read: {row.read}{right}")
    if len(rows) > SHOWN:
        click.echo(f"refused: and {len(rows) - SHOWN} more")


def _applied(file: ImportFile) -> None:
    if not file.counts.get("new") and not file.counts.get("changed"):
        click.echo("nothing to apply")
        preparing.abandon(actor=PROGRAM, number=file.number, version=file.version)
        db.session.commit()
        return
    held = preparing.ask_for_approval(actor=PROGRAM, number=file.number, version=file.version)
    db.session.commit()
    approve(actor=PROGRAM, number=file.number, version=held.version)
    db.session.commit()
    done = _worked(file.id, file.number, ImportStatus.APPLIED)
    report = ", ".join(f"{name} {count}" for name, count in sorted(done.report.items()))
    click.echo(f"applied as change set {done.change_set}: {report}")
