"""Staff accounts: list, add, change, password, sessions."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.accounts import queries, services
from welfare.accounts.labels import ROLE_NAMES
from welfare.admin.forms.accounts import (
    AccountForm,
    NewAccountForm,
    NewPasswordForm,
    RightForm,
    role_hints,
)
from welfare.admin.views.blueprint import Answer, blueprint, commit_and_forget, forget, place
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Role
from welfare.core.web import commit, requires, the_viewer
from welfare.households.queries import villages


@blueprint.get("/accounts")
@requires(Permission.MANAGE_ACCOUNTS)
def accounts() -> str:
    """All accounts."""
    return render_template(
        "admin/accounts.html",
        accounts=queries.accounts(viewer=the_viewer()),
        role_names={role: str(name) for role, name in ROLE_NAMES.items()},
    )


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def add_account() -> Answer:
    """Make an account; its first password is shown once, on the answer."""
    form = NewAccountForm()
    form.offer_villages([village.village_no for village in villages()])
    if form.sent():
        try:
            return _open(form)
        except Refused as refusal:
            place(refusal, form, "username")
            return _new_page(form), 422
    return _new_page(form), 400 if request.method == "POST" else 200


def _new_page(form: NewAccountForm) -> str:
    return render_template("admin/account_new.html", form=form, role_hints=role_hints())


def _open(form: NewAccountForm) -> str:
    username = form.username.data or ""
    password = services.first_password(form.one_time_key.data or "", username)

    def act() -> str:
        facts = form.facts(active=True)
        services.open_account(actor=the_viewer(), username=username, facts=facts, password=password)
        return username

    form.once("account.add", act)
    forget()
    return _password_page(username, password, is_new=True)


def _password_page(username: str, password: str, *, is_new: bool) -> str:
    return render_template(
        "admin/password.html", username=username, password=password, is_new=is_new
    )


@blueprint.route("/accounts/<username>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def account(username: str) -> Answer:
    """One account; saved against the version that was read."""
    held = queries.account_file(username, viewer=the_viewer())
    facts = held.facts
    form = AccountForm(
        data={
            "version": held.version,
            "display_name": facts.display_name,
            "position": facts.position,
            "email": facts.email,
            "roles": sorted(facts.roles),
            "villages": [str(no) for no in sorted(facts.villages)],
            "active": facts.active,
        }
    )
    form.offer_villages([village.village_no for village in villages()])
    if not form.sent():
        return account_page(held, form), 400 if request.method == "POST" else 200
    try:
        return _save(username, form)
    except Refused as refusal:
        place(refusal, form, "roles")
        return account_page(held, form), 422


def _save(username: str, form: AccountForm) -> Response:
    viewer = the_viewer()
    facts = form.facts(active=form.active.data)
    services.edit_account(actor=viewer, username=username, version=form.seen_version, facts=facts)
    commit_and_forget()
    if username == viewer.username and not (facts.active and Role.ADMIN in facts.roles):
        return redirect(url_for("public.desk"), 303)
    flash(_("Saved. It holds from this person's next click on."), "success")
    return redirect(url_for("admin.account", username=username), 303)


def account_page(
    held: queries.AccountFile, form: AccountForm, right: RightForm | None = None
) -> str:
    """The page of an account, with a form that was sent or as it stands."""
    return render_template(
        "admin/account.html",
        held=held,
        form=form,
        right=right or RightForm(formdata=None, prefix=""),
        new_password=NewPasswordForm(formdata=None),
        role_hints=role_hints(),
        mine=held.id == the_viewer().user_id,
        granted=next(
            (given for given in held.grants if given.permission == Permission.APPROVE_OWN), None
        ),
    )


@blueprint.post("/accounts/<username>/password")
@requires(Permission.MANAGE_ACCOUNTS)
def new_password(username: str) -> Answer:
    """Give somebody a new password, shown once; all their sessions end."""
    form = NewPasswordForm()
    queries.account_file(username, viewer=the_viewer())
    if not form.sent():
        return redirect(url_for("admin.account", username=username), 303)
    password = services.first_password(form.one_time_key.data or "", username)

    def act() -> str:
        services.give_password(actor=the_viewer(), username=username, password=password)
        return username

    form.once(f"account.password:{username}"[:60], act)
    return _password_page(username, password, is_new=False)


@blueprint.post("/accounts/<username>/sign-out")
@requires(Permission.MANAGE_ACCOUNTS)
def end_sessions(username: str) -> Response:
    """Sign somebody out everywhere."""
    services.end_all_sessions(actor=the_viewer(), username=username)
    commit()
    flash(_("Signed out everywhere."), "success")
    return redirect(url_for("admin.account", username=username), 303)
