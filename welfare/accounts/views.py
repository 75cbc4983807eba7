"""Sign in, sign out, and going on with what was typed before."""

from __future__ import annotations

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from welfare.accounts import queries, services
from welfare.accounts.forms import AddressForm, PasswordForm, SignInForm
from welfare.accounts.labels import ROLE_NAMES
from welfare.accounts.signing_in import load
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.web import commit, current_viewer, public, signed_in, the_viewer
from welfare.core.web.held import USER_KEY, held_form

blueprint = Blueprint("accounts", __name__)


def _next() -> str:
    """Where to go after signing in: only to an address of our own."""
    asked = request.args.get("next", "")
    inside = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if inside else url_for("public.desk")


def _door(form: SignInForm) -> str:
    held = request.args.get("next", "").startswith("/resume/")
    return render_template("accounts/sign_in.html", form=form, held=held)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> str | Response | tuple[str, int]:
    """The door of the staff."""
    form = SignInForm()
    if current_viewer() is not None and request.method == "GET":
        return redirect(_next())
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return _door(form), status
    token = services.sign_in(
        username=form.username.data or "",
        password=form.password.data or "",
        address=request.remote_addr or "",
        device=request.user_agent.string,
        hours=current_app.config["SETTINGS"].session_hours,
    )
    commit()
    opened = load(token) if token else None
    if opened is None:
        form.password.errors = [_("User name and password do not fit together.")]
        return _door(form), 401
    kept = {key: session[key] for key in ("lang", "text_size") if key in session}
    session.clear()
    session.update(kept)
    login_user(opened)
    session[USER_KEY] = opened.viewer.user_id
    return redirect(_next())


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> Response:
    """End this session at the server and forget the cookie."""
    services.sign_out(actor=the_viewer(), token=current_user.token)
    commit()
    logout_user()
    session.clear()
    return redirect(url_for("public.home"))


@blueprint.get("/account")
@signed_in
def account() -> str:
    """One's own account: password and sessions."""
    return _account_page(PasswordForm())


@blueprint.post("/account/password")
@signed_in
def change_password() -> str | Response | tuple[str, int]:
    """Change one's own password; every session ends, this one starts anew at the door."""
    form = PasswordForm()
    if not form.sent():
        return _account_page(form), 400
    try:
        services.change_password(
            actor=the_viewer(),
            current=form.current_password.data or "",
            new=form.new_password.data or "",
            address=request.remote_addr or "",
        )
    except Refused as refused:
        commit()
        form[refused.field or "new_password"].errors = [refused.message]
        return _account_page(form), 422
    commit()
    logout_user()
    session.clear()
    flash(_("Your password is changed. Please sign in with the new one."), "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/account/address")
@signed_in
def change_address() -> str | Response | tuple[str, int]:
    """Where one is told by e-mail of what waits; empty: nowhere."""
    form = AddressForm()
    if not form.sent():
        return _account_page(PasswordForm(formdata=None), form), 400
    services.set_own_address(actor=the_viewer(), email=form.email.data or "")
    commit()
    flash(_("Saved."), "success")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/sessions/<public_id>/end")
@signed_in
def end_session(public_id: str) -> Response:
    """End one of one's own sessions elsewhere."""
    services.end_session(actor=the_viewer(), public_id=public_id)
    commit()
    flash(_("That session is ended."), "success")
    return redirect(url_for("accounts.account"))


def _account_page(form: PasswordForm, address: AddressForm | None = None) -> str:
    viewer = the_viewer()
    if address is None:
        known = queries.mail_addresses({viewer.user_id}).get(viewer.user_id, "")
        address = AddressForm(formdata=None, data={"email": known})
    villages = sorted(viewer.villages) if viewer.villages else []
    return render_template(
        "accounts/account.html",
        form=form,
        address=address,
        sessions=queries.running_sessions(viewer=viewer),
        this_session=current_user.session_id,
        must_change=current_user.must_change_password,
        roles=[str(ROLE_NAMES[role]) for role in sorted(viewer.roles)],
        area=", ".join(_("Village %(no)s", no=no) for no in villages)
        or _("The whole municipality"),
    )


@blueprint.get("/resume/<token>")
@signed_in
def resume(token: str) -> str:
    """What was typed before the session ended, ready to be sent."""
    action, fields = held_form(token, user_id=the_viewer().user_id)
    return render_template("errors/resume.html", fields=fields, action=action, signed_in_again=True)
