"""Commands: `flask --app wsgi demo load`, `demo accounts`."""

from __future__ import annotations

import time

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from welfare.core import clock
from welfare.core.db import db
from welfare.demo.care import seed_care
from welfare.demo.complaint_rows import demo_secret
from welfare.demo.crew import seed_crew
from welfare.demo.funds import seed_funds
from welfare.demo.generate import CASES, HOUSEHOLDS, SEED, staff
from welfare.demo.loader import NotEmptyError, is_empty, load
from welfare.demo.referrals import seed_referrals
from welfare.demo.staff import ensure_accounts
from welfare.households.services.duplicates import check_registry
from welfare.intake.models import Complaint
from welfare.intake.queries.tracking import secret_hash
from welfare.intake.workflow import Channel, ComplaintStatus

demo = AppGroup("demo", help="The fictional municipality, for trying things out.")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    if settings.production:
        raise click.ClickException("production refuses demonstration data and accounts")
    return settings


@demo.command("load")
@click.option("--households", default=HOUSEHOLDS, show_default=True, type=click.IntRange(50))
@click.option("--cases", default=CASES, show_default=True, type=click.IntRange(0))
@click.option("--seed", default=SEED, show_default=True, type=int)
@click.option("--if-empty", is_flag=True, help="Do nothing, and well, where data is already there.")
def load_town(households: int, cases: int, seed: int, if_empty: bool) -> None:
    """Fill an empty database with a fictional municipality."""
    settings = _settings()
    try:
        if if_empty and not is_empty(db.session()):
            click.echo("the database already holds data; nothing loaded")
            return
        started = time.monotonic()
        loaded = load(
            db.session(),
            now=clock.now(),
            password=settings.key("demo_password"),
            households=households,
            cases=cases,
            seed=seed,
            say=click.echo,
        )
        seed_funds(db.session())
        seed_crew(db.session())
        seed_referrals(db.session())
        seed_care(db.session())
        db.session.commit()
        checked = check_registry()
        db.session.commit()
    except NotEmptyError:
        raise click.ClickException("the database already holds data; it is left alone") from None
    except SQLAlchemyError as error:
        raise click.ClickException(f"not loaded: {type(error).__name__}") from error
    click.echo(
        f"loaded {loaded.households} households, {loaded.people} people,"
        f" {loaded.complaints} complaints, {loaded.cases} cases,"
        f" {sum(one.offered for one in checked)} possible duplicates"
        f" in {time.monotonic() - started:.1f} s"
    )


@demo.command("accounts")
def accounts() -> None:
    """Make the demo accounts that are missing; print all sign-ins."""
    password = _settings().key("demo_password")
    try:
        made = ensure_accounts(db.session(), password)
        db.session.commit()
    except SQLAlchemyError as error:
        raise click.ClickException(f"no accounts: {type(error).__name__}") from error
    for person in staff():
        new = " (new)" if person.username in made else ""
        click.echo(f"  {person.username:<12} {', '.join(person.roles)}{new}")
    click.echo(f"  password for all: {password}")
    sample = sample_complaint()
    if sample:
        click.echo(f"  a citizen's request to follow: {sample[0]}, secret {sample[1]}")


def sample_complaint(seed: int = SEED) -> tuple[str, str] | None:
    """Return reference and secret of a demo complaint under way; None if none was loaded."""
    rows = db.session.execute(
        select(Complaint.reference, Complaint.secret_hash)
        .where(Complaint.status == ComplaintStatus.ACCEPTED, Complaint.channel == Channel.WEB)
        .order_by(Complaint.id.desc())
        .limit(5)
    )
    for reference, kept in rows:
        secret = demo_secret(seed, reference)
        if bytes(kept) == secret_hash(reference, secret):
            return reference, secret
    return None
