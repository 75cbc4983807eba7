"""Moving the money of a budget: each step one statement that only fits while it is allowed.

The condition stands in the UPDATE itself, so that two at once cannot both see the same money:
PostgreSQL lets the second wait and then looks at the row again, SQLite has one writer at a time.
Rights, audit and the timeline are the caller's: these are steps of a service of casework.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, select, update

from welfare.benefits.kinds import EntryKind
from welfare.benefits.models import FundBudget, FundEntry
from welfare.benefits.queries.funds import LEFT
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.money import format_baht


def hold_budget(fund_id: int, fiscal_year: int) -> int | None:
    """Lock the budget of a year until the transaction ends; its id, ``None`` when there is none.

    Who checks the ceilings of a fund holds this first: nobody else approves from it meanwhile.
    """
    return db.session.scalar(
        select(FundBudget.id)
        .where(FundBudget.fund_id == fund_id, FundBudget.fiscal_year == fiscal_year)
        .with_for_update()
    )


def reserve(
    *, actor: Viewer, budget_id: int, amount: Decimal, case_number: str, request_id: int
) -> None:
    """Promise money; ``Refused`` when the budget does not hold so much any more."""
    changes = {FundBudget.reserved: FundBudget.reserved + amount}
    if not _change(budget_id, amount <= LEFT, changes):
        now = db.session.scalar(select(LEFT).where(FundBudget.id == budget_id))
        raise Refused(
            _(
                "The budget no longer holds %(amount)s baht: %(left)s are left.",
                amount=format_baht(amount),
                left=format_baht(now or 0),
            )
        )
    _write(actor, EntryKind.RESERVED, budget_id, amount, case_number, request_id)


def release(
    *, actor: Viewer, budget_id: int, amount: Decimal, case_number: str, request_id: int
) -> None:
    """Give up a promise."""
    changes = {FundBudget.reserved: FundBudget.reserved - amount}
    _must(_change(budget_id, FundBudget.reserved >= amount, changes))
    _write(actor, EntryKind.RELEASED, budget_id, amount, case_number, request_id)


def pay_out(
    *, actor: Viewer, budget_id: int, amount: Decimal, case_number: str, request_id: int
) -> None:
    """Turn a promise into a payment."""
    changes = {
        FundBudget.reserved: FundBudget.reserved - amount,
        FundBudget.paid: FundBudget.paid + amount,
    }
    _must(_change(budget_id, FundBudget.reserved >= amount, changes))
    _write(actor, EntryKind.PAID, budget_id, amount, case_number, request_id)


def give_back(
    *, actor: Viewer, budget_id: int, amount: Decimal, case_number: str, request_id: int
) -> None:
    """Money that was paid comes back into the budget it was paid from."""
    changes = {FundBudget.paid: FundBudget.paid - amount}
    _must(_change(budget_id, FundBudget.paid >= amount, changes))
    _write(actor, EntryKind.RETURNED, budget_id, amount, case_number, request_id)


def _change(budget_id: int, fits: ColumnElement[bool], changes: dict[Any, Any]) -> bool:
    done = db.session.execute(
        update(FundBudget)
        .where(FundBudget.id == budget_id, fits)
        .values(changes)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], done).rowcount == 1


def _must(done: bool) -> None:
    if not done:
        raise Refused(_("The books of the fund do not fit this step. Please tell the office."))


def _write(
    actor: Viewer,
    kind: EntryKind,
    budget_id: int,
    amount: Decimal,
    case_number: str,
    request_id: int,
) -> None:
    db.session.add(
        FundEntry(
            budget_id=budget_id,
            at=clock.now(),
            kind=kind,
            amount=amount,
            case_number=case_number,
            request_id=request_id,
            actor_id=actor.user_id or None,
        )
    )
