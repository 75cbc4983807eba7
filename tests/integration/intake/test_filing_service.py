"""What the filing service writes, and to whom it says no."""

import json
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests import cast
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.outbox import OutboxEvent
from welfare.core.security.permissions import PUBLIC
from welfare.intake.models import Complaint, ComplaintEvent
from welfare.intake.queries.tracking import opens
from welfare.intake.workflow import Channel


def test_everything_is_written_together(app: Flask, stage: None) -> None:
    with app.app_context():
        given = cast.complaint()
        one = db.session.scalars(select(Complaint)).one()
        event = db.session.scalars(select(ComplaintEvent)).one()
        audit = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "complaint.filed")
        ).one()
        out = db.session.scalars(select(OutboxEvent)).one()
        assert one.reference == given.reference == audit.object_ref
        assert json.loads(out.payload) == {"reference": given.reference}
        assert (event.kind.value, event.public) == ("filed", True)
        assert opens(given.reference, given.secret)
        assert not opens(given.reference, "000000000" if given.secret[0] != "0" else "1" * 9)
        assert given.secret not in str(one.secret_hash)
        assert "หลังคา" in one.search_text


def test_deadlines_skip_the_weekend(
    app: Flask, stage: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = datetime(2026, 11, 20, 10, 0, tzinfo=clock.BANGKOK)
    monkeypatch.setattr(clock, "now", lambda: friday)
    with app.app_context():
        cast.complaint(category="violence")
        one = db.session.scalars(select(Complaint)).one()
        assert one.acknowledge_by is not None
        assert clock.local(one.acknowledge_by).date().isoformat() == "2026-11-23"


def test_a_refused_filing_takes_no_number(app: Flask, stage: None) -> None:
    with app.app_context():
        for changes in ({"category": "none"}, {"village": 77}):
            with pytest.raises(Refused):
                cast.complaint(**changes)
            db.session.rollback()
        assert cast.complaint().reference.split("-")[1] == "000001"


@pytest.mark.parametrize("channel", [Channel.WALK_IN, Channel.PHONE, Channel.VOLUNTEER])
def test_the_public_cannot_pose_as_staff(app: Flask, stage: None, channel: Channel) -> None:
    with app.app_context(), pytest.raises(Forbidden):
        cast.complaint(PUBLIC, channel)


@pytest.mark.parametrize("name", [cast.AEK, cast.ANAN, cast.MALEE])
def test_who_may_not_file_for_others(app: Flask, stage: None, name: str) -> None:
    with app.app_context(), pytest.raises(Forbidden):
        cast.complaint(cast.viewer(name), Channel.PHONE)
