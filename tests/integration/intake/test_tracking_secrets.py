"""A lost secret is replaced by those who decide on complaints, and by nobody else."""

import pytest
from flask import Flask

from tests import cast
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.intake.queries.tracking import opens
from welfare.intake.services.secrets import renew_secret


def test_the_new_secret_opens_and_the_old_one_does_not(app: Flask, stage: None) -> None:
    with app.app_context():
        given = cast.complaint()
        fresh = renew_secret(actor=cast.viewer(cast.ORN), reference=given.reference)
        db.session.commit()
        assert opens(given.reference, fresh)
        assert not opens(given.reference, given.secret)


@pytest.mark.parametrize("name", [cast.KAN, cast.WAN, cast.ANAN, cast.AEK])
def test_others_renew_nothing(app: Flask, stage: None, name: str) -> None:
    with app.app_context():
        given = cast.complaint()
        with pytest.raises((NotFound, Forbidden)):
            renew_secret(actor=cast.viewer(name), reference=given.reference)
        db.session.rollback()
        assert opens(given.reference, given.secret)
