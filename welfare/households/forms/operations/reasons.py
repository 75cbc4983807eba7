"""Why households change: the usual reasons of each operation, to choose with one click."""

from __future__ import annotations

from typing import Any

from welfare.core.i18n import lazy_gettext as _l

Reasons = tuple[Any, ...]

BIRTH: Reasons = (
    _l("Reported with the birth certificate"),
    _l("Told by the family, certificate not seen yet"),
    _l("Registered late"),
)
DEATH: Reasons = (
    _l("Reported with the death certificate"),
    _l("Told by the family or the village head"),
    _l("Found at a visit"),
)
MARRIAGE: Reasons = (
    _l("Marriage registered"),
    _l("They live together as a couple, not registered"),
)
HEAD: Reasons = (
    _l("The head is old or ill"),
    _l("The head lives elsewhere"),
    _l("The family has agreed on it"),
    _l("As in the house register"),
)
MOVE_IN: Reasons = (
    _l("To live with the family"),
    _l("Came back home"),
    _l("Because of marriage"),
    _l("To be cared for"),
    _l("Because of work or study"),
)
MOVE_OUT: Reasons = (
    _l("Because of work"),
    _l("Because of study"),
    _l("Because of marriage"),
    _l("To be cared for by relatives"),
    _l("To a house of their own"),
    _l("Separated"),
    _l("In a hospital or a home"),
)
SPLIT: Reasons = (
    _l("They keep house by themselves"),
    _l("They have built a house of their own"),
    _l("Because of marriage"),
    _l("Separated"),
)
JOIN: Reasons = (
    _l("They live together again"),
    _l("To care for one another"),
    _l("The old house is given up"),
)
