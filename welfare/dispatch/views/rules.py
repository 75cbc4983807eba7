"""The figures of dispatch, the skills, what kinds of trouble need, what one case asks for."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from welfare.cases.queries import categories, category_by_code
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.templating import language
from welfare.dispatch import queries, services
from welfare.dispatch.forms import CalendarForm, FiguresForm, KindForm, SkillForm, WishForm
from welfare.dispatch.views.blueprints import Page, dispatch, proper, show_refusal
from welfare.dispatch.views.reasons import skill_names


def _status() -> int:
    return 400 if request.method == "POST" else 200


@dispatch.route("/rules", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def rules() -> Page:
    """What ways and proposals are reckoned with."""
    form = FiguresForm(data=FiguresForm.of(queries.figures()))
    if not form.sent():
        return _rules_page(form, SkillForm(formdata=None), _status())
    services.edit_figures(actor=the_viewer(), version=form.seen_version, facts=form.facts)
    commit()
    flash(_("Saved."), "success")
    return redirect(url_for("dispatch.rules"), code=303)


def _rules_page(form: FiguresForm, skill: SkillForm, status: int) -> Page:
    page = render_template(
        "dispatch/rules.html",
        form=form,
        skill=skill,
        button=CalendarForm(formdata=None),
        skills=queries.skills(active_only=False),
        names=skill_names(),
        kinds=queries.kinds(viewer=the_viewer()),
        categories=categories(),
        english=language() == "en",
    )
    return page, status


@dispatch.post("/skills")
@requires(Permission.ASSIGN_CASES)
def add_skill() -> Page:
    """Add a skill to the list."""
    form = SkillForm()
    status = 400
    if form.sent():

        def act() -> str:
            code = form.code.data or ""
            services.add_skill(
                actor=the_viewer(),
                code=code,
                name_th=form.name_th.data or "",
                name_en=form.name_en.data or "",
            )
            return code

        try:
            form.once("skill.add", act)
        except Refused as refusal:
            show_refusal(form, refusal, "code")
            status = 422
        else:
            flash(_("The skill is in the list."), "success")
            return redirect(url_for("dispatch.rules") + "#skills", code=303)
    figures = FiguresForm(formdata=None, data=FiguresForm.of(queries.figures()))
    return _rules_page(figures, form, status)


@dispatch.post("/skills/<code>/<any(retire, restore):verb>")
@requires(Permission.ASSIGN_CASES)
def retire_skill(code: str, verb: str) -> Page:
    """Take a skill out of the list, or put it back."""
    if CalendarForm().sent():
        services.retire_skill(actor=the_viewer(), code=code, active=verb == "restore")
        commit()
    return redirect(url_for("dispatch.rules") + "#skills", code=303)


@dispatch.route("/kinds/<code>", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def kind(code: str) -> Page:
    """What a visit of one kind of trouble takes."""
    category = category_by_code(code)
    if category is None:
        raise NotFound
    now = queries.kinds(viewer=the_viewer()).get(category.id)
    form = KindForm(
        data={
            "version": str(now.version if now else 0),
            "skills": list(now.skills) if now else [],
            "minutes": str(now.minutes if now else 30),
            "pair": now.pair if now else False,
        }
    )
    form.skills.choices = list(skill_names().items())
    if form.sent():
        services.edit_kind(
            actor=the_viewer(),
            category_id=category.id,
            version=form.seen_version,
            skills=form.skills.chosen,
            minutes=form.minutes.whole,
            pair=bool(form.pair.data),
        )
        commit()
        flash(_("Saved."), "success")
        return redirect(url_for("dispatch.rules") + "#kinds", code=303)
    name = category.name_en if language() == "en" else category.name_th
    return render_template("dispatch/kind.html", form=form, name=name), _status()


@dispatch.route("/cases/<number>/wishes", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def wishes(number: str) -> Page:
    """What is asked for of the visits of one case, and who must not go."""
    number, viewer = proper(number), the_viewer()
    now = queries.case_wishes(number, viewer=viewer)
    form = WishForm(
        data={
            "version": str(now.version),
            "language": now.language,
            "sex": now.sex.value,
            "skills": list(now.skills),
            "pair": now.pair,
            "minutes": str(now.minutes or ""),
            "earliest": now.earliest,
            "latest": now.latest,
            "never": [str(one) for one in now.never],
            "why_never": now.why_never,
        }
    )
    form.offer_languages()
    form.skills.choices = list(skill_names().items())
    form.never.choices = [(str(one.id), one.name) for one in queries.crew(viewer=viewer)]
    status = _status()
    if form.sent():
        try:
            services.edit_wishes(
                actor=viewer, number=number, version=form.seen_version, facts=form.facts
            )
            commit()
        except Refused as refusal:
            show_refusal(form, refusal, "latest")
            status = 422
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("dispatch.offer", number=number), code=303)
    return render_template("dispatch/wishes.html", form=form, now=now), status
