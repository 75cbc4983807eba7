"""The dispatcher's desk: cases without a worker at the left, workers with their load beside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for

from welfare.cases.labels import STAGES
from welfare.cases.queries import villages
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import requires, the_viewer
from welfare.core.web.templating import page_address
from welfare.dispatch import queries, services
from welfare.dispatch.forms import OfferForm
from welfare.dispatch.queries import Board, BoardFilters, Show, Teammate
from welfare.dispatch.queries.clashes import visits_of_the_away
from welfare.dispatch.views.blueprints import Page, category_names, dispatch, show_refusal
from welfare.dispatch.views.reasons import skill_names
from welfare.dispatch.views.team import Selected, mate_words, selected_words

MOST = 100
"""How many cases can be given away at once."""


@dispatch.get("")
@requires(Permission.ASSIGN_CASES)
def board() -> Page:
    """Cases that wait for a worker."""
    return _page(OfferForm(formdata=None), [], 200)


@dispatch.post("")
@requires(Permission.ASSIGN_CASES)
def give() -> Page:
    """Give the chosen cases to one worker."""
    form, picked = OfferForm(), request.form.getlist("pick")[:MOST]
    if not form.sent() or not picked:
        problem = [] if picked else [_("Please choose at least one case.")]
        return _page(form, picked, 400, problem)

    def act() -> str:
        given, left = services.offer_cases(
            actor=the_viewer(),
            numbers=picked,
            worker_id=form.worker_id,
            note=form.note.data or "",
        )
        if not given:
            raise Refused("\n".join(f"{number}: {why}" for number, why in left))
        return json.dumps([given, left])

    try:
        given, left = json.loads(form.once("case-offers", act))
    except Refused as refusal:
        show_refusal(form, refusal, "worker")
        return _page(form, picked, 422)
    flash(_("%(n)s cases were offered.", n=len(given)), "success")
    for number, why in left:
        flash(f"{number}: {why}", "warning")
    return redirect(url_for("dispatch.board"), code=303)


def _filters() -> BoardFilters:
    """What the address asks for; what it cannot mean is left out."""
    show = request.args.get("show", "")
    return BoardFilters(
        show=Show(show) if show in {item.value for item in Show} else Show.ALL,
        village=_number(request.args.get("village", ""), 999),
        page=_number(request.args.get("page", ""), 1000) or 1,
    )


def _number(text: str, most: int) -> int | None:
    number = whole(text, digits=5)
    return number if number and number <= most else None


def _page(
    form: OfferForm, picked: list[str], status: int, problems: list[str] | None = None
) -> Page:
    viewer, filters = the_viewer(), _filters()
    found = queries.board(filters, viewer=viewer)
    mates = queries.team(viewer)
    form.worker.choices = [(str(mate.member.id), mate.member.name) for mate in mates]
    skills = skill_names()
    page = render_template(
        "dispatch/board.html",
        board=found,
        filters=filters,
        mates=[mate_words(mate, skills) for mate in mates],
        form=form,
        selected=_selected(mates, skills),
        picked=frozenset(picked),
        problems=problems or [],
        names=category_names(),
        stages=STAGES,
        away=visits_of_the_away(viewer),
        chips=_chips(found, filters),
        villages=_villages(filters),
        newer=page_address(page=filters.page - 1) if filters.page > 1 else None,
        older=page_address(page=filters.page + 1) if found.more else None,
    )
    return page, status


def _selected(mates: Sequence[Teammate], skills: Mapping[str, str]) -> Selected | None:
    """The case whose best workers are asked for (``?case=``), if the viewer sees it."""
    try:
        number = parse_reference(request.args.get("case", ""), prefix=CASE)
    except InputFault:
        return None
    known = {mate.member.id: (mate.member, mate.load) for mate in mates}
    found = queries.rank([number], viewer=the_viewer(), known_loads=known)
    return selected_words(found[0], skills) if found else None


def _chips(found: Board, filters: BoardFilters) -> list[dict[str, object]]:
    words = [
        (Show.ALL, _("Waiting for a worker"), found.counts.all),
        (Show.DECLINED, _("Declined, needs another"), found.counts.declined),
        (Show.URGENT, _("Urgent"), found.counts.urgent),
        (Show.OVERDUE, _("Overdue"), found.counts.overdue),
        (Show.OFFERED, _("Offered, not yet answered"), found.counts.offered),
    ]
    return [
        {
            "label": label,
            "url": page_address(show=show.value, page=None),
            "on": filters.show is show,
            "count": count,
        }
        for show, label, count in words
    ]


def _villages(filters: BoardFilters) -> list[dict[str, object]]:
    """Chips by village: all, and each in the viewer's area."""
    viewer = the_viewer()
    mine = [row.village_no for row in villages() if viewer.covers(row.village_no)]
    return [
        {
            "label": _("Moo %(no)s", no=no) if no else _("all villages"),
            "url": page_address(village=no, page=None),
            "on": filters.village == no,
        }
        for no in (None, *mine)
    ]
