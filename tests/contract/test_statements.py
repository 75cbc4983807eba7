"""A page costs at most twelve SQL statements, however many rows stand behind it."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.contract.conftest import Enter, counted
from tests.contract.forms import Offered
from tests.contract.reading import Walk, everything
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


def test_no_page_asks_more_often_when_there_is_more(
    app: Flask, offered: Offered, enter: Enter
) -> None:
    clients = {who: offered.clients[who] for who in (cast.ORN, cast.KAN, cast.MALEE, cast.ANAN)}
    walks = {who: offered.walks[who] for who in clients}
    clients[cast.WAN] = enter(cast.WAN)
    walks[cast.WAN] = everything(app, clients[cast.WAN], offered.town)
    asked = [(who, path) for who, paths in _to_open(walks).items() for path in paths]
    few: dict[str, int] = {}
    for who, path in asked:
        for _turn in range(2):  # lists that are kept for a while may just be due
            if (count := _count(app, clients[who], path)) is not None:
                few[f"{who} {path}"] = min(count, few.get(f"{who} {path}", count))
    _crowd(app, offered.town)
    too_many, growing = {}, {}
    for who, path in asked:
        page = f"{who} {path}"
        most = min(_allowed(page), few.get(page, AT_MOST))
        count = _settled(app, clients[who], path, most)
        if count is not None and count > _allowed(page):
            too_many[page] = count
        if count is not None and page in few and count > few[page]:
            growing[page] = (few[page], count)
    assert too_many == {}
    assert growing == {}


def _to_open(walks: dict[str, Walk]) -> dict[str, list[str]]:
    """The pages of each, without those that were another's already."""
    paths: dict[str, list[str]] = {}
    for who, walk in walks.items():
        opened = {path for path, answer in walk.pages.items() if answer.status_code == 200}
        known = {path for others in paths.values() for path in others}
        paths[who] = sorted(path for path in opened if path in MINE or path not in known)
    return paths


def _allowed(page: str) -> int:
    """A sheet's page is filled as its paper is."""
    return PAPER if page.endswith(".pdf") or "/desk/papers/make/" in page else AT_MOST


def _count(app: Flask, client: FlaskClient, path: str) -> int | None:
    """How many statements a page takes; None if it is not there any more."""
    with counted(app) as ran:
        answer = client.get(path)
    return len(ran) if answer.status_code == 200 else None


def _settled(app: Flask, client: FlaskClient, path: str, most: int) -> int | None:
    """The same once no list that is kept for a while is due any more: on a busy machine one after
    the other is."""
    count = _count(app, client, path)
    for _turn in range(3):
        if count is None or count <= most:
            break
        count = _count(app, client, path)
    return count


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
