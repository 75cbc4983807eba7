"""Many papers at once: each for itself, what fails is told, what is made stays made."""

import io
import pickle
import zipfile
from functools import partial
from typing import Any

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from tests import cast
from tests.issued import BASE, issued
from tests.pages import submit
from tests.papers.reading import by_poppler, letters
from welfare.cases.models import Case
from welfare.cases.workflow import Sensitivity
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.pdf import stand_ins
from welfare.core.pdf.stand_ins import lay_out
from welfare.core.thai.digits import to_thai
from welfare.papers import services
from welfare.papers.documents import as_taken_back, letter_drawer
from welfare.papers.facts import LetterFacts
from welfare.papers.kinds import AssetKind, BatchStatus, PackageForm, PackageStatus
from welfare.papers.models import Paper, PaperBatchItem, PaperPackage
from welfare.papers.queries import stored_bytes
from welfare.papers.queries.assets import pictures_now
from welfare.papers.queries.batches import batch_page
from welfare.papers.queries.packages import package_file

pytestmark = pytest.mark.usefixtures("stage")
COMMON = LetterFacts(
    "แจ้งเรื่อง", "", "เทศบาลขอแจ้งให้ทราบ", signer="นายสมมติ ใจดี", signer_position="นายกเทศมนตรี"
)


def numbers(named: int, nameless: int = 0) -> list[str]:
    """Cases of somebody, and of nobody known."""
    who = cast.person(cast.household())
    made = [cast.case(person_id=who.id) for _turn in range(named)]
    return made + [cast.case() for _turn in range(nameless)]


def numbers_of() -> list[str]:
    """The cases there are, the oldest first."""
    return list(db.session.scalars(select(Case.number).order_by(Case.id)))


def begin(cases: list[str], actor: str = cast.ORN) -> str:
    made = services.begin_batch(
        actor=cast.viewer(actor), kind_code="letter", case_numbers=cases, common=COMMON
    )
    db.session.commit()
    return made


def test_made_one_by_one_and_what_fails_is_told(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        made = begin(numbers(2, nameless=1))
        assert services.work_on_batches(letter_drawer(BASE)) == 2
        page = batch_page(made, viewer=cast.viewer(cast.ORN))
        assert (page.row.done, page.row.failed, page.row.status) == (2, 1, BatchStatus.DONE)
        assert page.failed[0].failure
        runs = db.session.scalars(select(Paper.running).order_by(Paper.id)).all()
        assert runs == [1, 2]
        with pytest.raises(NotFound):
            batch_page(made, viewer=cast.viewer(cast.MALEE))
    cast.sign_in(client, cast.ORN)
    here = f"/desk/papers/batches/{made}"
    assert client.get(f"{here}/papers.zip").status_code == 404
    for form in ("zip", "pdf"):
        assert submit(client, here, {"package": form}, having="package").status_code == 303
        assert "กำลังรวมแฟ้ม" in client.get(here).text
    with app.app_context():
        assert services.work_on_packages(as_taken_back) == 2
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{here}/papers.zip").data))
    assert len(archive.namelist()) == 2 and archive.testzip() is None
    whole = client.get(f"{here}/papers.pdf").data
    assert len(pypdf.PdfReader(io.BytesIO(whole)).pages) == 2
    assert f"{here}/papers.zip" in client.get(here).text


def test_a_package_is_made_once_for_its_maker_and_goes_away(app: Flask, at: Any) -> None:
    at("2026-11-02T09:00:00+07:00")
    with app.app_context():
        orn, made = cast.viewer(cast.ORN), begin(numbers(2))
        with pytest.raises(Refused):
            services.pack_batch(actor=orn, public_id=made, form=PackageForm.ZIP)
        db.session.rollback()
        services.work_on_batches(letter_drawer(BASE))
        first = services.pack_batch(actor=orn, public_id=made, form=PackageForm.ZIP)
        db.session.commit()
        assert services.pack_batch(actor=orn, public_id=made, form=PackageForm.ZIP) == first
        with pytest.raises(NotFound):
            services.pack_batch(actor=cast.viewer(cast.MALEE), public_id=made, form=PackageForm.ZIP)
        db.session.rollback()
        # A worker died over it: the next one begins anew.
        db.session.execute(db.update(PaperPackage).values(status=PackageStatus.WORKING))
        # Of one of the two cases its maker may not know any more.
        db.session.execute(
            db.update(Case)
            .where(Case.number == numbers_of()[0])
            .values(sensitivity=Sensitivity.CONDUCT)
        )
        db.session.commit()
        assert (
            services.work_on_packages(as_taken_back) == 1
            and services.work_on_packages(as_taken_back) == 0
        )
        found = package_file(made, PackageForm.ZIP, viewer=orn)
        assert found is not None
        content = b"".join(found.content)
        assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 1
        assert found.size == len(content)
        with pytest.raises(NotFound):
            package_file(made, PackageForm.ZIP, viewer=cast.viewer(cast.MALEE))
        at("2026-11-10T09:00:00+07:00")
        assert services.clear_old_packages() == 1
        db.session.commit()
        with pytest.raises(NotFound):
            package_file(made, PackageForm.ZIP, viewer=orn)


def test_what_was_taken_back_is_marked_in_packages_and_old_ones_are_not_given_out(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        orn, made = cast.viewer(cast.ORN), begin(numbers(2))
        services.work_on_batches(letter_drawer(BASE))
        for form in PackageForm:
            services.pack_batch(actor=orn, public_id=made, form=form)
        db.session.commit()
        assert services.work_on_packages(as_taken_back) == 2
        one = db.session.scalars(select(Paper).order_by(Paper.id)).first()
        assert one is not None
        services.withdraw_paper(
            actor=orn, public_id=one.public_id, version=one.version, reason="ผิดคน"
        )
        number = one.number
        db.session.commit()
    cast.sign_in(client, cast.ORN)
    here = f"/desk/papers/batches/{made}"
    page = client.get(here).text
    assert number in page and f"{here}/papers.zip" not in page
    assert client.get(f"{here}/papers.pdf").location == here
    for form in ("zip", "pdf"):
        assert submit(client, here, {"package": form}, having="package").status_code == 303
    with app.app_context():
        assert services.work_on_packages(as_taken_back) == 2
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{here}/papers.zip").data))
    undone, holds = sorted(archive.namelist(), key=lambda name: "cancelled" not in name)
    assert "ยกเลิกแล้ว" in said(archive.read(undone)) and b"/Sig" not in archive.read(undone)
    assert "ยกเลิกแล้ว" not in said(archive.read(holds)) and b"/Sig" in archive.read(holds)
    whole = client.get(f"{here}/papers.pdf")
    assert said(whole.data).count("ยกเลิกแล้วเมื่อ") == 2  # across and above, on its page alone
    assert whole.content_length == len(whole.data)


def said(content: bytes) -> str:
    return letters("".join(by_poppler(content)))


def test_a_worker_that_dies_goes_on_where_it_stopped(app: Flask) -> None:
    with app.app_context():
        made = begin(numbers(3))
        draw = letter_drawer(BASE)

        def dies(letters: Any) -> Any:
            yield next(draw(letters))
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            services.work_on_batches(dies)
        db.session.rollback()
        services.work_on_batches(draw)
        assert batch_page(made, viewer=cast.viewer(cast.ORN)).row.done == 3
        assert db.session.scalar(select(func.count()).select_from(Paper)) == 3


def test_stopped_and_gone_on_with(app: Flask) -> None:
    with app.app_context():
        made, orn = begin(numbers(1)), cast.viewer(cast.ORN)
        version = batch_page(made, viewer=orn).version
        services.stop_batch(actor=orn, public_id=made, version=version)
        db.session.commit()
        assert services.work_on_batches(letter_drawer(BASE)) == 0
        version = batch_page(made, viewer=orn).version
        services.go_on_with_batch(actor=orn, public_id=made, version=version)
        db.session.commit()
        assert services.work_on_batches(letter_drawer(BASE)) == 1


def test_who_may_and_for_which_cases(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        found = numbers(1)
        for nobody in (cast.KAN, cast.ANAN, cast.WAN):
            with pytest.raises(Forbidden):
                begin(found, nobody)
            db.session.rollback()
        with pytest.raises(Refused):
            begin([*found, "C70-000999-9"])
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(PaperBatchItem)) == 0
    cast.sign_in(client, cast.ORN)
    page = "/desk/papers/batches/new"
    assert submit(client, page, {"cases": "ไม่ใช่เลข"}).status_code == 400
    answer = submit(client, page, {"cases": f"{found[0]}, {found[0]}", "kind": "decision"})
    assert answer.status_code == 303


def test_who_issues_a_letter_meanwhile_moves_the_book_on(app: Flask) -> None:
    with app.app_context():
        made, draw, turns = begin(numbers(2)), letter_drawer(BASE), []

        def overtaken(letters: Any) -> Any:
            for drawn in list(draw(letters)):  # all drawn before the first is issued
                if not turns:
                    turns.append(issued())
                yield drawn

        assert services.work_on_batches(overtaken) == 2
        assert batch_page(made, viewer=cast.viewer(cast.ORN)).row.done == 2
        papers = db.session.scalars(select(Paper).order_by(Paper.running)).all()
        assert [paper.running for paper in papers] == [1, 2, 3]
        for paper in papers[1:]:
            text = pypdf.PdfReader(io.BytesIO(stored_bytes(paper.id))).pages[0].extract_text()
            assert to_thai(f"{paper.running}/{paper.fiscal_year}") in text


def test_without_a_public_address_nothing_is_issued_and_it_is_said(app: Flask) -> None:
    with app.app_context():
        made = begin(numbers(1))
        assert services.work_on_batches(letter_drawer("")) == 0
        page = batch_page(made, viewer=cast.viewer(cast.ORN))
        assert page.row.failed == 1 and "ที่อยู่เว็บไซต์" in page.failed[0].failure
        assert db.session.scalar(select(func.count()).select_from(Paper)) == 0


def test_other_processes_are_given_the_municipalitys_seal(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    red = io.BytesIO()
    Image.new("RGB", (40, 40), "#ff0000").save(red, "PNG")
    with app.app_context():
        assert pictures_now() == {}
        services.set_asset(
            actor=cast.viewer(cast.ANAN), kind=AssetKind.SEAL, content=red.getvalue()
        )
        prepare = pickle.loads(pickle.dumps(partial(lay_out, pictures_now())))  # as it travels
        monkeypatch.setattr(stand_ins, "_asked", [])
        prepare()
        for name in ("seal.svg", "emblem.svg"):
            picture = Image.open(io.BytesIO(stand_ins.own(name) or b""))
            assert picture.convert("RGB").getpixel((20, 20)) == (255, 0, 0)
