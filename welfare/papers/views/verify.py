"""Is a paper genuine: for everybody, without an account, and nothing personal."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core.errors import Throttled
from welfare.core.i18n import gettext as _
from welfare.core.web import commit, public
from welfare.papers import services
from welfare.papers.documents import written_code
from welfare.papers.forms.verify import CodeForm, FileForm, plain_digits
from welfare.papers.queries import Verified
from welfare.papers.queries.verifying import DIGITS
from welfare.papers.views.blueprints import Answer, verifying

MOST_BYTES = 12 * 1024 * 1024


@verifying.after_request
def _unseen(response: Response) -> Response:
    """Not for search engines."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@verifying.get("")
@public
def door() -> str:
    """Where the code is typed."""
    return render_template("verify/door.html", form=CodeForm(formdata=None))


@verifying.post("")
@public
def enter() -> Answer:
    """To the answer, by an address that can be kept."""
    form = CodeForm()
    code = plain_digits(form.code.data or "")
    if form.sent() and len(code) != DIGITS:
        form.code.errors = [_("The code has 12 digits, such as 1234-5678-9012.")]
    if form.errors:
        return render_template("verify/door.html", form=form), 400
    return redirect(url_for("verifying.page", code=code), 303)


@verifying.get("/<code>")
@public
def page(code: str) -> Answer:
    """What is known of the paper with this code."""
    return _answer(code)


@verifying.post("/<code>")
@public
def compare(code: str) -> Answer:
    """Is a file the paper as it was issued, to the last byte; nothing of it is kept."""
    return _answer(code, compared=True)


def _answer(code: str, *, compared: bool = False) -> Answer:
    plain = plain_digits(code[:40])
    try:
        found = services.try_code(code=plain, address=request.remote_addr or "")
        if found is None:
            return render_template("verify/unknown.html", code=written_code(plain)), 404
        return _compared(found) if compared else _page(found, FileForm(formdata=None))
    except Throttled as error:
        minutes = max(1, -(-error.retry_after // 60))
        shown = render_template("verify/wait.html", wait_minutes=minutes)
        return shown, 429, {"Retry-After": str(error.retry_after)}


def _page(found: Verified, form: FileForm, same: bool | None = None) -> str:
    return render_template(
        "verify/page.html", found=found, form=form, same=same, code=written_code(found.code)
    )


def _compared(found: Verified) -> Answer:
    form = FileForm()
    file = form.paper_file.data
    content = file.read(MOST_BYTES + 1) if getattr(file, "filename", "") else b""
    if not form.sent() or not content:
        form.paper_file.errors = [_("Please choose the file.")]
    elif len(content) > MOST_BYTES:
        form.paper_file.errors = [_("This file is too large to be one of ours.")]
    if form.errors:
        return _page(found, form), 400
    same = services.check_file(paper=found, content=content, address=request.remote_addr or "")
    commit()
    return _page(found, FileForm(formdata=None), same)
