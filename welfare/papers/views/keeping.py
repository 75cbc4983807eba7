"""How long papers are kept: the periods in force, what was set, setting another."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.core.web.choices import SelectChoice
from welfare.core.web.templating import language
from welfare.papers import services
from welfare.papers.forms.keeping import KeepingForm
from welfare.papers.kinds import Keep
from welfare.papers.labels import KEEPS
from welfare.papers.parts import kinds
from welfare.papers.queries.keeping import keepings, set_keepings
from welfare.papers.views.blueprints import Answer, paper_admin, status_of_page


@paper_admin.route("/keeping", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def keeping() -> Answer:
    """The periods by kind, with their rule; another from a day on."""
    form = KeepingForm()
    form.paper_kind.choices = [SelectChoice(one.code, one.name(language())) for one in kinds()]
    if not form.sent():
        return _page(form), status_of_page()

    def act() -> str:
        services.set_keeping(
            actor=the_viewer(),
            kind_code=form.paper_kind.data,
            keep=Keep(form.keep.data),
            since=form.since.data,
            basis=form.basis.data or "",
        )
        return "set"

    try:
        form.once("paper.keeping", act)
    except Refused as refusal:
        form[refusal.field or "since"].errors = [refusal.message]
        return _page(form), 422
    flash(_("Written down."), "success")
    return redirect(url_for("paper_admin.keeping"), 303)


def _page(form: KeepingForm) -> str:
    return render_template(
        "papers/keeping.html", form=form, rules=keepings(), history=set_keepings(), keeps=KEEPS
    )
