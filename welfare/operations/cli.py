"""`backup`, `restore`, `retention run`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from welfare.core.db import db
from welfare.operations.backup import DamagedBackup, RestoreRefused, back_up
from welfare.operations.backup import restore as restore_backup
from welfare.operations.database import CommandFailed
from welfare.operations.retention import run_retention

retention = AppGroup("retention", help="Removing what need not be kept.")


def _data_path() -> Path:
    path: Path = current_app.config["SETTINGS"].data_path
    return path


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write database and pictures to FILE. The keys are not in it: keep them elsewhere."""
    if not file.resolve().parent.is_dir():
        raise click.ClickException(f"there is no directory {file.resolve().parent}")
    try:
        manifest = back_up(file, data_path=_data_path())
    except (CommandFailed, OSError) as error:
        raise click.ClickException(str(error)) from error
    rows = sum(manifest.tables.values())
    click.echo(f"{file}: {rows} rows, {len(manifest.members) - 1} files, {manifest.audit_head}")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put the backup FILE into an empty deployment and prove that it is whole."""
    try:
        manifest = restore_backup(file, data_path=_data_path())
    except (DamagedBackup, RestoreRefused, CommandFailed) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"restored {sum(manifest.tables.values())} rows, audit {manifest.audit_head}")


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="count, but remove nothing")
def run(dry_run: bool) -> None:
    """Remove what is past its time."""
    for what, count in run_retention(dry_run=dry_run).items():
        click.echo(f"{what}: {count}{' would go' if dry_run else ' removed'}")
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
