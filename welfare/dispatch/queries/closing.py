"""What of visits is still open when a case is closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from welfare.cases.parts import ClosingCheck, OpenMatter
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.dispatch.models import Visit
from welfare.dispatch.workflow import VisitStatus


def _packed_visits(case_id: Any) -> Any:
    """How many are planned for later days: closing calls them off; today's stay."""
    planned = (
        Visit.case_id == case_id,
        Visit.status == VisitStatus.PLANNED,
        Visit.planned_on > clock.today(),
    )
    return select(func.count(Visit.id)).where(*planned).scalar_subquery()


def _read_visits(text: str) -> Sequence[OpenMatter]:
    count = int(text)
    words = _("Visits that are planned and will be called off: %(n)s", n=count)
    return [OpenMatter(words, "#visits")] if count else []


VISIT_CHECK = ClosingCheck(_packed_visits, _read_visits)
"""For the closing of a case: visits that were to be made on later days."""
