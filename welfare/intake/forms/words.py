"""Words for what else stands in the forms of complaints, as staff read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.intake.queries.likeness import Reason
from welfare.intake.workflow import Relationship

RELATIONSHIP: Mapping[str, Any] = {
    Relationship.SELF: _l("the person themselves"),
    Relationship.FAMILY: _l("family or relative"),
    Relationship.NEIGHBOUR: _l("neighbour or friend"),
    Relationship.VOLUNTEER: _l("volunteer"),
    Relationship.VILLAGE_HEAD: _l("village head or assistant"),
    Relationship.STAFF: _l("member of staff"),
    Relationship.OTHER: _l("somebody else"),
}
REASON: Mapping[str, Any] = {
    Reason.PERSON: _l("linked to the same person"),
    Reason.PHONE: _l("the same telephone"),
    Reason.REPORTER: _l("filed from the same telephone"),
    Reason.HOUSE_CATEGORY: _l("the same house and category within 60 days"),
    Reason.HOUSE: _l("the same house"),
    Reason.NAME: _l("the same name"),
    Reason.NAME_ALIKE: _l("a name spelt alike"),
    Reason.TEXT: _l("nearly the same words"),
    Reason.TEXT_ALIKE: _l("similar words"),
    Reason.NEAR: _l("close by"),
}


def word(words: Mapping[str, Any], code: str | None) -> str:
    """The word for one value; nothing for none."""
    return "" if code is None else str(words.get(code, code))
