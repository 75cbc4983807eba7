"""Several cases and the best worker for each, with the effect on what everybody carries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import requires, the_viewer
from welfare.dispatch import queries, services
from welfare.dispatch.forms import SuggestForm
from welfare.dispatch.queries import Ranked, Ranking
from welfare.dispatch.views.blueprints import Page, dispatch, show_refusal
from welfare.dispatch.views.effects import effects_of, sent, wants_effect
from welfare.dispatch.views.reasons import could_not_words, ranked_words, skill_names

MOST = 50
SHOWN = 6
"""How many workers a case lists; the others stand in its own form."""


@dispatch.route("/suggest", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def suggest() -> Page:
    """The best worker for each of the chosen cases; another can be chosen; then all are offered."""
    form = SuggestForm()
    picked = list(dict.fromkeys(sent().getlist("pick")))[:MOST]
    if wants_effect(form) and not form.note.data:
        return redirect(url_for("dispatch.suggest", **_choices(picked)), code=303)
    rankings = queries.rank(picked, viewer=the_viewer())
    if request.method == "GET" or not form.sent() or request.form.get("do") == "effect":
        status = 400 if request.method == "POST" and form.errors else 200
        return _page(form, rankings, status, picked=bool(picked))
    chosen = _chosen(rankings)

    def act() -> str:
        given, left = services.offer_each(
            actor=the_viewer(),
            workers={number: one for number, one in chosen.items() if one},
            note=form.note.data or "",
        )
        if not given:
            lines = "\n".join(f"{number}: {why}" for number, why in left)
            raise Refused(lines or _("Please choose at least one case."))
        return json.dumps([given, left])

    try:
        given, left = json.loads(form.once("case-suggested", act))
    except Refused as refusal:
        show_refusal(form, refusal, "note")
        return _page(form, queries.rank(picked, viewer=the_viewer()), 422)
    flash(_("%(n)s cases were offered.", n=len(given)), "success")
    for number, why in left:
        flash(f"{number}: {why}", "warning")
    return redirect(url_for("dispatch.board"), code=303)


def _choices(picked: Sequence[str]) -> dict[str, Any]:
    """What was chosen, for an address; what was typed never stands in one."""
    names = ["worker", *(f"worker-{number}" for number in picked)]
    given = {name: sent().get(name, "") for name in names}
    known = {name: value for name, value in given.items() if whole(value) is not None}
    return {"pick": list(picked), **known}


def _chosen(rankings: Sequence[Ranking]) -> dict[str, int]:
    """By case the worker chosen on the page; at first who was chosen for all, where they may
    have it, else the best; 0: nobody."""
    found = {}
    asked = whole(sent().get("worker", ""))
    for ranking in rankings:
        best = ranking.best.member.id if ranking.best else 0
        fit = {one.member.id for one in ranking.ranked if one.allowed} | {0}
        told = whole(sent().get(f"worker-{ranking.case.number}", ""))
        number = asked if told is None else told
        found[ranking.case.number] = number if number is not None and number in fit else best
    return found


def _page(
    form: SuggestForm, rankings: Sequence[Ranking], status: int, *, picked: bool = True
) -> Page:
    skills, chosen = skill_names(), _chosen(rankings)
    page = render_template(
        "dispatch/suggest.html",
        form=form,
        rankings=rankings,
        chosen=chosen,
        words={
            (ranking.case.number, one.member.id): ranked_words(one, skills)
            for ranking in rankings
            for one in ranking.ranked
        },
        shown={
            ranking.case.number: _shown(ranking, chosen[ranking.case.number])
            for ranking in rankings
        },
        refused={ranking.case.number: _refused(ranking, skills) for ranking in rankings},
        picked=picked,
        could_not={ranking.case.number: could_not_words(ranking) for ranking in rankings},
        effects=effects_of(rankings, chosen),
    )
    return page, status


def _refused(ranking: Ranking, skills: Mapping[str, str]) -> str:
    """Why the worker who was chosen for all may not have this case; nothing where they may."""
    asked = whole(sent().get("worker", ""))
    for one in ranking.ranked:
        if one.member.id == asked and not one.allowed:
            return f"{one.member.name}: {ranked_words(one, skills)}"
    return ""


def _shown(ranking: Ranking, chosen: int) -> list[Ranked]:
    """The best, and whoever is chosen."""
    fit = [one for one in ranking.ranked if one.allowed]
    return [one for place, one in enumerate(fit) if place < SHOWN or one.member.id == chosen]
