"""Whatever is put into the form, there is a page with words, never a failure."""

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.intake.test_filing_form import ANSWERS, NEW
from tests.pages import form_in

NASTY = st.sampled_from(
    [
        "\x00",
        "\ud800x",
        "١٢٣",
        "1e999",
        "-0",
        "\u0e48\u0e48",
        "🏚️",
        "ก" * 6000,
        "%s%n",
        "../../x",
        "null",
    ]
)
VALUES = st.one_of(st.text(max_size=40), NASTY, st.sampled_from(list(ANSWERS.values())))
NAMES = st.sampled_from([*ANSWERS, "step", "go", "remove", "photo", "anonymous", "danger_seen"])


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(changes=st.dictionaries(NAMES, VALUES, max_size=6))
def test_no_input_fails(app: Flask, stage: None, changes: dict[str, Any]) -> None:
    client = app.test_client()
    form = form_in(client.get(NEW).text, having="step")
    values = form.fields | ANSWERS | {"step": "send"} | changes
    values = {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in values.items()
    }
    assert client.post(NEW, data=values).status_code in {200, 303, 400, 422, 429}


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(reference=VALUES, secret=VALUES)
def test_no_number_or_secret_fails(app: Flask, stage: None, reference: str, secret: str) -> None:
    client = app.test_client()
    form = form_in(client.get("/requests/track").text, having="secret")
    values = {
        name: value.encode("utf-8", "replace").decode()
        for name, value in (("reference", reference), ("secret", secret))
    }
    assert client.post("/requests/track", data=form.fields | values).status_code in {400, 403, 429}
    answer = client.get("/requests/track", query_string={"r": values["reference"]})
    assert answer.status_code in {200, 414}
