"""What villages are called."""

from __future__ import annotations

from collections.abc import Mapping

from welfare.cases.queries import villages


def village_names(lang: str) -> Mapping[int, str]:
    """``หมู่ที่ 4 บ้านป่าเห็ว`` by number; a village whose name is but its number is named once."""
    found = {}
    for row in villages():
        name = row.name_en if lang == "en" and row.name_en else row.name_th
        number = f"Moo {row.village_no}" if lang == "en" else f"หมู่ที่ {row.village_no}"
        said = str(row.village_no) in name.split()
        found[row.village_no] = name if said else f"{number} {name}".strip()
    return found
