"""The filters of the lists in words: what can be chosen, and what was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.households import labels
from welfare.households.queries.cards import VillageRow
from welfare.households.queries.filtering import AGES, ANY, Emptiness, Home, Life

Choices = list[tuple[str, str]]

HEADINGS = {
    "village": _l("Village"),
    "age": _l("Age"),
    "sex": _l("Sex"),
    "home": _l("Household"),
    "welfare_card": _l("State welfare card"),
    "life": _l("Living or deceased"),
    "disability": _l("Disability"),
    "adl": _l("Care group (ADL)"),
    "tenure": _l("Tenure"),
    "condition": _l("State of the house"),
    "members": _l("Who lives there"),
}
_HOME = {
    Home.NONE: _l("belongs to no household"),
    Home.HEAD: _l("head of a household"),
    Home.ALONE_OLD: _l("60 or older and living alone"),
}
_LIFE = {Life.DEAD: _l("deceased"), Life.ALL: _l("living and deceased")}
_MEMBERS = {
    Emptiness.NOBODY: _l("nobody"),
    Emptiness.NO_HEAD: _l("members without a head"),
    Emptiness.ALONE_OLD: _l("one person of 60 or older, alone"),
}
_CARD = {"yes": _l("has a card"), "no": _l("has no card"), "unknown": _l("card not known")}
_ADL = {
    "social": _l("12–20: goes out"),
    "home": _l("5–11: home-bound"),
    "bed": _l("0–4: bed-bound"),
}
PEOPLE = ("village", "age", "sex", "home", "welfare_card", "life")
HEALTH = ("disability", "adl")
HOUSEHOLDS = ("village", "tenure", "condition", "members")


def choices(name: str, villages: Sequence[VillageRow] = (), language: str = "th") -> Choices:
    """What can be chosen for a filter; villages are named by the office."""
    if name == "village":
        return [
            (str(row.village_no), row.name_th if language == "th" or not row.name_en
             else row.name_en)
            for row in villages
        ]  # fmt: skip
    if name == "age":
        return [(band, _ages(band)) for band in AGES]
    return [(str(code), str(words)) for code, words in _words(name).items()]


def filter_words(name: str, value: str) -> str:
    """One filter that is in use: ``Age: 60–69 years``."""
    said = _("Village %(no)s", no=value) if name == "village" else dict(choices(name)).get(value)
    return f"{HEADINGS[name]}: {said or value}"


def _words(name: str) -> dict[Any, Any]:
    known: dict[str, dict[Any, Any]] = {
        "sex": dict(labels.SEX),
        "home": _HOME,
        "welfare_card": _CARD,
        "life": _LIFE,
        "disability": {ANY: _l("any kind"), **labels.DISABILITY},
        "adl": _ADL,
        "tenure": dict(labels.TENURE),
        "condition": dict(labels.CONDITION),
        "members": _MEMBERS,
    }
    return known[name]


def _ages(band: str) -> str:
    youngest, oldest = AGES[band]
    if oldest is None:
        return _("%(n)s years and over", n=youngest)
    return _("%(first)s–%(last)s years", first=youngest, last=oldest)
