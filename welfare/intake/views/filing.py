"""Filing a request: the steps, and the one sending that carries everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, request, session, url_for
from flask import Response as AppResponse
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from welfare.core.errors import Refused, Throttled
from welfare.core.municipality import the_municipality
from welfare.core.security import throttle
from welfare.core.security.permissions import PUBLIC
from welfare.core.web import public
from welfare.core.web.reached import base_url
from welfare.core.web.templating import language
from welfare.intake.forms.filing import LAST_STEP
from welfare.intake.services.filing import file_complaint
from welfare.intake.views.answers import answers_of
from welfare.intake.views.filed import KEY, PURPOSE
from welfare.intake.views.wizard import (
    CHECK,
    Page,
    Wizard,
    filing_volunteer,
    opened,
    too_many_message,
)
from welfare.intake.workflow import Channel

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

blueprint = Blueprint("intake_public", __name__, url_prefix="/requests")


class _ShownAgain(AppResponse):
    """An answer that holds for Back although the session's cookie changed when all was sent."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """As usual, without ``Vary: Cookie``; no shared cache may keep this answer anyway."""
        headers = super().get_wsgi_headers(environ)
        others = [name for name in self.vary if name.lower() != "cookie"]
        headers.remove("Vary")
        if others:
            headers["Vary"] = ", ".join(others)
        return headers


def _shown_again(answer: Page | Response) -> Response:
    """An answer that the browser may show again on its own Back button: were the answers to
    the steps never kept, Back would show an error in place of the step before."""
    response = _ShownAgain.force_type(make_response(answer))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/new")
@public
def new() -> Response:
    """The first question."""
    return _shown_again(opened().page(1))


@blueprint.post("/new")
@public
def step() -> Response:
    """A step filled in, one gone back to, or all of it sent."""
    return _shown_again(_answer(opened()))


def _answer(wizard: Wizard) -> Page | Response:
    if "remove" in request.form:
        wizard.kept = [photo for photo in wizard.kept if photo != request.form["remove"]]
        return wizard.page(2)
    asked = request.form.get("go", "")
    if asked in {"1", "2", "3", "4", "5"}:
        wizard.checking = wizard.checking or request.form.get("step") == "send"
        return wizard.page(int(asked), 400 if wizard.form.photos.errors else 200)
    return _onward(wizard, request.form.get("step", "send"))


def _onward(wizard: Wizard, step: str) -> Page | Response:
    """Check what was filled in so far; then the next step, or file."""
    here = int(step) if step in {"1", "2", "3", "4"} else CHECK
    faulty = wizard.form.faulty_step(min(here, LAST_STEP))
    if wizard.form.photos.errors and (faulty is None or faulty > 2):
        faulty = 2
    if faulty is not None:
        return wizard.page(faulty, 400)
    if here == CHECK:
        return _send(wizard)
    chosen = wizard.form.chosen
    if here == 1 and chosen is not None and chosen.danger and not wizard.danger_seen:
        return wizard.danger()
    return wizard.page(CHECK if wizard.checking else here + 1)


def _send(wizard: Wizard) -> Page | Response:
    address, volunteer = request.remote_addr or "", filing_volunteer()
    answers = answers_of(wizard.form)
    known = volunteer if volunteer is not None and not answers.anonymous else None

    def act() -> str:
        throttle.take(throttle.FILE_ADDRESS, address)
        filed = file_complaint(
            actor=known or PUBLIC,
            channel=Channel.VOLUNTEER if known else Channel.WEB,
            language=language(),
            answers=answers,
            photo_ids=wizard.kept,
            base_url=base_url(),
        )
        return f"{filed.reference} {filed.secret}"

    try:
        wizard.form.once(PURPOSE, act)
    except Throttled:
        return wizard.page(CHECK, 429, problem=too_many_message(the_municipality().phone))
    except Refused as refused:
        sent = session.get(KEY) == wizard.form.one_time_key.data
        return wizard.page(CHECK, 422, problem=refused.message, already_sent=sent)
    session[KEY] = wizard.form.one_time_key.data
    return redirect(url_for("filed.page"), code=303)
