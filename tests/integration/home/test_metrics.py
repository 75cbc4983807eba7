"""The numbers for monitoring, and who gets them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from welfare.core.db import db
from welfare.core.outbox import publish

TOKEN = "a token of monitoring"


def numbers(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", text, re.MULTILINE)}


def test_the_numbers_of_the_office(app: Flask, stage: None, client: FlaskClient) -> None:
    with app.app_context():
        cast.case()
        cast.complaint()
        publish("something.happened", {})
        db.session.commit()
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    found = numbers(answer.text)
    assert (found["welfare_cases_open"], found["welfare_cases_overdue"]) == (1, 0)
    assert found["welfare_complaints_unread"] == 1
    assert found["welfare_outbox_waiting"] >= 3
    for name in found:
        assert f"# TYPE {name} gauge" in answer.text
        assert f"# HELP {name} " in answer.text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_not_through_a_proxy(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_not_from_elsewhere(client: FlaskClient) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 404


def test_not_from_this_machine_in_production(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.config["SETTINGS"], "env", "production")
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", "Bearer ผิด", "Basic x"])
def test_only_by_the_token_where_there_is_one(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setattr(app.config["SETTINGS"], "metrics_token", TOKEN)
    header = given.encode().decode("latin-1")
    assert client.get("/metrics", headers={"Authorization": header}).status_code == 404
    right = {"Authorization": f"Bearer {TOKEN}"}
    elsewhere = {"REMOTE_ADDR": "10.0.0.7"}
    assert client.get("/metrics", headers=right, environ_base=elsewhere).status_code == 200
