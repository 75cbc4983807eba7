"""A server as ours must not be: its approvals read the budget, think, and then write it.

Only the control of ``test_one_fund`` runs it: there a fund must be seen to be overdrawn.
"""

import time
from typing import Any

from sqlalchemy import select, update

from welfare.benefits.models import FundBudget
from welfare.cases.services.helping import deciding
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Refused

THINKING_SECONDS = 0.05


def look(fund_id: int, fiscal_year: int) -> int | None:
    """The budget, without holding it."""
    return db.session.scalar(
        select(FundBudget.id).where(
            FundBudget.fund_id == fund_id, FundBudget.fiscal_year == fiscal_year
        )
    )


def promise(*, budget_id: int, amount: Any, **_more: Any) -> None:
    """Look in one transaction, think, write in another what the first one saw."""
    db.session.rollback()
    expect_writes(False)
    held = db.session.execute(
        select(FundBudget.amount, FundBudget.reserved).where(FundBudget.id == budget_id)
    ).one()
    begin_writing(db.session)
    if held.reserved + amount > held.amount:
        raise Refused("too little")
    time.sleep(THINKING_SECONDS)
    db.session.execute(
        update(FundBudget)
        .where(FundBudget.id == budget_id)
        .values(reserved=held.reserved + amount)
        .execution_options(synchronize_session=False)
    )


deciding.hold_budget = look  # type: ignore[assignment]
deciding.reserve = promise  # type: ignore[assignment]

from wsgi import app  # noqa: E402, F401 - the application, with the steps above
