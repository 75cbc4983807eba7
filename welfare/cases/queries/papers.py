"""What official papers about cases need to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, select

from welfare.cases.models import Case
from welfare.cases.policies import can_edit, can_see, hidden_levels, searchable, visible_to
from welfare.cases.queries.loading import load_case, load_case_by_id
from welfare.cases.workflow import Sensitivity
from welfare.core.security.permissions import Viewer
from welfare.papers.kinds import Secrecy
from welfare.papers.parts import About


def case_by_number(number: str, viewer: Viewer) -> About:
    """The case with this number; ``NotFound`` when the viewer may not see it."""
    return _about(load_case(number, viewer=viewer), viewer)


def case_by_id(case_id: int, viewer: Viewer) -> About:
    """The same by its id."""
    return _about(load_case_by_id(case_id, viewer=viewer), viewer)


def _about(case: Case, viewer: Viewer) -> About:
    edits = can_edit(viewer, case)
    return About(
        subject="case",
        id=case.id,
        number=case.number,
        title=case.title,
        url=f"/desk/cases/{case.number}",
        may_write=edits,
        may_issue=can_see(viewer, case) and case.sensitivity not in hidden_levels(viewer),
        secrecy=Secrecy.NORMAL if case.sensitivity is Sensitivity.NORMAL else Secrecy.SENSITIVE,
    )


def visible_cases(viewer: Viewer) -> Select[Any]:
    """The ids of the cases that a viewer may see."""
    return select(Case.id).where(visible_to(viewer))


def named_cases(viewer: Viewer) -> Select[Any]:
    """The ids of those of which lists say to them whom they concern."""
    return select(Case.id).where(and_(visible_to(viewer), searchable(viewer)))


def case_values(case_id: int, viewer: Viewer) -> Mapping[str, object]:
    """What texts may say of a case."""
    case = load_case_by_id(case_id, viewer=viewer)
    return {"number": case.number, "title": case.title}
