"""Plain words for the entries of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l

THINGS: Mapping[str, Any] = {
    "session": _l("Sign-in"),
    "user": _l("Account"),
    "case": _l("Case"),
    "complaint": _l("Request"),
    "survey_edition": _l("survey"),
    "household": _l("Household"),
    "registry": _l("Registry"),
    "person": _l("Person"),
    "visit": _l("Visit"),
    "assignment": _l("Assignment"),
    "assistance": _l("Help"),
    "task": _l("Task"),
    "attachment": _l("Attached file"),
    "category": _l("Category"),
    "village": _l("Village"),
    "closure": _l("Closed day"),
    "municipality": _l("The municipality"),
    "audit": _l("Audit"),
    "retention": _l("Retention"),
    "outbox": _l("Messages"),
    "setup": _l("Set-up"),
    "demo": _l("Demonstration data"),
    "document": _l("Paper"),
    "help": _l("Help from a fund"),
    "loan": _l("Equipment on loan"),
    "fund": _l("Fund"),
    "equipment": _l("Equipment"),
    "needs": _l("Needs"),
    "goal": _l("Goal of a plan"),
    "plan_action": _l("Action of a plan"),
    "plan": _l("Plan"),
    "risk": _l("Risk"),
    "risk_reason": _l("Reason of a risk"),
    "checklist": _l("Checklist"),
    "standard_text": _l("Standard text"),
    "care_days": _l("Days in casework"),
    "paper": _l("Official paper"),
    "paper_batch": _l("Many papers at once"),
    "paper_keeping": _l("Keeping of papers"),
    "destruction_list": _l("List of papers to be destroyed"),
}
VERBS: Mapping[str, Any] = {
    "read": _l("read"),
    "added": _l("added"),
    "edited": _l("changed"),
    "removed": _l("removed"),
    "opened": _l("opened"),
    "ended": _l("ended"),
    "ended_all": _l("all ended"),
    "refused": _l("refused"),
    "password_set": _l("new password"),
    "right_given": _l("right given by name"),
    "right_taken_back": _l("right taken back"),
    "filed": _l("filed"),
    "accepted": _l("accepted"),
    "declined": _l("declined"),
    "referred": _l("referred"),
    "asked": _l("asked for more"),
    "answered": _l("answered"),
    "withdrawn": _l("withdrawn"),
    "joined": _l("joined"),
    "linked": _l("linked"),
    "left": _l("left"),
    "moved": _l("moved on"),
    "noted": _l("note written"),
    "citizen_wrote": _l("citizen wrote"),
    "offered": _l("offered"),
    "planned": _l("planned"),
    "done": _l("done"),
    "finished": _l("done"),
    "dropped": _l("dropped"),
    "missed": _l("missed"),
    "cancelled": _l("cancelled"),
    "recorded": _l("recorded"),
    "taken_over": _l("taken over"),
    "revealed": _l("personal number or contact shown"),
    "secret_refused": _l("wrong secret"),
    "renamed": _l("renamed"),
    "died": _l("death recorded"),
    "death_undone": _l("death taken back"),
    "member_added": _l("member added"),
    "member_edited": _l("member changed"),
    "member_left": _l("member left"),
    "imported": _l("taken over from the library"),
    "operation": _l("operation recorded"),
    "undone": _l("operation undone"),
    "fact_added": _l("A fact noted"),
    "fact_corrected": _l("A fact corrected"),
    "fact_ended": _l("A fact ended"),
    "fact_withdrawn": _l("A fact taken back"),
    "name_added": _l("A name added"),
    "name_corrected": _l("A name corrected"),
    "number_added": _l("An ID number added"),
    "number_edited": _l("An ID number changed"),
    "number_withdrawn": _l("An ID number taken back"),
    "surveyed": _l("A survey recorded"),
    "survey_edited": _l("A survey corrected"),
    "survey_withdrawn": _l("A survey taken back"),
    "need_added": _l("A problem or strength noted"),
    "need_edited": _l("A problem or strength changed"),
    "need_withdrawn": _l("A problem or strength taken back"),
    "photos_added": _l("Photos added"),
    "photo_removed": _l("A photo removed"),
    "verified": _l("checked whole"),
    "run": _l("run"),
    "filled": _l("filled"),
    "loaded": _l("loaded"),
    "tried_again": _l("tried again"),
    "printed": _l("printed"),
    "offer": _l("offered to a worker"),
    "accept": _l("accepted by the worker"),
    "decline": _l("declined by the worker"),
    "take_back": _l("taken back from the worker"),
    "wait": _l("set waiting"),
    "resume": _l("taken up again"),
    "close": _l("closed with an outcome"),
    "closed": _l("closed with an outcome"),
    "reopen": _l("reopened"),
    "reopened": _l("reopened"),
    "note": _l("note written"),
    "returned": _l("answered"),
    "approved": _l("approved"),
    "voted": _l("vote written down"),
    "delivered": _l("handed over"),
    "released": _l("rest given up"),
    "lent": _l("lent out"),
    "extended": _l("extended"),
    "came_back": _l("brought back"),
    "lost": _l("does not come back"),
    "reminded": _l("reminded"),
    "budget_set": _l("budget set"),
    "rule_added": _l("rule added"),
    "rule_edited": _l("rule changed"),
    "kind_added": _l("kind added"),
    "feedback": _l("feedback given"),
    "not_helped": _l("said it did not help"),
    "assessed": _l("assessed"),
    "met": _l("met"),
    "taken_up": _l("taken up again"),
    "agreed": _l("agreed to"),
    "changed_hands": _l("given to another worker"),
    "set": _l("set"),
    "adl_taken": _l("daily living written down"),
    "ticked": _l("ticked"),
    "unticked": _l("tick taken back"),
    "taken": _l("taken"),
    "batch_again": _l("many gone on with"),
    "batch_stopped": _l("many stopped"),
    "batch_begun": _l("many begun"),
    "asset_set": _l("seal set"),
    "text_saved": _l("text put in force"),
    "certificate": _l("certificate set"),
    "numbers_left": _l("numbers left out"),
    "prefix_set": _l("start of the numbers set"),
    "copied": _l("copy taken"),
    "discarded": _l("draft thrown away"),
    "replacing": _l("replacement begun"),
    "replaced": _l("replaced"),
    "issued": _l("issued"),
    "drafted": _l("draft written"),
}


def action_words(action: str) -> str:
    """``case.read`` in words; what has none keeps its code."""
    thing, _dot, verb = action.partition(".")
    if thing not in THINGS or verb not in VERBS:
        return action
    return _("%(thing)s: %(verb)s", thing=str(THINGS[thing]), verb=str(VERBS[verb]))


def detail_lines(changes: Mapping[str, Any]) -> list[tuple[str, str, str | None]]:
    """Field, what it was or is, and what it became (``None`` where nothing changed)."""
    lines: list[tuple[str, str, str | None]] = []
    for name, value in changes.items():
        if isinstance(value, list) and len(value) == 2:
            lines.append((name, _plain(value[0]), _plain(value[1])))
        else:
            lines.append((name, _plain(value), None))
    return lines


def _plain(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)[:200]
    return str(value)[:200]
