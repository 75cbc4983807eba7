"""Papers of the contract's town: one issued, one prepared, and one of the restricted case, which
holds its secret."""

from __future__ import annotations

from typing import Any

from tests import cast
from tests.issued import draft, issued, row


def build(town: Any) -> None:
    """All committed."""
    from tests.contract.town import CASE_SECRET

    town.paper = issued(town.case, cast.KAN)
    town.verify_code = row(town.paper).verify_code
    town.draft_paper = draft(town.case, cast.KAN)
    issued(town.restricted, cast.ORN, title=CASE_SECRET, recipient=CASE_SECRET, body=CASE_SECRET)
    draft("", cast.ORN, "memo")
