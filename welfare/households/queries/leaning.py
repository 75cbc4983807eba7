"""What refers to a record, in words: why it cannot go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l

_WORDS: Mapping[str, Any] = {
    "memberships": _l("a stay in a household"),
    "parentages": _l("a mother or father who is recorded"),
    "person_facts": _l("a fact about the person"),
    "person_identifiers": _l("an ID number"),
    "person_phones": _l("a telephone number"),
    "person_names": _l("a name"),
    "cases": _l("a case"),
    "complaints": _l("a request"),
    "assistances": _l("help that was given"),
    "enrolments": _l("a benefit"),
    "visits": _l("a visit"),
    "household_surveys": _l("a survey"),
    "household_needs": _l("a problem or strength"),
}


def leaning_words(tables: Collection[str]) -> list[str]:
    """By the tables whose rows refer to it; each word once."""
    return list(dict.fromkeys(str(_WORDS.get(name, _("another record"))) for name in tables))
