"""Papers of the contract's town: one issued, one prepared, and one of the restricted case, which
holds its secret."""

from __future__ import annotations

from typing import Any

from tests import cast
from tests.issued import BASE, approve, draft, facts, issued, old_letter, row
from welfare.core.db import db
from welfare.papers import services
from welfare.papers.documents import as_taken_back, letter_drawer
from welfare.papers.kinds import PackageForm
from welfare.reports import services as lists
from welfare.reports.facts import Made
from welfare.reports.kinds import ListKind


def build(town: Any) -> None:
    """All committed."""
    from tests.contract.town import CASE_SECRET

    town.paper = issued(town.case, cast.KAN)
    town.verify_code = row(town.paper).verify_code
    town.draft_paper = draft(town.case, cast.KAN)
    issued(town.restricted, cast.ORN, title=CASE_SECRET, recipient=CASE_SECRET, body=CASE_SECRET)
    draft("", cast.ORN, "memo")
    _over(town)
    numbers = [town.case, town.far]
    town.batch = services.begin_batch(
        actor=cast.viewer(cast.ORN), kind_code="letter", case_numbers=numbers, common=facts()
    )
    db.session.commit()
    services.work_on_batches(letter_drawer(BASE))
    for form in PackageForm:
        services.pack_batch(actor=cast.viewer(cast.ORN), public_id=town.batch, form=form)
    db.session.commit()
    services.work_on_packages(as_taken_back)
    town.drawn_list = lists.begin_list(
        actor=cast.viewer(cast.ORN), kind=ListKind.RECIPIENTS, asked={}, noted={}
    )
    db.session.commit()
    lists.work_on_lists({ListKind.RECIPIENTS: lambda *_: Made(b"%PDF-1.7\n", 1, 1)})


def _over(town: Any) -> None:
    """Papers whose time is over: on an approved list, on one before the committee, on none."""
    lists_of = []
    for _turn in range(2):
        old_letter()
        lists_of.append(services.draw_up_list(actor=cast.viewer(cast.ORN)))
        db.session.commit()
    approve(lists_of[0])
    old_letter()
    town.destruction = lists_of[1]
