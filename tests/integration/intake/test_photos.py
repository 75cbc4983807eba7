"""Photos: drawn anew, kept through every error, shown to their uploader and to staff by right."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests import cast
from tests.integration.intake.test_filing_form import ANSWERS, NEW, filed
from tests.pages import form_in, submit
from welfare.core.db import db
from welfare.core.storage import StoredFile, open_file
from welfare.intake.models import ComplaintPhoto

GPS, MAKER = 0x8825, 0x010F


def jpeg(width: int = 60, height: int = 40, colour: str = "teal") -> bytes:
    """A photo as a phone makes it, with the place and the maker inside."""
    exif = Image.Exif()
    exif[MAKER] = "SecretPhoneMaker"
    exif[GPS] = {1: "N", 2: (18.0, 39.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def upload(
    client: FlaskClient, *contents: bytes, page: str | TestResponse = NEW, **changes: Any
) -> TestResponse:
    """Send the second step with some files."""
    files = [(io.BytesIO(content), f"p{n}.jpg") for n, content in enumerate(contents)]
    values = ANSWERS | {"step": "2"} | changes
    return submit(client, page, values | {"photos": files}, having="step")


def kept(page: TestResponse) -> list[str]:
    return form_in(page.text, having="step").fields.get("photo", [])


def test_photos_arrive_without_place_or_maker(app: Flask, stage: None, client: FlaskClient) -> None:
    page = upload(client, jpeg(), jpeg(colour="navy"))
    assert page.status_code == 200
    assert len(kept(page)) == 2
    values = form_in(page.text, having="step").fields | {"step": "send"}
    assert client.post(NEW, data=values).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ComplaintPhoto)) == 2
        files = db.session.scalars(select(StoredFile)).all()
        assert all(file.claimed for file in files)
        for file in files:
            data = open_file(file.public_id)
            assert b"SecretPhoneMaker" not in data
            assert not Image.open(io.BytesIO(data)).getexif()


def test_one_sending_carries_files_too(app: Flask, stage: None, client: FlaskClient) -> None:
    assert upload(client, jpeg(), step="send").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ComplaintPhoto)) == 1


def _forty_megapixels() -> bytes:
    out = io.BytesIO()
    Image.new("L", (8000, 5000)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    "bad",
    [b"just a text", b"", jpeg(800, 600)[:700], _forty_megapixels(), b"<svg xmlns='x'/>"],
    ids=["text", "empty", "broken", "40 megapixels", "svg"],
)
def test_a_bad_file_is_named_and_the_rest_stays(
    app: Flask, stage: None, client: FlaskClient, bad: bytes
) -> None:
    page = upload(client, jpeg(), bad)
    assert page.status_code == 400
    assert 'id="photos-error"' in page.text
    assert "p1.jpg" in page.text
    assert len(kept(page)) == 1
    assert ANSWERS["description"] in page.text
    assert ANSWERS["reporter_name"] in page.text


def test_twenty_are_kept_and_the_next_is_not(app: Flask, stage: None, client: FlaskClient) -> None:
    page = upload(client, *[jpeg(8, 8)] * 21)
    assert page.status_code == 400
    assert len(kept(page)) == 20
    page = upload(client, jpeg(8, 8), page=page)
    assert (page.status_code, len(kept(page))) == (400, 20)


def test_a_photo_can_be_taken_back(app: Flask, stage: None, client: FlaskClient) -> None:
    page = upload(client, jpeg(), jpeg(), step="1", go="2")
    first = re.findall(r'name="remove" value="(\w+)"', page.text)[0]
    page = submit(client, page, {"remove": first}, having="step")
    assert len(kept(page)) == 1


def test_only_the_uploader_sees_the_thumbnail(app: Flask, stage: None, client: FlaskClient) -> None:
    page = upload(client, jpeg(), go="2")
    address = re.findall(r'src="(/requests/photos/[^"]+)"', page.text)[0]
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert "no-store" in answer.headers["Cache-Control"]
    assert app.test_client().get(address).status_code == 404
    assert client.get(address[:-2] + "xx").status_code == 404


def test_forged_photo_ids_are_ignored(app: Flask, stage: None, client: FlaskClient) -> None:
    page = upload(client, jpeg())
    honest = kept(page)[0]
    values = form_in(page.text, having="step").fields
    for forged in (honest.split(".")[0], "f" * 32 + "." + honest.split(".")[1], ""):
        client.post(NEW, data=values | {"photo": [forged], "step": "2"})
        answer = client.post(NEW, data=values | {"photo": [forged], "step": "2"})
        assert kept(answer) == []


def test_staff_see_pictures_by_right(app: Flask, stage: None, client: FlaskClient) -> None:
    upload(client, jpeg(), step="send", category="violence")
    assert filed(app)[0].sensitivity.value == "restricted"
    with app.app_context():
        ids = db.session.scalars(select(StoredFile.public_id)).all()
    expected = {cast.ORN: 200, cast.MALEE: 200, cast.KAN: 404, cast.ANAN: 404, cast.WAN: 404}
    for name, status in expected.items():
        browser = cast.sign_in(app.test_client(), name)
        assert [browser.get(f"/desk/pictures/{i}").status_code for i in ids] == [status] * 2, name
    assert client.get(f"/desk/pictures/{ids[0]}").status_code == 302
