"""A page costs at most twelve SQL statements, however many rows stand behind it."""

from flask import Flask
from sqlalchemy import select

from tests import cast
from tests.contract.conftest import Enter, counted
from tests.contract.reading import everything
from tests.contract.town import Town
from welfare.cases import services as cases
from welfare.core.db import db
from welfare.households import services as registry
from welfare.households.facts import HouseholdFacts, PersonFacts
from welfare.households.kinds import Relation

AT_MOST = 12
PAPER = 20
"""A paper gathers what several pages show, and is made once in a while."""
MANY = 40
MINE = frozenset({"/desk", "/field", "/desk/cases"})
"""Pages that are another for each who opens them; the others are counted once."""


def test_no_page_asks_more_often_when_there_is_more(app: Flask, town: Town, enter: Enter) -> None:
    clients = {who: enter(who) for who in (cast.ORN, cast.KAN, cast.MALEE, cast.ANAN, cast.WAN)}
    paths: dict[str, list[str]] = {}
    for who, client in clients.items():
        pages = everything(app, client, town).pages
        opened = {path for path, answer in pages.items() if answer.status_code == 200}
        known = {path for others in paths.values() for path in others}
        paths[who] = sorted(path for path in opened if path in MINE or path not in known)
    few = _counts(app, clients, paths)
    _crowd(app, town)
    many = _counts(app, clients, paths)
    too_many = {page: count for page, count in many.items() if count > _allowed(page)}
    growing = {page: (few[page], many[page]) for page in few if many[page] > few[page]}
    assert too_many == {}
    assert growing == {}


def _allowed(page: str) -> int:
    return PAPER if page.endswith(".pdf") else AT_MOST


def _counts(app: Flask, clients: dict, paths: dict) -> dict[str, int]:
    found = {}
    for who, client in clients.items():
        for path in paths[who]:
            counts = []
            for _turn in range(2):  # lists that are kept for a while may just be due
                with counted(app) as ran:
                    answer = client.get(path)
                counts.append(len(ran))
            if answer.status_code == 200:
                found[f"{who} {path}"] = min(counts)
    return found


def _crowd(app: Flask, town: Town) -> None:
    """More of everything: in the lists, in the case, in the house."""
    with app.app_context():
        orn, kan = cast.viewer(cast.ORN), cast.viewer(cast.KAN)
        for turn in range(MANY):
            cases.add_task(actor=kan, number=town.case, title=f"งาน {turn}")
            cases.add_note(actor=kan, number=town.case, text=f"บันทึก {turn}", public=turn % 2 == 0)
            registry.add_household(
                actor=orn, facts=HouseholdFacts(house_no=f"{turn}/9", village_no=2)
            )
            made = registry.add_person(actor=orn, facts=PersonFacts(first_name=f"ญาติ{turn}"))
            db.session.flush()
            registry.add_member(
                actor=orn, household_number=town.household, person_number=made.number,
                relation=Relation.CHILD,
            )  # fmt: skip
        db.session.commit()
        for turn in range(MANY):
            cast.complaint(description=f"เรื่องที่ {turn}")
            cast.case(title=f"กรณี {turn}", household_id=town.ids[0], person_id=town.ids[1])
        assert db.session.scalar(select(db.func.count()).select_from(db.metadata.tables["cases"]))
