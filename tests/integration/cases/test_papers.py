"""A PDF attached to a case: cleaned, saved by those who see the case, found by nobody else."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import cast
from tests.pages import submit

pytestmark = pytest.mark.usefixtures("stage")


def _pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        pdf.save(out)
    return out.getvalue()


def _attach(client: FlaskClient, number: str, content: bytes, name: str) -> TestResponse:
    page = client.get(f"/desk/cases/{number}?open=file")
    return submit(
        client, page, {"picture": (io.BytesIO(content), name), "caption": "ใบรับรองแพทย์"},
        having="caption",
    )  # fmt: skip


def test_a_pdf_is_attached_clean_and_given_out_by_right(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.ORN)
    assert _attach(client, number, _pdf(), "ใบรับรอง.pdf").status_code == 303
    page = client.get(f"/desk/cases/{number}").text
    address = re.search(r'href="(/desk/pictures/[0-9a-f]+)"><span class="thumb-paper"', page)
    assert address
    answer = client.get(address[1])
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data.startswith(b"%PDF-")
    assert b"JavaScript" not in answer.data
    stranger = app.test_client()
    cast.sign_in(stranger, cast.WAN)
    assert stranger.get(address[1]).status_code == 404


def test_what_is_no_pdf_is_refused_beside_the_field(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.ORN)
    for content, words in (
        (b"%PDF-1.7 broken", "เปิดไฟล์ PDF นี้ไม่ได้"),
        (b"only text", "ไฟล์นี้ไม่ใช่รูปภาพหรือ PDF"),
    ):
        answer = _attach(client, number, content, "a.pdf")
        assert answer.status_code == 400
        assert words in answer.text
