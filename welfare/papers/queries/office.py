"""Whose papers they are."""

from __future__ import annotations

from welfare.core.municipality import the_municipality
from welfare.core.pdf.letterhead import Office


def the_office(lang: str = "th") -> Office:
    """The head of papers in a language."""
    town = the_municipality()
    if lang == "en":
        return Office(town.name_en, town.division_en, town.address_en, town.phone, town.email)
    return Office(town.name_th, town.division_th, town.address_th, town.phone, town.email)
