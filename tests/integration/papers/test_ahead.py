"""Papers drawn before their number is taken: nobody waits for a drawing, no number is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from tests import cast
from tests.issued import draft, row
from welfare.core import clock, pdf
from welfare.core.db import db
from welfare.core.thai.dates import fiscal_year
from welfare.papers import services
from welfare.papers.queries import book
from welfare.papers.services.identity import identity_in_force

pytestmark = pytest.mark.usefixtures("stage")
LETTER = "<html lang=th><title>หนังสือ</title><body><h1>หนังสือ</h1></body></html>"


def issue(made: str, draw: Any) -> str:
    viewer, version = cast.viewer(cast.ORN), row(made).version

    def act(drawn: Any) -> str:
        number = services.issue_draft(actor=viewer, public_id=made, version=version, draw=drawn)
        db.session.commit()
        return number

    return services.issue_ahead(kind_code="letter", draw=draw, act=act)


def test_two_are_drawn_at_once_and_each_has_its_number(app: Flask) -> None:
    both = threading.Barrier(2, timeout=20)
    drawn: list[str] = []
    with app.app_context():
        letters = [draft(), draft()]
        pdf.warm()
        db.session.rollback()

    def work(made: str) -> str:
        first = True

        def draw(stamp: Any) -> bytes:
            nonlocal first
            drawn.append(stamp.number)
            if first:
                first = False
                both.wait()  # broken, where one waits for the other to have drawn
            return pdf.draw(LETTER)

        with app.app_context():
            return issue(made, draw)

    with ThreadPoolExecutor(2) as threads:
        numbers = list(threads.map(work, letters))
    assert len(drawn) == 3 and len(set(drawn)) == 2
    assert sorted(numbers) == sorted(set(drawn))
    with app.app_context():
        assert sorted(row(made).running or 0 for made in letters) == [1, 2]
        assert {row(made).number for made in letters} == set(numbers)
        assert book("letter", fiscal_year(clock.today())).unexplained == ()


def test_what_is_killed_while_it_is_drawn_leaves_nothing(app: Flask) -> None:
    with app.app_context():
        first, other = draft(), draft()

        def dies(_stamp: Any) -> bytes:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            issue(first, dies)
        db.session.rollback()
        issue(other, lambda _stamp: pdf.draw(LETTER))
        assert (row(other).running, row(first).running) == (1, None)


def test_a_certificate_given_meanwhile_signs(app: Flask) -> None:
    with app.app_context():
        made, turns = draft(), []

        def draw(_stamp: Any) -> bytes:
            turns.append(1)
            if len(turns) == 1:
                db.session.rollback()
                services.renew_identity(actor=cast.viewer(cast.ANAN))
                db.session.commit()
            return pdf.draw(LETTER)

        issue(made, draw)
        key, _identity = identity_in_force()
        assert (len(turns), row(made).key_id) == (2, key)
