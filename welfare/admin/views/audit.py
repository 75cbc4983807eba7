"""The audit: reading it, and checking that it is whole."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request, stream_template

from welfare.accounts.queries import names_of, user_id_of
from welfare.admin.audit_words import action_words, detail_lines
from welfare.admin.forms.audit import AuditFilterForm
from welfare.admin.views.blueprint import blueprint
from welfare.core.audit import record
from welfare.core.audit.reading import AuditQuestion, audit_page, known_actions
from welfare.core.audit.verification import Verification, verify_steps
from welfare.core.db import db
from welfare.core.db.engine import expect_writes
from welfare.core.security.permissions import PUBLIC, SYSTEM, Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import SelectChoice
from welfare.core.web.templating import page_address

NOBODY_KNOWN = -1


@blueprint.get("/audit")
@requires(Permission.VIEW_AUDIT)
def audit() -> str:
    """A page of entries, newest first."""
    form = AuditFilterForm(request.args)
    actions = known_actions()
    form.action.choices = [
        SelectChoice("", "—"),
        *(SelectChoice(code, action_words(code)) for code in actions),
    ]
    form.validate()
    if form.action.data not in actions:
        form.action.data = ""
    question = _question(form)
    page = audit_page(question, viewer=the_viewer())
    names = names_of({row.actor_id for row in page.rows if row.actor_id})
    return render_template(
        "admin/audit.html",
        form=form,
        rows=page.rows,
        names=names,
        words={code: action_words(code) for code in actions},
        details=detail_lines,
        older=page_address(before=page.older) if page.older else None,
        newest=page_address(before=None) if question.before else None,
        asked=any(request.args.get(name) for name in request.args if name != "before"),
    )


def _question(form: AuditFilterForm) -> AuditQuestion:
    person = (form.person.data or "").casefold()
    actor_id: int | None = None
    if person:
        outside = person in (PUBLIC.username, SYSTEM.username)
        known = user_id_of(person)
        actor_id = 0 if outside else NOBODY_KNOWN if known is None else known
    before = request.args.get("before", "")
    return AuditQuestion(
        actor_id=actor_id,
        actor=person,
        action=(form.action.data or "")[:60],
        object_ref=(form.ref.data or "")[:60],
        day=None if form.day.errors else form.day.data,
        before=whole(before, digits=15),
    )


@blueprint.post("/audit/verify")
@requires(Permission.VIEW_AUDIT)
def verify() -> Response:
    """Walk the whole chain and show how far it is; that it was asked for stands in the audit."""
    record(the_viewer(), "audit.verified", "audit", "chain")
    commit()
    expect_writes(False)
    return Response(stream_template("admin/verify.html", steps=_steps()), mimetype="text/html")


def _steps() -> Iterator[tuple[Verification, bool]]:
    """What was found so far, and whether it is the end."""
    held: Verification | None = None
    for found in verify_steps():
        if held is not None:
            yield held, False
        held = found
    if held is not None:
        yield held, True
    db.session.rollback()
