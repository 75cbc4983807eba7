"""Every kind of paper, for every role: it shows nobody what they may not see.

The table is written by hand from the description of the product. A kind that is registered and has
no line here fails the build, so that none is forgotten.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.contract.conftest import Enter
from tests.contract.known import ILLNESS_SECRET
from tests.contract.town import (
    CASE_SECRET,
    FAR_SECRET,
    HEALTH_SECRET,
    NATIONAL_ID,
    NOI,
    PHONE_TYPED,
    PIM,
    Town,
)
from tests.issued import BASE, facts, row
from tests.papers.registered import nothing_hinders
from welfare.core.db import db
from welfare.core.pdf import html_for
from welfare.core.pdf.registers import AtOnce
from welfare.core.pdf.thai_text_layer import compose_sara_am
from welfare.papers import services
from welfare.papers.documents import letter_pdf, sheet_drawer
from welfare.papers.parts import Asked, Kind, fill_of, filled_kinds, kind_of, kinds
from welfare.papers.queries import paper_page, stored_bytes
from welfare.papers.queries.office import the_office
from welfare.papers.queries.rights import about_by_number
from welfare.reports.documents.issuing import (
    management_sheet,
    register_drawer,
    register_sheet,
    statistics_sheet,
)
from welfare.reports.documents.management import Written
from welfare.reports.documents.recipients import Look
from welfare.reports.kinds import MANAGEMENT_REPORT, RECIPIENT_REGISTER
from welfare.reports.queries.complaints import complaint_statistics
from welfare.reports.queries.overview import report_numbers
from welfare.reports.queries.periods import of_year, present_year
from welfare.reports.queries.recipients import RecipientFilters

EVERYBODY = (cast.WAN, cast.ORN, cast.KAN, cast.TON, PIM, NOI, cast.MALEE, cast.ANAN, cast.AEK)
OFFICE = {cast.ORN, cast.MALEE}


@dataclass(frozen=True)
class Place:
    """A paper of the town: about what, of what in it, who may print it as it stands now, and who
    may open it once orn has issued it."""

    about: str
    of: Callable[[Town], str] = lambda _town: ""
    prints: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    parts: tuple[str, ...] = field(default=())


def place(
    about: str, prints: set[str], opens: set[str], of: Callable[[Town], str] = lambda _town: ""
) -> Place:
    """With sets as they are written."""
    return Place(about, of, frozenset(prints), frozenset(opens))


MINE, HIDDEN = OFFICE | {cast.KAN}, OFFICE | {PIM}
TABLE: dict[str, list[Place]] = {
    "letter": [place("case", set(), MINE), place("restricted", set(), HIDDEN)],
    "memo": [place("case", set(), MINE), place("restricted", set(), HIDDEN)],
    "decision": [place("case", set(), MINE), place("restricted", set(), HIDDEN)],
    "refusal": [place("case", set(), MINE), place("restricted", set(), HIDDEN)],
    "referral": [],  # its own tests ask who reads what it shares: tests/integration/referrals
    "visit_record": [
        place("case", MINE, OFFICE, lambda town: town.done_visit),
        place("restricted", HIDDEN, OFFICE, lambda town: town.restricted_visit),
    ],
    "case_report": [place("case", MINE, OFFICE), place("restricted", HIDDEN, OFFICE)],
    "household_record": [
        place("household", OFFICE | {cast.KAN, cast.TON, PIM}, OFFICE),
        place("far_household", OFFICE | {cast.KAN, PIM}, OFFICE),
    ],
    "receipt": [],  # issued by filing: tests/integration/intake/test_receipts.py
    "committee_agenda": [place("meeting", OFFICE | {NOI}, OFFICE)],
    "committee_minutes": [place("meeting", OFFICE | {NOI}, OFFICE)],
    "management_report": [place("", set(), {cast.MALEE})],
    "complaint_statistics": [place("", set(), {cast.MALEE})],
    "recipient_register": [place("", set(), OFFICE)],
    "aid_receipt": [
        place("case", MINE, MINE, lambda town: f"given:{town.delivery}"),
        place("case", MINE, MINE, lambda town: f"loan:{town.loan}"),
    ],
}
SECRETS = {
    CASE_SECRET: OFFICE | {PIM},
    FAR_SECRET: OFFICE | {cast.KAN},
    HEALTH_SECRET: OFFICE,
    ILLNESS_SECRET: OFFICE,
    NATIONAL_ID: set[str](),
    PHONE_TYPED: OFFICE | {cast.KAN, PIM},
}
"""Planted words, and who may meet them on paper."""


def test_every_kind_has_its_line(app: Flask) -> None:
    assert {kind.code for kind in kinds()} == set(TABLE)


def test_nobody_prints_what_they_may_not_see(app: Flask, town: Town, enter: Enter) -> None:
    clients = {who: enter(who) for who in EVERYBODY}
    wrong, met = [], set[str]()
    for kind in filled_kinds():
        for one in TABLE[kind.code]:
            number = getattr(town, one.about)
            path = f"/desk/papers/make/{kind.code}/{number}"
            for who, client in clients.items():
                wrong += _reached(client, f"{path}?of={one.of(town)}", who, one.prints)
                if who in one.prints:
                    with app.app_context(), app.test_request_context():
                        said = _filled(kind, number, one.of(town), who)
                    met |= {secret for secret in SECRETS if secret in said}
                    wrong += _told(said, f"{who} {path}", who)
                else:
                    path_of_pdf = f"{path}/print.pdf?of={one.of(town)}"
                    wrong += _reached(client, path_of_pdf, who, one.prints)
    assert wrong == []
    assert CASE_SECRET in met, "nothing is met: the table above asks nothing"


def test_nobody_opens_an_issued_paper_that_says_more(
    app: Flask, town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_hinders(monkeypatch)  # whether there is a decision is not asked here
    clients = {who: enter(who) for who in EVERYBODY}
    wrong, count = [], 0
    with app.app_context():
        made = [
            (public_id, one, _words(stored_bytes(row(public_id).id)))
            for public_id, one in _all_issued(town)
        ]
    for public_id, one, said in made:
        count += 1
        for who, client in clients.items():
            path = f"/documents/{public_id}.pdf"
            wrong += _reached(client, path, who, one.opens)
            wrong += _told(said, f"{who} {path}", who) if who in one.opens else []
            if who not in one.opens:
                wrong += _reached(client, f"/documents/{public_id}/copy.pdf", who, one.opens)
    assert wrong == [] and count > len(TABLE)


def _reached(client: FlaskClient, path: str, who: str, may: frozenset[str]) -> list[str]:
    status = client.get(path).status_code
    sound = status == 200 if who in may else status in {403, 404}
    return [] if sound else [f"{who} {path}: {status}"]


def _told(said: str, where: str, who: str) -> list[str]:
    return [
        f"{where}: says {secret}"
        for secret, knows in SECRETS.items()
        if secret in said and who not in knows
    ]


def _filled(kind: Kind, number: str, of: str, who: str) -> str:
    viewer = cast.viewer(who)
    about = about_by_number(kind.about[0], number, viewer)
    assert about is not None
    sheet = fill_of(kind.code)(about, Asked(of, kind.usual), viewer)
    return _plain(html_for(sheet.template, sheet.values, pictures=sheet.pictures))


def _words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return _plain(compose_sara_am("".join(page.extract_text() for page in pages)))


def _plain(words: str) -> str:
    arabic = words.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    return re.sub(r"\s|<[^>]*>", "", arabic)


def _all_issued(town: Town) -> Iterator[tuple[str, Place]]:
    orn = cast.viewer(cast.ORN)
    for code, places in TABLE.items():
        kind = kind_of(code)
        for one in places:
            if not one.about:
                yield _loose(code), one
                continue
            number = getattr(town, one.about)
            if kind.composed:
                made = _letter(code, number)
            else:
                about = about_by_number(kind.about[0], number, orn)
                assert about is not None
                sheet = fill_of(code)(about, Asked(one.of(town), kind.usual), orn)
                sheet = replace(sheet, hindrance="")
                made = services.issue_sheet(
                    actor=orn, kind_code=code, number=number, sheet=sheet,
                    draw=sheet_drawer(kind, sheet, BASE),
                )  # fmt: skip
            db.session.commit()
            yield made, one


def _loose(code: str) -> str:
    """A report or register, about nobody in particular, issued by who may."""
    kind, orn, malee = kind_of(code), cast.viewer(cast.ORN), cast.viewer(cast.MALEE)
    year = of_year(present_year())
    if kind is RECIPIENT_REGISTER:
        filters, look, actor = RecipientFilters(year), Look(), orn
        sheet = register_sheet(filters, look, orn, "")
        draw = register_drawer(filters, look, orn, "", base_url=BASE, presses=AtOnce())
    else:
        actor = malee
        sheet = (
            management_sheet(report_numbers(malee, year), Written(), malee)
            if kind is MANAGEMENT_REPORT
            else statistics_sheet(complaint_statistics(malee, year), malee)
        )
        draw = sheet_drawer(kind, sheet, BASE)
    made = services.issue_sheet(actor=actor, kind_code=code, number="", sheet=sheet, draw=draw)
    db.session.commit()
    return made


def _letter(code: str, number: str) -> str:
    orn = cast.viewer(cast.ORN)
    made = services.write_draft(
        actor=orn, kind_code=code, subject="case", number=number, facts=facts()
    )
    page = paper_page(made, viewer=orn)
    services.issue_draft(
        actor=orn, public_id=made, version=page.version,
        draw=lambda stamp: letter_pdf(
            page.row.kind, page.facts, office=the_office(), base_url=BASE, stamp=stamp
        ),
    )  # fmt: skip
    return made
