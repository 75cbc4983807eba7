"""Sign in, sign out, and going on with what was typed before."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from welfare.accounts import services
from welfare.accounts.forms import SignInForm
from welfare.accounts.signing_in import load
from welfare.core.i18n import gettext as _
from welfare.core.web import commit, current_viewer, public, signed_in, the_viewer
from welfare.core.web.held import USER_KEY, held_form

blueprint = Blueprint("accounts", __name__)


def _next() -> str:
    """Where to go after signing in: only to an address of our own."""
    asked = request.args.get("next", "")
    inside = asked.startswith("/") and not asked.startswith(("//", "/\\")) and "\n" not in asked
    return asked if inside else url_for("desk.home")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> str | Response | tuple[str, int]:
    """The door of the staff."""
    form = SignInForm()
    if current_viewer() is not None and request.method == "GET":
        return redirect(_next())
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("accounts/sign_in.html", form=form), status
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
        return render_template("accounts/sign_in.html", form=form), 401
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


@blueprint.get("/resume/<token>")
@signed_in
def resume(token: str) -> str:
    """What was typed before the session ended, ready to be sent."""
    action, fields = held_form(token, user_id=the_viewer().user_id)
    return render_template("errors/resume.html", fields=fields, action=action, signed_in_again=True)
