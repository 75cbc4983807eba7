"""Two people save the same thing: the second is shown both, and nothing is overwritten.

STALE_SAVES says how many at night: see docs/testing.md.
"""

import html
import os
from typing import Any

import pytest
from flask import Flask

from tests import cast
from tests.contract.forms import Found, Offered, all_forms, on_page
from tests.contract.rows import READS, changed, fingerprint

SAVES = int(os.environ.get("STALE_SAVES", "0"))
WITHOUT = READS | {"throttle_windows", "attempt_windows", "held_forms", "audit_entries"}
FIRST, SECOND = "ฉบับของคนแรก", "ฉบับของคนที่สอง"


def versioned(offered: Offered) -> list[Found]:
    """Every form that edits: it carries the version that was seen."""
    found = all_forms(offered, cast.ORN, cast.KAN, cast.MALEE, cast.ANAN)
    return [each for each in found if "version" in each.form.fields]


APPENDING = frozenset({"triage.note", "households.merge_pair", "households.keep_pair_apart"})
"""Forms that only add, and so overwrite nothing."""


def editors(forms: list[Found]) -> list[Found]:
    """Those of them with text to lose."""
    return [each for each in forms if _open_text(each) and each.endpoint not in APPENDING]


FREE = frozenset(
    [
        "summary",
        "notes",
        "note",
        "reason",
        "text",
        "findings",
        "needs",
        "who_present",
        "landmark",
        "outcome_note",
        "display_name",
        "position",
        "name_th",
        "name_en",
        "occupation",
        "hint_th",
        "hint_en",
        "first_name",
        "address_th",
        "address_en",
    ]
)
"""Fields that take any text."""


def _open_text(form: Found) -> list[str]:
    return sorted(form.texts & FREE)


def test_there_are_forms_that_edit(app: Flask, offered: Offered) -> None:
    endpoints = {each.endpoint for each in versioned(offered)}
    assert {"cases.edit", "households.edit_household", "households.edit_person"} <= endpoints
    assert len(endpoints) >= 10


def test_a_version_that_is_gone_is_never_saved(app: Flask, offered: Offered) -> None:
    """Every form with a version, sent with one that no longer fits: refused, nothing changed."""
    wrong = []
    before = fingerprint(app, without=WITHOUT)
    for form in versioned(offered):
        now = form.form.fields["version"][0]
        for stale in {"0", "999999", "", "x", "-1", "1e3", "๑"} - {now}:
            answer = form.send(form.filled(version=stale))
            after = fingerprint(app, without=WITHOUT)
            touched, before = changed(before, after), after
            if answer.status_code not in {400, 409, 422} or touched:
                wrong.append(f"{form} version {stale!r}: {answer.status_code} {sorted(touched)}")
    assert not wrong, "\n".join(wrong)


def test_the_second_to_save_sees_both_texts(app: Flask, offered: Offered) -> None:
    forms = editors(versioned(offered))
    raced, wrong = 0, []
    for form in forms:
        found = _race(app, form)
        raced += found is not None
        wrong += found or []
    assert not wrong, "\n".join(wrong)
    assert raced >= 8


@pytest.mark.slow
@pytest.mark.skipif(not SAVES, reason="set STALE_SAVES=1000 for the whole run")
def test_a_thousand_stale_saves(
    app: Flask, offered: Offered, capsys: pytest.CaptureFixture[str], database: str
) -> None:
    forms = [each for each in editors(versioned(offered)) if _lasting(each)]
    counts = {"conflicts shown": 0, "silent": 0}
    for turn in range(SAVES):
        problems = _race(app, forms[turn % len(forms)].again(), mark=f" {turn}")
        counts["silent" if problems or problems is None else "conflicts shown"] += 1
    with capsys.disabled():
        print(f"\n{database}: {SAVES} stale saves over {len(forms)} forms: {counts}")  # noqa: T201
    assert counts["silent"] == 0


def _lasting(form: Found) -> bool:
    """Forms that are there again after they were saved."""
    return "edit" in form.endpoint or form.endpoint.startswith("admin.")


def _race(app: Flask, form: Found, mark: str = "") -> list[str] | None:
    """Two browsers load, the first saves, the second saves: what went wrong. None for a form that
    is offered no more, because an earlier one took the step, or that our words do not fit."""
    first, second = form.again(), form.again()
    if first is form:
        return None
    texts = _open_text(first)
    mine = dict.fromkeys(texts, FIRST + mark)
    yours = dict.fromkeys(texts, SECOND + mark)
    if first.send(first.chosen(**mine)).status_code not in {302, 303}:
        return None
    before = fingerprint(app, without=WITHOUT)
    answer = second.send(second.chosen(**yours))
    problems = []
    if touched := changed(before, fingerprint(app, without=WITHOUT)):
        problems.append(f"{form}: overwrote {sorted(touched)}")
    if answer.status_code == 422 and form.endpoint.startswith(("cases.", "dispatch.", "field.")):
        return problems  # the step cannot be taken twice: nothing of it stands there to compare
    if answer.status_code != 409:
        problems.append(f"{form}: {answer.status_code} to the second")
    page = html.unescape(answer.text)
    problems += [f"{form}: {name} of the second is lost" for name in texts if SECOND not in page]
    if not problems and "edit" in form.endpoint:
        if FIRST not in page:
            problems.append(f"{form}: what the first saved is not shown")
        problems += _choose(app, form, answer, texts, SECOND + mark)
    return problems


def _choose(app: Flask, form: Found, answer: Any, texts: list[str], chosen: str) -> list[str]:
    """The second chooses their own text on the page of both: it saves."""
    page = next(
        (each for each in on_page(form.who, form.client, form.action, answer)
         if "version" in each.form.fields),
        None,
    )  # fmt: skip
    if page is None:
        return [f"{form}: no form on the page of both"]
    saved = page.send(page.form.fields | dict.fromkeys(texts, chosen))
    if saved.status_code not in {302, 303}:
        return [f"{form}: the choice was refused with {saved.status_code}"]
    return []
