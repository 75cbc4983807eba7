"""The funds: how much is promised, paid and left; what waits for a decision; the ledger."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from welfare.benefits.labels import ENTRIES
from welfare.benefits.queries import committee, fund_of, rules_of
from welfare.benefits.queries import funds as funds_of
from welfare.benefits.queries.managing import MOST_LINES, budgets, ledger
from welfare.benefits.wording import rule_words
from welfare.cases.labels import KINDS_OF_HELP
from welfare.cases.queries import count_out, waiting_for
from welfare.cases.queries.help import seen_numbers
from welfare.core import clock
from welfare.core.security.permissions import Permission
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web import requires, the_viewer

P = Permission
funds = Blueprint("funds", __name__, url_prefix="/desk")


@funds.get("/funds")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def overview() -> str:
    """All funds with their money of this fiscal year, and what waits for the viewer."""
    viewer, year = the_viewer(), _year()
    return render_template(
        "funds/overview.html",
        year=year,
        funds=funds_of(year),
        waiting=waiting_for(viewer),
        loans=count_out(viewer),
        kinds=KINDS_OF_HELP,
    )


def _year() -> int:
    """The fiscal year (พ.ศ.) that is asked for; this one when it cannot be read."""
    this_year = fiscal_year(clock.today())
    year = whole(to_arabic(request.args.get("year", "").strip()), digits=4) or this_year
    return year if this_year - 30 <= year <= this_year + 5 else this_year


@funds.get("/funds/<code>")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def page(code: str) -> str:
    """One fund: its rules today, who decides, and every movement of a year's money.

    The ledger names only the cases that the viewer may see.
    """
    viewer, year = the_viewer(), _year()
    fund = fund_of(code)
    years = budgets(fund.id)
    budget = next((one for one in years if one.fiscal_year == year), None)
    before = request.args.get("before", "")
    lines = ledger(budget.id, before=whole(before)) if budget else []
    shown = lines[:MOST_LINES]
    return render_template(
        "funds/fund.html",
        fund=fund,
        year=year,
        years=years,
        budget=budget,
        rules=[(rule, rule_words(rule)) for rule in rules_of([fund.id], clock.today())],
        seats=committee(fund.id),
        calls=viewer.can(P.ISSUE_PAPERS),
        lines=shown,
        older=shown[-1].id if len(lines) > MOST_LINES else None,
        seen=seen_numbers({line.case_number for line in shown if line.case_number}, viewer=viewer),
        entries=ENTRIES,
    )
