"""The background worker: Huey runs what is due; the outbox in the database says what is due.

The queue file holds nothing that cannot be found again in the database, so it needs no backup.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from huey import SqliteHuey, crontab

from config import Settings
from welfare.cases import counters
from welfare.cases.kinds import RuleKind
from welfare.cases.services import remind_of_loans
from welfare.cases.services.deadlines.delays import ask_why_late
from welfare.cases.services.deadlines.escalating import escalate
from welfare.cases.services.deadlines.reckoning import give_missing, reckon_anew
from welfare.cases.services.rule_health import watch_rules
from welfare.cases.services.rules import try_rule
from welfare.core import pdf
from welfare.core.db import db
from welfare.core.pdf.presses import Presses
from welfare.core.pdf.stand_ins import lay_out
from welfare.core.security import one_time, throttle
from welfare.core.storage.files import remove_unclaimed
from welfare.core.web import held
from welfare.dispatch.services import propose_workers
from welfare.households.services.duplicates import check_registry
from welfare.households.services.imports.keeping import clear_old
from welfare.households.services.imports.working import work_on_imports
from welfare.intake.queries.addresses import citizens_concerned
from welfare.intake.services.escalating import escalate_requests
from welfare.intake.services.promises import reckon_promises
from welfare.messages.mail import Mailer
from welfare.messages.services import (
    AgencyAddress,
    CitizenAddress,
    Directory,
    deliver_outbox,
    send_waiting,
)
from welfare.papers.documents import as_taken_back, letter_drawer
from welfare.papers.queries.assets import pictures_now
from welfare.papers.services import (
    clear_old_packages,
    draw_issued,
    letters_waiting,
    work_on_batches,
    work_on_packages,
)
from welfare.recipients import staff_concerned
from welfare.referrals.documents import agency_link
from welfare.referrals.queries.opening import agency_addresses, code_of, written_code
from welfare.referrals.services import remind_of_referrals
from welfare.reports.documents.drawers import LIST_DRAWERS, LIST_ISSUERS
from welfare.reports.services import clear_old_lists, work_on_lists

log = structlog.get_logger()

LOOK_EVERY = 2.0
"""Seconds between two looks whether an import or a batch of papers waits."""
FEW_LETTERS = 12
"""So many are drawn before other processes would have woken up."""
_MARK = re.compile(r"\[referral:(?P<reference>R[0-9-]+):(?P<round>[0-9]+)\]")
HEARTBEAT = "worker-seen"
"""File in the data directory that every job touches: when the worker last lived."""


def _citizens(payload: dict[str, Any]) -> Sequence[CitizenAddress]:
    return [
        CitizenAddress(found.reference, found.email, found.language)
        for found in citizens_concerned(payload)
    ]


def _agencies(payload: dict[str, Any]) -> Sequence[AgencyAddress]:
    return [
        AgencyAddress(found.reference, found.letter_no, found.email, found.code_round)
        for found in agency_addresses(payload)
    ]


def _unveiled(base_url: str) -> Callable[[str], str]:
    """Puts an agency's link and code where a message keeps only a mark for them, as it is sent."""

    def unveil(text: str) -> str:
        def write(found: re.Match[str]) -> str:
            code = code_of(found["reference"], int(found["round"]))
            return f"{agency_link(base_url, found['reference'], code)} ({written_code(code)})"

        return _MARK.sub(write, text)

    return unveil


DIRECTORY = Directory(citizens=_citizens, staff=staff_concerned, agencies=_agencies)


def _mailer(settings: Settings) -> Mailer | None:
    return Mailer(settings.smtp_url, settings.mail_from) if settings.smtp_url else None


def tell_what_happened() -> None:
    """Turn the outbox into messages and send those that go by e-mail."""
    settings: Settings = current_app.config["SETTINGS"]
    with force_locale("th"):
        while deliver_outbox(
            directory=DIRECTORY, base_url=settings.base_url, mail=bool(settings.smtp_url)
        ):
            pass
    send_waiting(_mailer(settings), unveil=_unveiled(settings.base_url))


def roll_overdue() -> None:
    """Move what has fallen due into the counter of overdue cases."""
    counters.roll_overdue()
    db.session.commit()


def watch_deadlines() -> None:
    """Reckon anew what closed days have moved; tell whom the rules name; ask why it is late."""
    with force_locale("th"):
        while give_missing():
            pass
        moved = reckon_anew(reckon_promises)
        counts = {
            "moved": moved,
            "told": escalate(),
            "unanswered": escalate_requests(),
            "asked": try_rule(ask_why_late, kind=RuleKind.ASKING, key="asking"),
            "proposed": try_rule(propose_workers, kind=RuleKind.ROUTING, key="routing"),
            "red": watch_rules(),
        }
    if any(counts.values()):
        log.info("deadlines", **counts)


def clear_away() -> None:
    """Remove what is kept for a day or two only."""
    counts = {
        "windows": throttle.purge(),
        "keys": one_time.purge(),
        "forms": held.purge(),
        "files": remove_unclaimed(),
        "imports": clear_old(),
        "lists": clear_old_lists(),
        "packages": clear_old_packages(),
    }
    db.session.commit()
    log.info("cleared away", **counts)


def find_duplicates() -> None:
    """Compare the registry with itself and bring the queue of duplicates up to date."""
    for checked in check_registry():
        log.info(
            "duplicates", kind=checked.kind.value, offered=checked.offered, new=checked.new,
            gone=checked.gone,
        )  # fmt: skip
    db.session.commit()


def remind() -> None:
    """Put what falls due on the list of whoever looks after it."""
    with force_locale("th"):
        counts = {
            "loans": try_rule(remind_of_loans, kind=RuleKind.REMINDER, key="reminder:loans"),
            "referrals": try_rule(remind_of_referrals, kind=RuleKind.CHASING, key="chasing"),
        }
    if any(counts.values()):
        log.info("reminded", **counts)


JOBS: tuple[tuple[Callable[[], None], Callable[..., bool]], ...] = (
    (tell_what_happened, crontab(minute="*")),
    (roll_overdue, crontab(minute="*/5")),
    (watch_deadlines, crontab(minute="*/2")),
    (clear_away, crontab(minute="17")),
    (remind, crontab(minute="27")),
    (find_duplicates, crontab(hour="19", minute="40")),  # UTC: 02:40 in Thailand
)


def make_queue(app: Flask) -> SqliteHuey:
    """The queue with its periodic jobs, each run inside the application's context."""
    settings: Settings = app.config["SETTINGS"]
    queue = SqliteHuey("welfare", filename=str(settings.data_path / "jobs.db"))
    for job, when in JOBS:
        queue.periodic_task(when, name=job.__name__)(_inside(app, job))
    return queue


def _inside(app: Flask, job: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            job()
        (app.config["SETTINGS"].data_path / HEARTBEAT).touch()

    run.__name__ = job.__name__
    return run


def run_all_once() -> None:
    """Every job, once, now: for commands and tests."""
    for job, _when in JOBS:
        job()
    work_on_imports()
    make_papers()
    draw_lists()


def make_papers() -> None:
    """Draw what was issued first; make the papers that were asked for in one go."""
    settings: Settings = current_app.config["SETTINGS"]
    with force_locale("th"):
        draw_issued(base_url=settings.base_url)
        work_on_packages(as_taken_back)
        waiting = letters_waiting()
        if waiting < FEW_LETTERS:
            work_on_batches(letter_drawer(settings.base_url))
            return
        with Presses(prepare=partial(lay_out, pictures_now())) as presses:
            work_on_batches(letter_drawer(settings.base_url, presses))


def draw_lists() -> None:
    """Draw the long lists that were asked for."""
    with force_locale("th"):
        work_on_lists(LIST_DRAWERS, LIST_ISSUERS)


def watch(app: Flask, stop: threading.Event, work: Callable[[], object]) -> None:
    """Work beside the other jobs, so that a long one holds up no message, and begun at once."""
    while not stop.wait(LOOK_EVERY):
        with app.app_context():
            try:
                work()
            except Exception as error:
                log.error(work.__name__, kind=type(error).__name__)


@click.command("worker")
@click.option("--once", is_flag=True, help="run every job once and end")
@with_appcontext
def worker(once: bool) -> None:
    """Send messages, keep counters, clear away; runs until it is ended."""
    run_all_once()
    if once:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    stop = threading.Event()
    threading.Thread(target=pdf.warm, name="pdf-warm", daemon=True).start()
    for work in (work_on_imports, make_papers, draw_lists):
        threading.Thread(
            target=watch, args=(app, stop, work), name=work.__name__, daemon=True
        ).start()
    make_queue(app).create_consumer(workers=1, periodic=True).run()
    stop.set()
