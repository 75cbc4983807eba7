"""Commands: `flask --app wsgi …`."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from welfare.accounts import services as accounts
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.security.permissions import SYSTEM, Role
from welfare.demo.cli import demo
from welfare.households import services as households
from welfare.households.services.duplicates import check_registry
from welfare.operations.cli import backup, restore, retention
from welfare.operations.imports import import_group
from welfare.setup import ensure_basics


@click.command("worker")
@click.option("--once", is_flag=True, help="run every job once and end")
@click.pass_context
def worker(context: click.Context, once: bool) -> None:
    """Send messages, keep counters, clear away; runs until it is ended."""
    from welfare import worker as jobs  # the queue is read by the worker alone: pages start sooner

    context.invoke(jobs.worker, once=once)


users = AppGroup("users", help="Staff accounts.")
audit_group = AppGroup("audit", help="The audit trail.")
registry = AppGroup("registry", help="People and households.")

ROLES = click.Choice([role.value for role in Role])


@users.command("add")
@click.argument("username")
@click.option("--role", "roles", multiple=True, required=True, type=ROLES)
@click.option("--village", "villages", multiple=True, type=int)
@click.option("--name", default="")
@click.password_option()
def add_user(
    username: str, roles: tuple[str, ...], villages: tuple[int, ...], name: str, password: str
) -> None:
    """Make an account; asks for its password."""
    try:
        accounts.add_user(
            actor=SYSTEM,
            username=username.casefold(),
            display_name=name or username,
            roles=[Role(role) for role in roles],
            villages=villages,
            password=password,
        )
    except Refused as refused:
        raise click.ClickException(refused.message) from refused
    db.session.commit()
    click.echo(f"added {username}")


@users.command("password")
@click.argument("username")
@click.password_option()
def set_password(username: str, password: str) -> None:
    """Give an account a new password and end its sessions."""
    try:
        accounts.set_password(actor=SYSTEM, username=username.casefold(), password=password)
    except Refused as refused:
        raise click.ClickException(refused.message) from refused
    db.session.commit()
    click.echo(f"new password for {username}")


@audit_group.command("verify")
@click.option("--anchor", help="SEQ:HASH of an earlier head that must stand in the chain")
def verify_audit(anchor: str | None) -> None:
    """Check the audit chain from its first row to its last."""
    found = audit.verify(anchor)
    if not found.sound:
        raise click.ClickException(f"broken at row {found.broken_at}: {found.reason}")
    click.echo(f"sound: {found.entries} rows, head {found.entries}:{found.head}")


@registry.command("reindex")
def reindex() -> None:
    """Make the tables of the search anew from people, names and households."""
    people, houses = households.reindex()
    db.session.commit()
    click.echo(f"indexed: {people} people, {houses} households")


@registry.command("duplicates")
def find_duplicates() -> None:
    """Compare the registry with itself and bring the queue of duplicates up to date."""

    def tell(what: str, how_many: int) -> None:
        click.echo(f"\r{what}: {how_many:,}", nl=False, err=True)

    results = check_registry(tell)
    db.session.commit()
    click.echo("", err=True)
    for one in results:
        click.echo(f"{one.kind.value}: {one.offered} offered, {one.new} new, {one.gone} gone")


@click.command("setup")
@with_appcontext
def setup() -> None:
    """Fill an empty database with villages, categories, holidays; changes nothing that is there."""
    added = ensure_basics()
    db.session.commit()
    click.echo(f"added: {', '.join(added) or 'nothing'}")


def register_commands(app: Flask) -> None:
    """Attach all commands to the application."""
    app.cli.add_command(setup)
    app.cli.add_command(users)
    app.cli.add_command(audit_group)
    app.cli.add_command(registry)
    app.cli.add_command(demo)
    app.cli.add_command(worker)
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    app.cli.add_command(retention)
    app.cli.add_command(import_group)
