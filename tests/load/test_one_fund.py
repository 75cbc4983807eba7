"""A hundred people approve help from one fund at once, and a hundred answers to one offer.

The money of a fund is never promised twice, on both databases, by the real server. The control is
a server whose approvals read the budget, think, and write it: there the same hundred overdraw it.
"""

import http.client
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import cast
from tests.conftest import Kept
from tests.funds import fund, fund_id, this_year
from tests.load.server import Server
from tests.pages import form_in
from welfare.benefits.models import FundBudget, FundEntry
from welfare.benefits.queries import ledger_totals
from welfare.cases import services as cases
from welfare.cases.models import Case, CaseEvent, HelpRequest
from welfare.cases.workflow import AssistanceKind, EventKind, HelpStatus
from welfare.core.db import db
from welfare.dispatch import services as dispatch
from welfare.dispatch.models import Assignment
from welfare.dispatch.workflow import AssignmentStatus

MANY = 100
EACH, BUDGET = 1000, 30_500
"""Thirty fit, and half of one more."""

pytestmark = pytest.mark.slow


class Desk:
    """Somebody signed in at the server over the wire; each request on a connection of its own."""

    def __init__(self, port: int, username: str) -> None:
        self.port, self.cookie = port, ""
        page = self.ask("GET", "/sign-in")[2]
        token = form_in(page, having="password").fields["csrf_token"][0]
        body = {"csrf_token": token, "username": username, "password": cast.PASSWORD}
        assert self.ask("POST", "/sign-in", body)[0] in {302, 303}
        page = self.ask("GET", "/account")[2]
        self.token = form_in(page, having="csrf_token").fields["csrf_token"][0]

    def ask(self, method: str, path: str, body: dict[str, str] | None = None) -> tuple:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=240)
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=urlencode(body or {}), headers=headers)
            answer = connection.getresponse()
            for kept in answer.headers.get_all("Set-Cookie") or []:
                self._keep(kept.split(";")[0])
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def _keep(self, pair: str) -> None:
        name = pair.split("=")[0]
        others = [one for one in self.cookie.split("; ") if one and one.split("=")[0] != name]
        self.cookie = "; ".join([*others, pair])

    def send(self, path: str, **fields: str) -> int:
        status: int = self.ask("POST", path, {"csrf_token": self.token, **fields})[0]
        return status


def together(jobs: list[Callable[[], int]]) -> list[int]:
    """Do all of them in the same moment; what each answered."""
    gate = threading.Barrier(len(jobs))

    def start(job: Callable[[], int]) -> int:
        gate.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(start, jobs))


@pytest.fixture
def made(stage: None, kept: Kept) -> list[tuple[str, int]]:
    """A hundred requests on one fund, each for a person and household of its own."""
    return kept("a hundred requests", _requests)


def _requests() -> list[tuple[str, int]]:
    made = []
    fund(budget=BUDGET)
    which = fund_id()
    for turn in range(MANY):
        home = cast.household(house_no=f"{turn}/1")
        who = cast.person(home, first_name=f"คน{turn}")
        number = cast.case(household_id=home.id, person_id=who.id)
        request_id = cases.ask_help(
            actor=cast.viewer(cast.ORN), number=number, fund_id=which,
            kind=AssistanceKind.MONEY, amount=Decimal(EACH), description="ค่ายังชีพ",
        )  # fmt: skip
        db.session.commit()
        made.append((number, request_id))
    return made


def approve_all(server: Server, made: list[tuple[str, int]]) -> list[int]:
    desk = Desk(server.port, cast.MALEE)

    def job(number: str, request_id: int) -> Callable[[], int]:
        path = f"/desk/cases/{number}/help-requests/{request_id}/decide"
        return lambda: desk.send(path, version="1", decision="approve", grounds="เข้าเกณฑ์")

    return together([job(*one) for one in made])


def promised(app: Flask) -> Decimal:
    """Baht of all requests that say they are approved."""
    with app.app_context():
        approved = select(func.sum(HelpRequest.approved)).where(
            HelpRequest.status == HelpStatus.APPROVED
        )
        return db.session.scalar(approved) or Decimal(0)


def test_a_hundred_approvals_never_overdraw(
    app: Flask, serve: Callable[..., Server], made: list[tuple[str, int]],
    capsys: pytest.CaptureFixture[str], database: str,
) -> None:  # fmt: skip
    answers = approve_all(serve(), made)
    count = {status: answers.count(status) for status in sorted(set(answers))}
    with capsys.disabled():
        print(f"\n{database}: {MANY} approvals at once: {count}")  # noqa: T201
    assert count == {303: BUDGET // EACH, 422: MANY - BUDGET // EACH}
    total = promised(app)
    assert total == BUDGET // EACH * EACH
    with app.app_context():
        budget = db.session.scalars(select(FundBudget)).one()
        assert budget.reserved == total <= budget.amount
        assert budget.fiscal_year == this_year()
        assert ledger_totals(budget.id) == (budget.amount, budget.reserved, Decimal(0))
        lines = select(func.count()).select_from(FundEntry)
        assert db.session.scalar(lines) == 1 + BUDGET // EACH


def test_the_control_overdraws(
    app: Flask, serve: Callable[..., Server], made: list[tuple[str, int]]
) -> None:
    """A server that looks first and writes later promises more than there is."""
    answers = approve_all(serve("tests.load.hasty:app"), made)
    assert answers.count(303) > BUDGET // EACH
    assert promised(app) > BUDGET


def test_a_hundred_accept_one_case(app: Flask, serve: Callable[..., Server]) -> None:
    """Of a hundred who accept one case at once, only the worker it was offered to gets it, once."""
    with app.app_context():
        number = cast.case()
        kan = cast.viewer(cast.KAN).user_id
        dispatch.offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=kan)
        db.session.commit()
    server = serve()
    desks = [Desk(server.port, cast.KAN), Desk(server.port, cast.TON)]
    path = f"/desk/dispatch/cases/{number}/accept"
    answers = together([lambda turn=turn: desks[turn % 2].send(path) for turn in range(MANY)])
    assert set(answers[::2]) <= {302, 303}
    assert set(answers[1::2]) <= {403, 404}
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert case.assignee_id == kan
        held = db.session.execute(
            select(Assignment.worker_id, Assignment.status).where(Assignment.case_id == case.id)
        ).all()
        assert [tuple(row) for row in held] == [(kan, AssignmentStatus.ACCEPTED)]
        accepted = select(func.count()).where(
            CaseEvent.case_id == case.id, CaseEvent.kind == EventKind.ACCEPTED
        )
        assert db.session.scalar(accepted) == 1
