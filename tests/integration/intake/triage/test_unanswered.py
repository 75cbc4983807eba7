"""Requests past the day by which their filer was promised an answer: found by tab and by link."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests import cast
from welfare.core import clock
from welfare.core.db import db
from welfare.intake.models import Complaint


def test_the_tabs_and_the_managers_numbers_lead_to_exactly_those(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    with app.app_context():
        late, fresh = cast.complaint().reference, cast.complaint().reference
        week_ago = clock.now() - timedelta(days=8)
        db.session.execute(
            update(Complaint)
            .where(Complaint.reference == late)
            .values(acknowledge_by=clock.now() - timedelta(hours=1), filed_at=week_ago)
        )
        db.session.commit()
    cast.sign_in(client, cast.MALEE)
    page = client.get("/desk/reports").text
    for query in ("unanswered=1", "week=1"):
        assert f"/desk/complaints?{query}" in page
        listed = client.get(f"/desk/complaints?{query}").text
        assert late in listed
        assert fresh not in listed
    assert client.get("/desk/complaints?unanswered=x&week=%F0%9F%98%80").status_code == 200
