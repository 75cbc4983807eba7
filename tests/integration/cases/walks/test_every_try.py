"""Every action, by every role, at every state: exactly what the table and the rights allow."""

import os
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask

from tests import cast
from tests.integration.cases.walks.moves import (
    EVERYBODY,
    REVIEWED,
    TAKE,
    Standing,
    may,
    review_closings,
    said,
    sees,
    standing,
)
from welfare.cases.workflow import MERGEABLE, CaseAction, CaseStatus, ends_of
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Viewer
from welfare.dispatch import services as dispatch

pytestmark = pytest.mark.usefixtures("stage")
A, S = CaseAction, CaseStatus

PATHS: dict[str, tuple[tuple[str, CaseAction], ...]] = {
    "new": (),
    "declined": ((cast.ORN, A.OFFER), (cast.KAN, A.DECLINE)),
    "taken back": ((cast.ORN, A.OFFER), (cast.KAN, A.ACCEPT), (cast.ORN, A.TAKE_BACK)),
    "offered": ((cast.ORN, A.OFFER),),
    "working": ((cast.ORN, A.OFFER), (cast.KAN, A.ACCEPT)),
    "waiting": ((cast.ORN, A.OFFER), (cast.KAN, A.ACCEPT), (cast.KAN, A.WAIT)),
    "review": ((cast.ORN, A.OFFER), (cast.KAN, A.ACCEPT), (cast.KAN, A.ASK_CLOSE)),
    "closed": ((cast.MALEE, A.CLOSE),),
    "merged": ((cast.ORN, A.OFFER), (cast.KAN, A.ACCEPT), (cast.ORN, A.MERGE)),
}
"""How each state is reached; two of them are new again, with something to undo."""


def expected(actor: Viewer, case: Standing, action: CaseAction, place: str) -> bool:
    """The table, the rights, and what only one person may undo."""
    if action is A.UNDO_DECLINE:
        return place == "declined" and actor.username == cast.KAN
    if action is A.UNDO_TAKE_BACK:
        return place == "taken back" and may(actor, case, action)
    if action in (A.MERGE, A.TAKE_IN):
        office = actor.username in (cast.ORN, cast.MALEE)
        return office and case.status in MERGEABLE
    if action in (A.UNMERGE, A.GIVE_OUT):
        return place == "merged" and sees(actor, case) and actor.username != cast.AEK
    return may(actor, case, action)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_try(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    tried: Counter[tuple[str, str]] = Counter()
    done: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    reached: set[CaseStatus] = set()
    with app.app_context():
        review_closings()
        actors = [cast.viewer(name) for name in EVERYBODY]
        other, third = cast.case(), cast.case()
        ton = cast.viewer(cast.TON)
        dispatch.offer_case(actor=cast.viewer(cast.ORN), number=third, worker_id=ton.user_id)
        take(cast.TON, A.ACCEPT, third, other)
        for place, path in PATHS.items():
            number = cast.case(category=REVIEWED if place == "review" else "housing")
            for who, action in path:
                take(who, action, number, other)
            case = standing(number)
            reached.add(case.status)
            for action in CaseAction:
                for actor in actors:
                    second = third if action is A.TAKE_IN else other
                    went = tried_by(actor, TAKE[action], number, second)
                    tried[place, action.value] += 1
                    done[place, action.value] += went
                    if went != expected(actor, case, said(action, actor, case), place):
                        wrong.append(f"{place}: {action} by {actor.username}: {went}")
                    if went and action not in (A.CLOSE, A.ASK_CLOSE, A.GIVE_OUT):
                        assert ends_of(case.status, action)
            assert standing(number) == case, "a try that was rolled back left something"
    assert wrong == []
    assert reached == set(CaseStatus)
    assert sum(tried.values()) == len(PATHS) * len(CaseAction) * len(EVERYBODY)
    if "WALKS" in os.environ:
        with capsys.disabled():
            sys.stdout.write(f"\n{table_of(tried, done)}\n")


def take(who: str, action: CaseAction, number: str, other: str) -> None:
    TAKE[action](cast.viewer(who), number, other)
    db.session.commit()


def tried_by(actor: Viewer, step: Callable[..., object], number: str, other: str) -> bool:
    """Whether somebody could take a step; it is taken back at once."""
    before = standing(number)
    try:
        step(actor, number, other)
        db.session.flush()
    except (Forbidden, NotFound, Refused, StaleRecord):
        return False
    else:
        return standing(number) != before
    finally:
        db.session.rollback()


def table_of(tried: Counter[tuple[str, str]], done: Counter[tuple[str, str]]) -> str:
    """By state what was done of what was tried; what nobody can do is left out."""
    lines = ["done of tried, by everybody in turn:"]
    for place in PATHS:
        cells = (
            f"{action} {done[place, action]}/{tried[place, action]}"
            for action in CaseAction
            if done[place, action]
        )
        lines.append(f"{place:>10}: {', '.join(cells)}")
    return "\n".join(lines)
