"""A form files once, however often and however closely it is sent."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.integration.intake.test_filing_form import ANSWERS, NEW, filed
from tests.pages import form_in
from welfare.core.audit import verify
from welfare.core.db import db
from welfare.core.thai.references import read_reference
from welfare.intake.models import ComplaintEvent

WRITERS = 16


def filled_form(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    form = form_in(client.get(NEW).text, having="step")
    return form.fields | ANSWERS | changes | {"step": "send"}


def test_a_resent_form_leads_to_the_same_receipt(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    values = filled_form(client)
    pages = []
    for _ in range(2):
        answer = client.post(NEW, data=values)
        assert answer.status_code == 303
        pages.append(client.get(answer.location).text)
    assert len(filed(app)) == 1
    secrets = [page.split('class="reference">')[2][:11] for page in pages]
    assert secrets[0] == secrets[1]


def test_the_same_form_with_other_words_is_refused(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    values = filled_form(client)
    client.post(NEW, data=values)
    answer = client.post(NEW, data=values | {"description": "เรื่องอื่น"})
    assert answer.status_code == 422
    assert "เรื่องอื่น" in answer.text
    assert "/requests/filed" in answer.text
    assert len(filed(app)) == 1


def test_sixteen_file_at_once_each_twice(app: Flask, stage: None) -> None:
    clients = [app.test_client() for _ in range(WRITERS)]
    forms = [filled_form(client, description=f"เรื่องที่ {n}") for n, client in enumerate(clients)]
    app.test_client().get("/healthz")

    def post(n: int) -> int:
        browser = app.test_client()
        cookie = clients[n].get_cookie("welfare")
        assert cookie is not None
        browser.set_cookie("welfare", cookie.value)
        return browser.post(NEW, data=forms[n]).status_code

    with ThreadPoolExecutor(WRITERS * 2) as pool:
        answers = list(pool.map(post, [n for n in range(WRITERS) for _ in range(2)]))
    assert answers == [303] * (WRITERS * 2)
    running = sorted(read_reference(one.reference).running for one in filed(app))
    assert running == list(range(1, WRITERS + 1))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ComplaintEvent)) == WRITERS
        assert verify(None).sound
