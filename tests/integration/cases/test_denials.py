"""Every verb is refused to whoever has no right to it, and leaves nothing behind."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import cast
from welfare.cases import queries, services
from welfare.cases.models import CaseEvent
from welfare.cases.workflow import (
    AssistanceKind,
    CaseAction,
    Outcome,
    Priority,
    Sensitivity,
)
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.images import Picture
from welfare.core.security.permissions import Viewer

pytestmark = pytest.mark.usefixtures("stage")

Verb = Callable[[Viewer, str, int], object]
PICTURE = Picture(b"x", 1, 1, "0" * 64, b"y")


def _open(actor: Viewer, _number: str, _version: int) -> object:
    category = queries.categories()[0].id
    return services.open_case(
        actor=actor, title="x", summary="", category_id=category, village_no=2
    )


def _move(actor: Viewer, number: str, _version: int) -> None:
    case = queries.load_case(number, viewer=actor, for_update=True)
    services.move_case(actor=actor, case=case, action=CaseAction.OFFER, assignee_id=1)


def _join(actor: Viewer, number: str, _version: int) -> None:
    case = queries.load_case(number, viewer=actor, for_update=True)
    services.join_complaint(actor=actor, case=case, reference="UM70-000001-1")


VERBS: dict[str, Verb] = {
    "open": _open,
    "move": _move,
    "join": _join,
    "note": lambda a, n, _v: services.add_note(actor=a, number=n, text="x"),
    "edit": lambda a, n, v: services.edit_case(
        actor=a,
        number=n,
        version=v,
        title="x",
        summary="",
        category_id=queries.categories()[0].id,
        priority=Priority.LOW,
        sensitivity=Sensitivity.NORMAL,
        village_no=2,
    ),
    "link": lambda a, n, v: services.link_case(
        actor=a, number=n, version=v, household_id=None, person_id=None
    ),
    "task": lambda a, n, _v: services.add_task(actor=a, number=n, title="x"),
    "finish": lambda a, n, _v: services.finish_task(actor=a, number=n, task_id=1, version=1),
    "drop": lambda a, n, _v: services.drop_task(actor=a, number=n, task_id=1, version=1),
    "help": lambda a, n, _v: services.record_assistance(
        actor=a,
        number=n,
        kind=AssistanceKind.GOODS,
        description="x",
        given_on=date(2026, 1, 5),
        decided_by="ปลัด",
    ),
    "withdraw": lambda a, n, _v: services.withdraw_assistance(
        actor=a, number=n, assistance_id=1, version=1, reason="x"
    ),
    "attach": lambda a, n, _v: services.add_attachment(actor=a, number=n, upload=PICTURE),
    "remove": lambda a, n, _v: services.remove_attachment(actor=a, number=n, attachment_id=1),
    "wait": lambda a, n, v: services.wait_case(actor=a, number=n, version=v, reason="x"),
    "resume": lambda a, n, v: services.resume_case(actor=a, number=n, version=v),
    "close": lambda a, n, v: services.close_case(
        actor=a, number=n, version=v, outcome=Outcome.SOLVED, outcome_note="x"
    ),
    "reopen": lambda a, n, v: services.reopen_case(actor=a, number=n, version=v, reason="x"),
}


def _lines() -> int:
    return db.session.scalar(select(func.count()).select_from(CaseEvent)) or 0


def test_verbs_are_refused(app: Flask) -> None:
    """Volunteer, auditor, administrator; a caseworker whose case it is not; outside one's area."""
    with app.app_context():
        number = cast.case(village_no=3)
        version = queries.load_case(number, viewer=cast.viewer(cast.ORN)).version
        before = _lines()
        for name, verb in VERBS.items():
            for who in (cast.WAN, cast.AEK, cast.ANAN, cast.KAN, cast.TON):
                if name == "open" and who in (cast.KAN, cast.TON):
                    continue
                with pytest.raises((Forbidden, NotFound)):
                    verb(cast.viewer(who), number, version)
                db.session.rollback()
        assert _lines() == before


@pytest.mark.parametrize("name", ["edit", "link", "wait", "close"])
def test_a_stale_version_is_refused(app: Flask, name: str) -> None:
    with app.app_context():
        number = cast.case()
        before = _lines()
        with pytest.raises(StaleRecord):
            VERBS[name](cast.viewer(cast.ORN), number, 99)
        db.session.rollback()
        assert _lines() == before


def test_a_deadline_stands_still_while_we_wait(app: Flask, at: Callable[[str], None]) -> None:
    with app.app_context():
        at("2026-11-23T09:00:00+07:00")
        orn, number = cast.viewer(cast.ORN), cast.case()
        due = queries.load_case(number, viewer=orn).due_at
        VERBS["wait"](orn, number, queries.load_case(number, viewer=orn).version)
        db.session.commit()
        with pytest.raises(Refused):
            VERBS["wait"](orn, number, queries.load_case(number, viewer=orn).version)
        db.session.rollback()
        at("2026-11-30T16:00:00+07:00")
        VERBS["resume"](orn, number, queries.load_case(number, viewer=orn).version)
        db.session.commit()
        file = queries.case_file(number, viewer=orn)
        assert file.clock is not None
        assert file.due_at > due
        assert file.clock.waited in {5, 6}


def test_a_worker_cannot_take_a_case_out_of_the_dispatchers_sight(app: Flask) -> None:
    """The level "about staff" is given by who assigns cases; the case's worker may be meant."""

    def edit(who: Viewer, level: Sensitivity) -> None:
        case = queries.load_case(number, viewer=who)
        services.edit_case(
            actor=who, number=number, version=case.version, title=case.title, summary="",
            category_id=case.category_id, priority=Priority.LOW, sensitivity=level, village_no=3,
        )  # fmt: skip

    with app.app_context():
        number = cast.case(village_no=3)
        worker, officer = cast.viewer(cast.KAN), cast.viewer(cast.ORN)
        case = queries.load_case(number, viewer=officer, for_update=True)
        services.move_case(
            actor=officer, case=case, action=CaseAction.OFFER, assignee_id=worker.user_id
        )
        case = queries.load_case(number, viewer=worker, for_update=True)
        services.move_case(actor=worker, case=case, action=CaseAction.ACCEPT)
        db.session.commit()
        with pytest.raises(Refused):
            edit(worker, Sensitivity.CONDUCT)
        db.session.rollback()
        edit(worker, Sensitivity.SENSITIVE)
        edit(officer, Sensitivity.CONDUCT)
