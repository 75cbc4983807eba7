"""Reasons, bars and absences in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from welfare.cases.labels import FAULTS
from welfare.core.i18n import gettext as _
from welfare.core.municipality import closures_between, closures_in_english
from welfare.core.thai.dates import format_short
from welfare.core.web.templating import language
from welfare.dispatch import queries
from welfare.dispatch.forms.crew import ABSENCES, LANGUAGES, SEXES
from welfare.dispatch.queries import Ranked, Ranking, Reason, StopRow
from welfare.dispatch.queries.plan_rows import Change
from welfare.dispatch.workflow import Weight


def skill_names() -> dict[str, str]:
    """All skills by code in the language of the request."""
    english = language() == "en"
    return {
        row.code: row.name_en if english else row.name_th
        for row in queries.skills(active_only=False)
    }


def absence_words() -> dict[str, str]:
    """Kinds of absence by code."""
    return {code: str(word) for code, word in ABSENCES}


def language_words() -> dict[str, str]:
    """Languages by code."""
    return {code: str(word) for code, word in LANGUAGES}


def closed_words(day: date) -> str:
    """Why the office is closed on a day; empty: it is not."""
    if day.weekday() >= 5:
        return _("a Saturday") if day.weekday() == 5 else _("a Sunday")
    if day not in closures_between(day, day):
        return ""
    named = closures_in_english(day, day) if language() == "en" else closures_between(day, day)
    return named.get(day) or _("the office is closed")


def bar_words(bar: str) -> str:
    """Why somebody must not have a case."""
    return {
        "complained_of": _("must not have this case: it says so on the case"),
        "relative": _("is a relative of the people in this case"),
        "area": _("does not work in this village"),
        "told_relative": _("has said of themselves that they are related"),
        "told_conflict": _("has told of a conflict of interest"),
    }.get(bar, bar)


def reason_words(reason: Reason, skills: Mapping[str, str]) -> str:
    """One reason, with its points: ``knows this person (+25)``."""
    return f"{_reason(reason, skills)} ({reason.points:+d})"


def _reason(reason: Reason, skills: Mapping[str, str]) -> str:
    what = reason.what[0] if reason.what else ""
    named = ", ".join(skills.get(code, code) for code in reason.what)
    if reason.weight is Weight.CONTINUITY:
        return _("knows this person") if what == "person" else _("knows this household")
    if reason.weight is Weight.VILLAGE:
        return _("is at home in Moo %(no)s", no=what)
    if reason.weight is Weight.SKILL:
        return (
            _("has the skill: %(skills)s", skills=named)
            if reason.good
            else _("lacks the skill: %(skills)s", skills=named)
        )
    if reason.weight is Weight.LANGUAGE:
        spoken = language_words().get(what, what)
        return (
            _("speaks %(language)s", language=spoken)
            if reason.good
            else _("does not speak %(language)s", language=spoken)
        )
    return _further(reason, what)


def _further(reason: Reason, what: str) -> str:
    if reason.weight is Weight.SEX:
        asked = dict(SEXES).get(what, what)
        return (
            _("is a %(sex)s, as asked for", sex=asked)
            if reason.good
            else _("a %(sex)s was asked for", sex=asked)
        )
    if reason.weight is Weight.LEAVE:
        until = format_short(date.fromisoformat(reason.what[1]), lang=language())
        kind = absence_words().get(what, what)
        return _("is away (%(kind)s) until %(day)s", kind=kind, day=until)
    if reason.weight is Weight.SLACK:
        return _("little time is left, and %(n)s of theirs are late already", n=what)
    if reason.weight is Weight.DECLINED:
        return _("has declined this case before")
    return _("carries %(n)s points of work", n=what)


def ranked_words(one: Ranked, skills: Mapping[str, str]) -> str:
    """Everything that speaks for and against a worker, and what the case does to their load."""
    if one.bars:
        return " · ".join(bar_words(bar) for bar in one.bars)
    reasons = sorted(one.reasons, key=lambda reason: -reason.points)
    words = [reason_words(reason, skills) for reason in reasons]
    if one.rule:
        words.insert(0, rule_words(one))
    if one.pair:
        words.insert(0, second_words(one))
    after = one.before + one.extra
    words.append(_("load %(before)s → %(after)s", before=one.before, after=after))
    return " · ".join(words)


def second_words(one: Ranked) -> str:
    """Who goes along where two must."""
    if one.second is None:
        return _("two must go, and nobody can go along")
    return _("two go: with %(name)s", name=one.second.name)


def rule_words(one: Ranked) -> str:
    """The rule that proposes somebody first, with its reason."""
    if not one.rule_reason:
        return _("first by the rule “%(rule)s”", rule=one.rule)
    return _("first by the rule “%(rule)s”: %(why)s", rule=one.rule, why=one.rule_reason)


def could_not_words(ranking: Ranking) -> list[str]:
    """Rules that should have proposed somebody and could not, a line each."""
    return [
        _("The rule “%(rule)s” could not run because %(why)s.", rule=name, why=FAULTS[fault])
        for name, fault in ranking.could_not
    ]


def why_words(stop: StopRow, names: Mapping[int, str], skills: Mapping[str, str]) -> list[str]:
    """Why a case did not fit into a day, a line each."""
    return _lines(stop.why, names, skills)


def change_words(stop: StopRow, names: Mapping[int, str]) -> str:
    """What planning a day anew does to one visit, from what to what."""
    after = _goers(stop.time, stop.worker, stop.partner)
    if stop.before is None:
        return _("new: %(after)s", after=after)
    if stop.change is Change.HOUR:
        return f"{stop.before.time} → {after}"
    second = names.get(stop.before.companion or 0, "")
    before = _goers(stop.before.time, names.get(stop.before.worker, ""), second)
    if stop.change is Change.OFF:
        return _("called off: %(before)s", before=before)
    return f"{before} → {after}"


def _goers(hour: str, name: str, second: str) -> str:
    with_second = f" {_('with %(name)s', name=second)}" if second else ""
    return f"{hour} {name}{with_second}".strip()


def _lines(
    whys: Iterable[Mapping[str, Any]], names: Mapping[int, str], skills: Mapping[str, str]
) -> list[str]:
    found: dict[str, list[str]] = {}
    for why in whys:
        line = _why(str(why.get("code", "")), why.get("what", ()), skills)
        name = names.get(why.get("worker") or 0, "")
        found.setdefault(line, []).extend([name] if name else [])
    return [f"{', '.join(who)}: {line}" if who else line for line, who in found.items()]


def _why(code: str, what: Iterable[str], skills: Mapping[str, str]) -> str:
    codes = list(what)
    named = ", ".join(skills.get(one, one) for one in codes)
    spoken = ", ".join(language_words().get(one, one) for one in codes)
    asked = ", ".join(str(dict(SEXES).get(one, one)) for one in codes)
    lines = {
        "full": _("The day is full: other visits were more urgent or nearer."),
        "most": _("has as many visits as a day may have"),
        "hours": _("the day is full: other visits were more urgent or nearer"),
        "too_late": _("Nobody can be there within its hours and be back in time."),
        "no_second": _("No second worker was free at the same time."),
        "nobody_may": _("Whoever may go must not go alone."),
        "not_chosen": _("This worker was not chosen for the day."),
        "owner": _("has this case; transfer it first"),
        "owner_not_chosen": _("has this case and was not chosen for the day"),
        "away": _("is away on that day"),
        "skill": _("lacks the skill: %(skills)s", skills=named),
        "language": _("does not speak %(language)s", language=spoken),
        "sex": _("a %(sex)s was asked for", sex=asked),
        "not_alone": _("must not visit a house alone"),
    }
    return lines.get(code) or bar_words(code)
