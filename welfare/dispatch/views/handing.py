"""All cases of a worker to others in one step; the cases that have no owner."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for

from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.dispatch import queries, services
from welfare.dispatch.forms import HandoverForm, UndoForm
from welfare.dispatch.queries import GivenCase, Giver, Lack, Ranking
from welfare.dispatch.services import Handed
from welfare.dispatch.views.blueprints import Page, category_names, dispatch, show_refusal
from welfare.dispatch.views.effects import effects_of
from welfare.dispatch.views.reasons import ranked_words, skill_names

LONGEST_NOTE = 300


@dispatch.route("/workers/<username>/hand-over", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def hand_over(username: str) -> Page:
    """Who takes which case, with a proposal for each; the effect is seen before it is done."""
    viewer = the_viewer()
    who = queries.giver(username, viewer=viewer)
    form = HandoverForm()
    cases = queries.cases_of(who, viewer=viewer)
    rankings = queries.rank([one.number for one in cases], viewer=viewer, without={who.id})
    if request.method == "GET" or not _fits(form, cases) or request.form.get("do") == "effect":
        wrong = request.method == "POST" and bool(form.errors)
        return _page(form, who, cases, rankings, 400 if wrong else 200)
    chosen = _chosen(rankings)

    def act() -> str:
        handed = {
            number: Handed(worker_id, _note(number), _seen(number))
            for number, worker_id in chosen.items()
            if worker_id and _sent(number)
        }
        made = services.hand_over(
            actor=viewer,
            username=username,
            cases=handed,
            note=form.note.data or "",
            tasks=form.tasks,
        )
        return json.dumps([made, len(handed)])

    try:
        _made, count = json.loads(form.once("hand-over", act))
    except Refused as refusal:
        show_refusal(form, refusal, "note")
        cases = queries.cases_of(who, viewer=viewer)
        rankings = queries.rank([one.number for one in cases], viewer=viewer, without={who.id})
        return _page(form, who, cases, rankings, 422)
    flash(_("%(n)s cases were handed over. Each receiver sees it at once.", n=count), "success")
    return redirect(url_for("dispatch.hand_over", username=username), code=303)


def _fits(form: HandoverForm, cases: Sequence[GivenCase]) -> bool:
    """Whether all that was sent can be taken; what cannot is said above the form."""
    fits = form.sent()
    long = [one.number for one in cases if len(_note(one.number)) > LONGEST_NOTE]
    if long:
        told = _(
            "The note to %(number)s is longer than %(n)s letters.",
            number=", ".join(long),
            n=LONGEST_NOTE,
        )
        form.note.errors = [*form.note.errors, told]
    return fits and not long


def _sent(number: str) -> bool:
    return f"to-{number}" in request.form


def _note(number: str) -> str:
    return request.form.get(f"note-{number}", "").strip()


def _seen(number: str) -> int:
    seen = whole(request.form.get(f"seen-{number}", ""))
    return -1 if seen is None else seen


def _chosen(rankings: Sequence[Ranking]) -> dict[str, int]:
    """By case the receiver chosen on the page; at first the best; 0: it stays."""
    found = {}
    for ranking in rankings:
        best = ranking.best.member.id if ranking.best else 0
        fit = {one.member.id for one in ranking.ranked if one.allowed} | {0}
        sent = whole(request.form.get(f"to-{ranking.case.number}", ""))
        found[ranking.case.number] = sent if sent is not None and sent in fit else best
    return found


def _page(
    form: HandoverForm,
    who: Giver,
    cases: Sequence[GivenCase],
    rankings: Sequence[Ranking],
    status: int,
) -> Page:
    viewer, chosen, skills = the_viewer(), _chosen(rankings), skill_names()
    by_number = {ranking.case.number: ranking for ranking in rankings}
    page = render_template(
        "dispatch/hand_over.html",
        form=form,
        who=who,
        cases=cases,
        rankings=by_number,
        chosen=chosen,
        notes={one.number: _note(one.number) for one in cases},
        seen={one.number: request.form.get(f"seen-{one.number}", one.seen) for one in cases},
        words={
            number: ranked_words(one, skills)
            for number, ranking in by_number.items()
            for one in ranking.ranked
            if one.member.id == chosen[number]
        },
        effects=effects_of(rankings, chosen),
        past=queries.handovers_of(who, viewer=viewer),
        names=category_names(),
        today=clock.today(),
    )
    return page, status


@dispatch.post("/handovers/<int:handover_id>/undo")
@requires(Permission.ASSIGN_CASES)
def undo_hand_over(handover_id: int) -> Page:
    """Give the cases back to whom they came from."""
    viewer, form = the_viewer(), UndoForm()
    username = queries.handover_giver(handover_id, viewer=viewer)
    if form.sent():
        back, stay = services.undo_hand_over(
            actor=viewer, handover_id=handover_id, version=form.seen_version
        )
        commit()
        flash(_("%(n)s cases are back where they were.", n=len(back)), "success")
        for number, why in stay:
            flash(f"{number}: {why}", "warning")
    return redirect(url_for("dispatch.hand_over", username=username), code=303)


@dispatch.get("/ownerless")
@requires(Permission.ASSIGN_CASES)
def ownerless() -> Page:
    """Cases that nobody looks after; empty, or alarming."""
    found = queries.ownerless(the_viewer())
    return render_template(
        "dispatch/ownerless.html",
        groups=[
            (lack, words, [one for one in found if one.lack is lack])
            for lack, words in lack_words().items()
        ],
        count=len(found),
        names=category_names(),
    )


def lack_words() -> dict[Lack, str]:
    """Why a case has no owner."""
    return {
        Lack.LEFT: _("The worker has no account any more"),
        Lack.AWAY: _("The worker is away for more than a week"),
        Lack.DECLINED: _("Declined, and given to nobody since"),
        Lack.TAKEN_BACK: _("Taken back, and given to nobody since"),
        Lack.SILENT: _("Offered more than three days ago, without an answer"),
        Lack.NEVER: _("Never given to anybody, for more than a day"),
    }
