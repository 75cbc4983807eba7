"""The rules of funds stand among all rules, with what they did and whether they can run."""

import pytest
from flask import Flask

from tests import cast, funds
from tests.integration.messages.test_staff import with_kan
from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.queries.rules import all_rules
from welfare.cases.services import ask_help
from welfare.cases.workflow import AssistanceKind
from welfare.core.db import db

pytestmark = pytest.mark.usefixtures("stage")


def test_what_they_did_and_which_cannot_run(app: Flask) -> None:
    with app.app_context():
        fund_id = funds.fund(committee=2)
        funds.fund(code="empty", alone=None)
        number = cast.case(household_id=cast.household().id)
        with_kan(number)
        ask_help(
            actor=cast.viewer(cast.KAN), number=number, fund_id=fund_id,
            kind=AssistanceKind.MONEY, amount=funds.Decimal(500), description="ค่าหลังคา",
        )  # fmt: skip
        db.session.commit()
        rules = [rule for rule in all_rules() if rule.kind is RuleKind.FUND]
        asked = [rule for rule in rules if "hardship" in rule.name]
        assert {(rule.fired.of, rule.fired.count) for rule in asked} == {(number, 1)}
        red = {rule.name.split(":")[0]: rule.fault for rule in rules if rule.red}
        assert red["กองทุน empty"] is Fault.NO_RULE
        assert any("3,000" in rule.name and not rule.red for rule in asked)
