"""One thing, many viewers: what is theirs, another's, another village's, restricted, or not there.

What somebody may not know of is not found, by whatever address it is asked for, and no form
changes it.
"""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.contract.conftest import Enter
from tests.contract.routes import routes
from tests.contract.rows import READS, changed, fingerprint
from tests.contract.town import NOI, PIM, Town

YES, HIDDEN, NEVER = "shown", "not found", "forbidden"

CASES: dict[str, dict[str, str]] = {
    "case": {cast.ORN: YES, cast.MALEE: YES, cast.KAN: YES, cast.TON: HIDDEN, PIM: HIDDEN,
             NOI: HIDDEN, cast.WAN: NEVER, cast.ANAN: NEVER, cast.AEK: NEVER},
    "ton_case": {cast.ORN: YES, cast.MALEE: YES, cast.KAN: HIDDEN, cast.TON: YES, PIM: HIDDEN,
                 NOI: HIDDEN, cast.WAN: NEVER},
    "restricted": {cast.ORN: YES, cast.MALEE: YES, cast.KAN: HIDDEN, cast.TON: HIDDEN, PIM: YES,
                   NOI: HIDDEN, cast.WAN: NEVER},
    "far": {cast.ORN: YES, cast.MALEE: YES, cast.KAN: HIDDEN, cast.TON: HIDDEN, PIM: HIDDEN,
            NOI: HIDDEN, cast.AEK: NEVER},
    "closed": {cast.ORN: YES, cast.KAN: YES, cast.TON: HIDDEN},
}  # fmt: skip
COMPLAINTS: dict[str, dict[str, str]] = {
    "complaint": {cast.ORN: YES, cast.MALEE: YES, NOI: HIDDEN, cast.KAN: NEVER, cast.WAN: NEVER},
    "restricted_complaint": {cast.ORN: YES, cast.MALEE: YES, NOI: HIDDEN, cast.KAN: NEVER},
    "far_complaint": {cast.ORN: YES, cast.MALEE: YES, NOI: HIDDEN, cast.TON: NEVER},
}
HOUSES: dict[str, dict[str, str]] = {
    "household": {cast.ORN: YES, cast.KAN: YES, cast.TON: YES, NOI: HIDDEN, cast.WAN: NEVER},
    "far_household": {cast.ORN: YES, cast.KAN: YES, cast.TON: HIDDEN, NOI: HIDDEN,
                      cast.ANAN: NEVER},
}  # fmt: skip
PEOPLE: dict[str, dict[str, str]] = {
    "person": {cast.ORN: YES, cast.KAN: YES, cast.TON: YES, NOI: HIDDEN, cast.AEK: NEVER},
    "far_person": {cast.ORN: YES, cast.KAN: YES, cast.TON: HIDDEN, NOI: HIDDEN},
}
PICTURES: dict[str, dict[str, str]] = {
    "picture": {cast.ORN: YES, cast.KAN: YES, cast.TON: HIDDEN, NOI: HIDDEN, cast.WAN: HIDDEN,
                cast.ANAN: HIDDEN, cast.AEK: HIDDEN},
    "house_picture": {cast.ORN: YES, cast.KAN: YES, cast.TON: YES, NOI: HIDDEN, cast.WAN: HIDDEN,
                      cast.ANAN: HIDDEN, cast.AEK: HIDDEN},
    "restricted_picture": {cast.ORN: YES, PIM: YES, cast.KAN: HIDDEN, cast.TON: HIDDEN,
                           cast.WAN: HIDDEN, cast.ANAN: HIDDEN},
    "complaint_picture": {cast.ORN: YES, NOI: HIDDEN, cast.WAN: HIDDEN, cast.ANAN: HIDDEN},
    "restricted_complaint_picture": {cast.ORN: YES, NOI: HIDDEN, cast.TON: HIDDEN,
                                     cast.WAN: HIDDEN},
}  # fmt: skip
VISITS: dict[str, dict[str, str]] = {
    "planned_visit": {cast.KAN: YES, cast.ORN: YES, cast.TON: HIDDEN, NOI: HIDDEN,
                      cast.WAN: NEVER},
    "restricted_visit": {PIM: YES, cast.ORN: YES, cast.KAN: HIDDEN, cast.TON: HIDDEN},
}  # fmt: skip

KINDS = {
    "/desk/cases/": CASES,
    "/desk/complaints/": COMPLAINTS,
    "/desk/households/": HOUSES,
    "/desk/people/": PEOPLE,
    "/desk/pictures/": PICTURES,
    "/field/visits/": VISITS,
}
STATUS = {YES: {200}, HIDDEN: {404}, NEVER: {403}}
ABSENT = {
    "/desk/cases/": ("C70-999999-9", "C70-000099-0", "x"),
    "/desk/complaints/": ("UM70-999999-9", "x"),
    "/desk/households/": ("H-999999-9", "x"),
    "/desk/people/": ("P-999999-9", "x"),
    "/desk/pictures/": ("0" * 32, "..", "x.jpg"),
    "/field/visits/": ("V70-999999-9", "x"),
}


def test_who_sees_what(app: Flask, town: Town, enter: Enter) -> None:
    clients = _clients(enter)
    wrong = []
    for place, things in KINDS.items():
        for thing, viewers in things.items():
            for who, expected in viewers.items():
                status = clients[who].get(place + getattr(town, thing)).status_code
                if status not in STATUS[expected]:
                    wrong.append(f"{thing} for {who}: {status}, should be {expected}")
    assert wrong == []


def test_what_is_not_there_is_not_found(town: Town, enter: Enter) -> None:
    client = enter(cast.ORN)
    found = {
        place + number: status
        for place, numbers in ABSENT.items()
        for number in numbers
        if (status := client.get(place + number).status_code) != 404
    }
    assert found == {}


def test_a_strangers_address_opens_nothing(town: Town, client: FlaskClient) -> None:
    for place, things in KINDS.items():
        for thing in things:
            answer = client.get(place + getattr(town, thing))
            assert answer.status_code == 302, thing
            assert answer.location.startswith("/sign-in"), thing


def test_no_form_reaches_what_its_sender_may_not_see(app: Flask, town: Town, enter: Enter) -> None:
    """Every POST under a hidden thing's address, with a token that is in order."""
    clients = _clients(enter)
    swaps = {
        town.case: (CASES, ("ton_case", "restricted", "far")),
        town.complaint: (COMPLAINTS, ("restricted_complaint", "far_complaint")),
        town.household: (HOUSES, ("far_household",)),
        town.person: (PEOPLE, ("far_person",)),
        town.planned_visit: (VISITS, ("restricted_visit",)),
    }
    without = READS | {"audit_entries"}
    before, reached, sent = fingerprint(app, without=without), [], 0
    for route in routes(app, town):
        if route.method != "POST" or not route.path.startswith(("/desk", "/field")):
            continue
        for own, (table, things) in swaps.items():
            for thing in things:
                path = route.path.replace(own, getattr(town, thing))
                if path == route.path:
                    continue
                for who in [who for who, seen in table[thing].items() if seen != YES]:
                    sent += 1
                    answer = clients[who].post(path, data=_anything(clients[who]))
                    if answer.status_code not in {403, 404}:
                        reached.append(f"{who} {path}: {answer.status_code}")
    assert reached == []
    assert sent > 100
    assert changed(before, fingerprint(app, without=without)) == {}


_tokens: dict[int, str] = {}


def _anything(client: FlaskClient) -> dict[str, str]:
    if id(client) not in _tokens:
        page = client.get("/account").text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found
        _tokens[id(client)] = found[1]
    words = dict.fromkeys(
        ("text", "reason", "title", "description", "outcome_note", "note", "findings"), "แอบแก้"
    )
    return words | {
        "csrf_token": _tokens[id(client)], "version": "1", "one_time_key": "k" * 22,
        "audience": "internal", "outcome": "solved", "kind": "goods", "decided_by": "x",
    }  # fmt: skip


def _clients(enter: Enter) -> dict[str, FlaskClient]:
    names = {who for things in KINDS.values() for seen in things.values() for who in seen}
    _tokens.clear()
    return {who: enter(who) for who in sorted(names)}


@pytest.mark.parametrize(
    "path", ["/desk/cases", "/desk/people", "/desk/households", "/desk/registry"]
)
def test_no_search_finds_what_is_hidden(town: Town, enter: Enter, path: str) -> None:
    """Whoever searches for what they may not see learns nothing: the page is that of a search
    for something that is nowhere."""
    from tests.contract.town import CASE_SECRET, FAR_HOUSE, NATIONAL_ID

    for who, words in (
        (cast.KAN, CASE_SECRET),
        (cast.TON, CASE_SECRET),
        (NOI, CASE_SECRET),
        (cast.TON, FAR_HOUSE),
        (NOI, NATIONAL_ID),
        (NOI, "ใจดี"),
    ):
        client = enter(who)
        hit = client.get(path, query_string={"q": words})
        miss = client.get(path, query_string={"q": "ฌฎฏฐฑ" + "x" * (len(words) - 5)})
        assert _counts(hit.text) == _counts(miss.text), f"{who} {words}"
        for number in (town.restricted, town.person, town.household, town.far_household):
            if who == NOI or number in {town.restricted, town.far_household}:
                assert number not in hit.text, f"{who} {words}"


def _counts(page: str) -> tuple[int, int]:
    return page.count("<tr"), page.count('href="/desk/')
