"""Agencies to refer to, and texts to start from: data that comes with the program."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Agency:
    """An office that the municipality refers people to; ``phone`` is a public hotline or empty."""

    code: str
    name_th: str
    name_en: str
    phone: str

    def name(self, lang: str) -> str:
        """The name in a language."""
        return self.name_en if lang == "en" else self.name_th


@dataclass(frozen=True, slots=True)
class StandardText:
    """A text that an officer may start from, in the citizen's language."""

    code: str
    label_th: str
    label_en: str
    text_th: str
    text_en: str

    def label(self, lang: str) -> str:
        """What the officer chooses by."""
        return self.label_en if lang == "en" else self.label_th

    def text(self, lang: str) -> str:
        """What the citizen would read."""
        return self.text_en if lang == "en" else self.text_th


@cache
def agencies() -> dict[str, Agency]:
    """All agencies by code, in the order to show them."""
    content = tomllib.loads((_DATA / "agencies.toml").read_text(encoding="utf-8"))
    return {row["code"]: Agency(**row) for row in content["agency"]}


@cache
def standard_texts(purpose: str) -> dict[str, StandardText]:
    """The texts for ``decline`` or ``ask`` by code, in the order to show them."""
    content = tomllib.loads((_DATA / "standard_texts.toml").read_text(encoding="utf-8"))
    return {row["code"]: StandardText(**row) for row in content[purpose]}


def told_of_referral(agency: Agency, lang: str, more: str) -> str:
    """What the filer reads of a referral: the agency, its number, the officer's words."""
    number = f" {'Tel.' if lang == 'en' else 'โทร.'} {agency.phone}" if agency.phone else ""
    return f"{agency.name(lang)}{number}\n{more}".strip()
