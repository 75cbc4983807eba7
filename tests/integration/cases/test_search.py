"""Searching: a rare phrase among many is found whole, and nobody finds what they may not see."""

import pytest
from flask import Flask

from tests import cast
from tests.conftest import Kept
from welfare.cases import queries
from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer

pytestmark = pytest.mark.usefixtures("stage")

RARE = "นกเงือกหัวแรด"
HITS = 30


def found(viewer: Viewer, **asked: str) -> list[str]:
    """All pages of an answer, followed to the end."""
    numbers: list[str] = []
    while True:
        question = queries.read_filters(asked, viewer=viewer)
        page = queries.worklist(question.filters, viewer=viewer)
        numbers += [row.number for row in page.rows]
        if page.older is None:
            return numbers
        asked = asked | {"page": page.older}


@pytest.fixture
def many(kept: Kept, stage: None) -> None:
    """2,500 cases: a rare phrase in the oldest ones, out of reach of the look at the newest."""

    def build() -> None:
        orn, category = cast.viewer(cast.ORN), queries.categories()[0].id
        now = clock.now()
        db.session.add_all(
            Case(
                number=f"C70-{n:06d}-0",
                title="เรื่องทั่วไป",
                summary="",
                category_id=category,
                priority=Priority.NORMAL,
                sensitivity=Sensitivity.NORMAL,
                status=CaseStatus.NEW,
                village_no=n % 3 + 1,
                opened_by_id=orn.user_id,
                opened_at=now,
                due_at=now,
                search_text=f"c70-{n:06d}-0 เรื่องทั่วไป{' เห็น' + RARE + ' 69' if n < HITS else ''}",
                updated_at=now,
            )
            for n in range(2500)
        )
        db.session.commit()

    kept("2,500 cases", build)


@pytest.mark.usefixtures("many")
def test_a_rare_phrase_is_found_whole(app: Flask) -> None:
    with app.app_context():
        orn, ton = cast.viewer(cast.ORN), cast.viewer(cast.TON)
        assert len(found(orn, q=RARE)) == HITS
        assert len(found(orn, q="เงือกหัว")) == HITS
        assert len(found(orn, q=f"๖๙ {RARE}")) == HITS
        assert len(found(orn, q="หัว")) == HITS
        assert len(found(orn, q="นก")) == HITS, "two letters: no trigrams"
        assert len(found(orn, q=RARE, village="1")) == HITS / 3
        assert found(orn, q=RARE) == sorted(found(orn, q=RARE), reverse=True)
        assert found(orn, q=RARE + "ๆๆๆ") == []
        assert found(ton, q=RARE) == []


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("word", ["รั่ว", "น้ำ", "ไม่ได้", "เรื่องทั่วไป", "a_b%c", '"ก็"', "c70-000007"])
def test_marks_and_signs_are_found_as_written(app: Flask, word: str) -> None:
    """Tones, which pg_trgm takes for the end of a word, and what LIKE and FTS5 take for theirs."""
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        before = len(found(orn, q=word))
        made = cast.case(title=f"หลังคา{word}ทั้งหลัง")
        assert made in found(orn, q=word)
        assert len(found(orn, q=word)) == before + 1
        assert made in found(orn, q=f"หลังคา{word}")
        assert made in found(orn, q=f"{word} หลังคา ทั้งหลัง")
        assert found(orn, q=f"{word}ๆ") == []


def test_nobody_finds_what_they_may_not_see(app: Flask) -> None:
    with app.app_context():
        orn, kan = cast.viewer(cast.ORN), cast.viewer(cast.KAN)
        hidden = cast.case(title="เรื่องลับ", sensitivity=Sensitivity.RESTRICTED)
        masked = cast.case(title="เรื่องอ่อนไหว", sensitivity=Sensitivity.SENSITIVE, actor=cast.KAN)
        assert found(orn, q="เรื่องลับ") == [hidden]
        assert found(kan, q="เรื่องลับ") == []
        assert found(kan) == [masked]
        assert found(kan, q="เรื่องอ่อนไหว") == []
        page = queries.worklist(queries.read_filters({}, viewer=kan).filters, viewer=kan)
        assert page.rows[0].masked
        assert page.rows[0].title == ""


def test_pages_join_without_gap_or_overlap(app: Flask) -> None:
    with app.app_context():
        orn, ton = cast.viewer(cast.ORN), cast.viewer(cast.TON)
        numbers = [cast.case(village_no=n % 3 + 1, title=f"เรื่องที่ {n}") for n in range(60)]
        for sort in ("due", "newest", "oldest"):
            seen = found(orn, sort=sort)
            assert len(seen) == len(set(seen)) == len(numbers)
        assert found(orn, sort="newest") == found(orn, sort="oldest")[::-1]
        assert found(ton) == []
