"""Choosing who goes along on a visit that is planned already."""

from __future__ import annotations

import re

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.dispatch import services
from welfare.dispatch.forms import SecondForm, placed
from welfare.dispatch.queries.companions import Mate, Mates, Unfit, mates_of
from welfare.dispatch.queries.visit_file import VisitHead, visit_head
from welfare.dispatch.services.seconds import NOBODY
from welfare.dispatch.views.blueprints import Page, dispatch, show_refusal
from welfare.dispatch.views.reasons import absence_words, bar_words

_PLAN = re.compile(r"P\d{2}-\d{6}-\d", re.ASCII)


@dispatch.route("/visits/<number>/companion", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, Permission.ASSIGN_CASES)
def companion(number: str) -> Page:
    """Change or remove who goes along; ``?plan=`` leads back to the plan of the day."""
    viewer = the_viewer()
    head = visit_head(number.upper(), viewer=viewer)
    if request.method == "GET" and not head.visit.may_choose_second:
        raise Forbidden
    chosen = str(head.visit.companion_id or NOBODY)
    form = SecondForm(data={"version": str(head.visit.version), "companion": chosen})
    mates = _offered(form, head)
    if not form.sent():
        return _page(head, mates, form, 400 if request.method == "POST" else 200)
    try:
        changed = services.choose_second(
            actor=viewer,
            number=head.visit.number,
            version=form.seen_version,
            companion_id=form.companion_id,
        )
        commit()
    except Refused as refusal:
        show_refusal(form, refusal, "companion")
        return _page(head, mates, form, 422)
    flash(_done(form) if changed else _("Nothing was changed."), "success")
    return _back(head)


def _offered(form: SecondForm, head: VisitHead) -> Mates | None:
    """Put into the form who may go along; who that is."""
    visit = head.visit
    mates = mates_of(
        head.case.id, visit.worker_id, visit.planned_on, visit.planned_time,
        viewer=the_viewer(), but=visit.id,
    )  # fmt: skip
    fit = mates.fit if mates else ()
    nobody = [] if mates and mates.pair else [(str(NOBODY), _("Nobody goes along"))]
    form.companion.choices = [*((str(one.id), one.name) for one in fit), *nobody]
    return mates


def _done(form: SecondForm) -> str:
    if form.companion_id == NOBODY:
        return _("Nobody goes along any more. Whoever was to go has been told.")
    return _("Changed. Everybody whom it concerns has been told; changing back undoes it.")


def _back(head: VisitHead) -> Response:
    plan = request.args.get("plan", "")
    if the_viewer().can(Permission.ASSIGN_CASES) and _PLAN.fullmatch(plan):
        return redirect(url_for("dispatch.day_plan", number=plan), code=303)
    return redirect(url_for("field.visit", number=head.visit.number), code=303)


def _page(head: VisitHead, mates: Mates | None, form: SecondForm, status: int) -> Page:
    viewer = the_viewer()
    if request.method == "GET":
        audit.read(viewer, "visit", head.visit.number)
    # why a colleague must not go or is away is for the office to know
    unfit = mates.unfit if mates and viewer.can(Permission.ASSIGN_CASES) else ()
    page = render_template(
        "dispatch/companion.html",
        visit=head.visit,
        case=head.case,
        mates=mates,
        form=placed(form, "companion"),
        hints={str(one.id): _hint(one) for one in (mates.fit if mates else ())},
        unfit=[_why(one) for one in unfit],
    )
    return page, status


def _hint(mate: Mate) -> str:
    if mate.overlapping:
        hours = ", ".join(mate.overlapping)
        return _("has a visit about that hour already: %(hours)s", hours=hours)
    if not mate.hours:
        return _("no other visit that day")
    hours = ", ".join(hour or _("any time") for hour in mate.hours)
    return _("other visits that day: %(hours)s", hours=hours)


def _why(one: Unfit) -> str:
    words = [bar_words(bar) for bar in one.bars]
    if one.away is not None:
        words.append(_("away: %(kind)s", kind=absence_words()[one.away.kind.value]))
    if not words:
        words.append(_("must not go alone, as the worker of this visit"))
    return f"{one.name}: {' · '.join(words)}"
