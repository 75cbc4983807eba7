"""Changes of a record in words: which facts, from what to what, as far as they may be told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.i18n.page_words import spoken_language
from welfare.core.thai.dates import format_long
from welfare.core.thai.identity import mask_id
from welfare.core.thai.phones import mask_phone
from welfare.households import labels
from welfare.households.kinds import FactKind
from welfare.households.models.changes import ChangeKind, RowChange

ACTIONS: Mapping[str, Any] = {
    "household.added": _l("Added to the registry"),
    "household.edited": _l("Changed"),
    "household.imported": _l("Taken over from an imported list"),
    "household.member_edited": _l("A member's place changed"),
    "household.need_added": _l("A problem or strength noted"),
    "household.need_edited": _l("A problem or strength changed"),
    "household.need_withdrawn": _l("A problem or strength taken back"),
    "household.surveyed": _l("A survey recorded"),
    "household.survey_edited": _l("A survey corrected"),
    "household.survey_withdrawn": _l("A survey taken back"),
    "household.photos_added": _l("Photos added"),
    "household.photo_removed": _l("A photo removed"),
    "person.added": _l("Added to the registry"),
    "person.edited": _l("Changed"),
    "person.imported": _l("Taken over from an imported list"),
    "person.renamed": _l("Name changed"),
    "person.fact_added": _l("A fact noted"),
    "person.fact_corrected": _l("A fact corrected"),
    "person.fact_ended": _l("A fact ended"),
    "person.fact_withdrawn": _l("A fact taken back"),
    "person.name_added": _l("A name added"),
    "person.name_corrected": _l("A name corrected"),
    "person.number_added": _l("An ID number added"),
    "person.number_edited": _l("An ID number changed"),
    "person.number_withdrawn": _l("An ID number taken back"),
}
"""Plain edits by their names in the audit. Operations are told by their change sets with the day on
which they took effect, and reading is no change."""
FIELDS: Mapping[str, Any] = {
    "house_no": _l("House number"),
    "house_code": _l("House code (11 digits)"),
    "village_no": _l("Village (Moo)"),
    "community": _l("Community"),
    "lane": _l("Lane"),
    "road": _l("Road"),
    "subdistrict": _l("Subdistrict"),
    "district": _l("District"),
    "province": _l("Province"),
    "postcode": _l("Postcode"),
    "central_register": _l("Central house register"),
    "lat": _l("Place on the map"),
    "lng": _l("Place on the map"),
    "accuracy_m": _l("Accuracy of the place (metres)"),
    "landmark": _l("Landmark"),
    "tenure": _l("By what right they live there"),
    "condition": _l("State of the house"),
    "water": _l("Clean water"),
    "electricity": _l("Electricity"),
    "toilet": _l("Toilet"),
    "monthly_income": _l("Income"),
    "debts": _l("Debts (baht)"),
    "notes": _l("Notes"),
    "title": _l("Title"),
    "first_name": _l("First name"),
    "middle_name": _l("Middle name"),
    "last_name": _l("Last name"),
    "sex": _l("Sex"),
    "birth_date": _l("Date of birth"),
    "birth_precision": _l("How much of the date of birth is known"),
    "nationality": _l("Nationality"),
    "id_kind": _l("Kind of number"),
    "identifier": _l("ID number"),
    "phone": _l("Telephone"),
    "registered_address": _l("Address in the house register"),
    "marital_status": _l("Marital status"),
    "occupation": _l("Occupation"),
    "welfare_card": _l("State welfare card"),
    "disability": _l("Health"),
    "disability_card_issued": _l("Health"),
    "disability_card_expires": _l("Health"),
    "adl_score": _l("Health"),
    "adl_on": _l("Health"),
    "health_notes": _l("Health"),
    "deceased_on": _l("Day of death"),
    "relation": _l("Relation"),
    "de_facto": _l("Lives here"),
    "on_register": _l("In the house register here"),
    "from_day": _l("Since"),
    "to_day": _l("Until"),
    "reason": _l("Why"),
}
QUIET_FIELDS = frozenset(
    {"search_key", "identifier_index", "phone_index", "updated_at", "created_at", "version",
     "lng", "person", "household", "id_kind", "welfare_card_on", "number", "id"}
)  # fmt: skip
"""What the program keeps for itself, and what another line says already."""
HEALTH = frozenset(
    {"disability", "disability_card_issued", "disability_card_expires", "adl_score", "adl_on",
     "health_notes"}
)  # fmt: skip
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "tenure": labels.TENURE,
    "condition": labels.CONDITION,
    "water": labels.YES_NO,
    "electricity": labels.YES_NO,
    "toilet": labels.YES_NO,
    "sex": labels.SEX,
    "marital_status": labels.MARITAL,
    "relation": labels.RELATION,
    "welfare_card": labels.YES_NO,
}
_DAYS = frozenset({"birth_date", "deceased_on", "from_day", "to_day"})
_FLAGS = frozenset({"central_register", "de_facto", "on_register"})


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact before and after; ``told`` is false where the values are not shown to anybody
    here (personal secrets are kept as fingerprints only)."""

    name: str
    before: str
    after: str
    told: bool


SETS: Mapping[str, Any] = {
    ChangeKind.HEAD: _l("Another head of the household"),
    ChangeKind.MOVE_IN: _l("Moving in"),
    ChangeKind.MOVE_OUT: _l("Moving out"),
    ChangeKind.MARRIAGE: _l("Marriage"),
    ChangeKind.BIRTH: _l("Birth"),
    ChangeKind.DEATH: _l("Death of a member"),
    ChangeKind.SPLIT: _l("Household split"),
    ChangeKind.JOIN: _l("Households joined"),
    ChangeKind.MERGE: _l("Two records of one person brought together"),
    ChangeKind.MERGE_HOUSEHOLDS: _l("Two records of one house brought together"),
    ChangeKind.IMPORT: _l("Taken over from an imported list"),
    ChangeKind.CORRECTION: _l("Facts changed"),
    ChangeKind.UNDO: _l("An earlier change taken back"),
}


def set_words(kind: str) -> str:
    """What a change set did, in words; see ``strands.change_sets`` for those of an undo."""
    undo, _bar, of = kind.partition("|")
    if of == ChangeKind.UNDO:
        return str(SETS[ChangeKind.UNDO])
    if of:
        words = _("Taken back: %(what)s") if undo == "back" else _("Done again after all: %(what)s")
        return words % {"what": SETS.get(of, _("Changed"))}
    return str(SETS.get(kind, _("Changed")))


def row_words(what: RowChange) -> str:
    """What became of a record as a whole; nothing for one that was edited."""
    return {RowChange.ADDED: _("added"), RowChange.REMOVED: _("removed")}.get(what, "")


def row_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FactChange, ...]:
    """The facts of a row of a change set that differ; numbers of people are masked, health is
    named only."""
    changes: dict[str, FactChange] = {}
    for column in FIELDS:
        if column in QUIET_FIELDS or before.get(column) == after.get(column):
            continue
        values = [_masked(column, before.get(column)), _masked(column, after.get(column))]
        change = fact_change(column, values)
        if change is not None:
            changes.setdefault(change.name, change)
    return tuple(changes.values())


def _masked(column: str, value: Any) -> Any:
    if not value:
        return value
    if column == "identifier":
        return mask_id(str(value))
    return mask_phone(str(value)) if column == "phone" else value


def about(action: str, stored: str) -> str:
    """What an entry is about, where its name alone does not say: a problem or strength, of what."""
    if not action.startswith("household.need_"):
        return ""
    found = json.loads(stored)
    kinds = ((labels.NEED_KIND, found.get("kind")), (labels.DIMENSION, found.get("dimension")))
    return " · ".join(labels.word(words, one) for words, one in kinds if isinstance(one, str))


def verb(action: str) -> str:
    """What was done, in words."""
    return str(ACTIONS.get(action, _("Changed")))


def fact_changes(stored: str | Mapping[str, Any]) -> tuple[FactChange, ...]:
    """The facts that an entry of the audit tells of, each once, in the order of the form."""
    found = json.loads(stored) if isinstance(stored, str) else stored
    changes: dict[str, FactChange] = {}
    for column in (name for name in FIELDS if name in found and name not in QUIET_FIELDS):
        change = fact_change(column, found[column])
        if change is not None:
            changes.setdefault(change.name, change)
    return tuple(changes.values())


def kind_words(action: str, stored: str) -> str:
    """Of which kind the fact is that was noted, corrected or ended; of health no more than that."""
    kind = json.loads(stored).get("kind") if action.startswith("person.fact_") else None
    if kind == "health":
        return _("A matter of health")
    return labels.word(labels.FACT_KIND, kind) if kind in set(FactKind) else ""


def fact_change(column: str, values: Any) -> FactChange | None:
    """One of them; ``None`` for what is not a change of a fact."""
    name = str(FIELDS[column])
    if not isinstance(values, list) or len(values) != 2:
        return None
    if column in HEALTH or any(_secret(value) for value in values):
        return FactChange(name, "", "", told=False)
    return FactChange(name, value_words(column, values[0]), value_words(column, values[1]), True)


def _secret(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("#")


def value_words(column: str, value: Any) -> str:
    """A stored value as people say it; a dash for none."""
    if value is None or value == "":
        return "–"
    if column in _WORDS:
        return labels.word(_WORDS[column], value)
    if column in _FLAGS:
        return _("Yes") if value else _("No")
    if column in _DAYS:
        return _day(str(value))
    if column == "reason":
        return labels.end_words(str(value)) or "–"
    return str(value)


def _day(value: str) -> str:
    return format_long(
        date.fromisoformat(value[:10]), lang="en" if spoken_language() == "en" else "th"
    )


def in_one_line(changes: tuple[FactChange, ...]) -> str:
    """``State of the house: sound → unsafe · Landmark``."""
    return " · ".join(
        f"{one.name}: {one.before} → {one.after}" if one.told else one.name for one in changes
    )


__all__ = [
    "ACTIONS",
    "FIELDS",
    "FactChange",
    "about",
    "fact_changes",
    "in_one_line",
    "kind_words",
    "row_changes",
    "row_words",
    "set_words",
    "value_words",
    "verb",
]  # fmt: skip
