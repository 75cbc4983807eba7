"""A fund with its rules, money and committee, and a piece to lend, for tests."""

from datetime import date
from decimal import Decimal

from tests import cast
from welfare.benefits import services as benefits
from welfare.benefits.facts import FundFacts, PieceFacts, RuleFacts
from welfare.benefits.kinds import Per, PieceState, RuleKind
from welfare.benefits.queries import fund_of
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Role
from welfare.core.thai.dates import fiscal_year

FUND = "hardship"
SINCE = date(2024, 10, 1)


def fund(
    *,
    code: str = FUND,
    budget: int | None = 10_000,
    per_time: int | None = 3000,
    times: int | None = 3,
    alone: int | None = 3000,
    committee: int | None = None,
) -> int:
    """A fund: a ceiling each time, so many times a year for a household, who decides; its id."""
    anan = cast.viewer(cast.ANAN)
    facts = FundFacts(name_th=f"กองทุน {code}", name_en="", purpose="", legal_basis="", active=True)
    made = benefits.add_fund(actor=anan, code=code, facts=facts)
    rules = []
    if per_time is not None:
        rules.append(RuleFacts(RuleKind.PER_TIME, SINCE, amount=Decimal(per_time)))
    if times is not None:
        rules.append(RuleFacts(RuleKind.TIMES, SINCE, times=times, per=Per.HOUSEHOLD))
    if alone is not None:
        rules.append(RuleFacts(RuleKind.DECIDER, SINCE, amount=Decimal(alone), role=Role.MANAGER))
    if committee is not None:
        rules.append(RuleFacts(RuleKind.COMMITTEE, SINCE, members=committee))
    for rule in rules:
        benefits.add_rule(actor=anan, code=code, facts=rule)
    if budget is not None:
        benefits.set_budget(actor=anan, code=code, fiscal_year=this_year(), amount=Decimal(budget))
    db.session.commit()
    return made


def this_year() -> int:
    """The fiscal year of today."""
    return fiscal_year(clock.today())


def fund_id(code: str = FUND) -> int:
    """The id behind a code."""
    return fund_of(code).id


def piece(number: str = "W-01", code: str = "wheelchair") -> int:
    """A wheelchair in stock; its id."""
    anan = cast.viewer(cast.ANAN)
    kind = benefits.add_kind(actor=anan, code=code, name_th="รถเข็นนั่ง", name_en="Wheelchair")
    facts = PieceFacts(number, PieceState.IN_STOCK, "", None, None)
    made = benefits.add_piece(actor=anan, kind_id=kind, facts=facts)
    db.session.commit()
    return made
