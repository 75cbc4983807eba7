"""The page of one case, with its forms in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for

from welfare.cases import queries
from welfare.cases.forms import (
    AssistanceForm,
    AttachmentForm,
    CloseForm,
    NoteForm,
    ReopenForm,
    SendBackForm,
    TaskForm,
    WaitForm,
)
from welfare.cases.forms.deadlines import DelayForm, HandForm
from welfare.cases.kinds import CareDays
from welfare.cases.labels import (
    HELP_STATES,
    HELP_TONES,
    KINDS_OF_HELP,
    LOAN_STATES,
    LOAN_TONES,
    OUTCOMES,
    SENSITIVITIES,
    STAGES,
    STATUSES,
    WHY_ALIKE,
)
from welfare.cases.parts import load_parts
from welfare.cases.policies import (
    can_change_record,
    can_edit,
    can_keep_plan,
    can_merge,
    can_move,
    can_record_assistance,
    can_set_deadline,
)
from welfare.cases.queries import CaseFile
from welfare.cases.queries.lists import care_days
from welfare.cases.services import asks_for_review
from welfare.cases.views.arithmetic import stage_words
from welfare.cases.views.blueprint import blueprint, category_names, proper
from welfare.cases.views.care import newest_needs, plan_words
from welfare.cases.views.daystrip import legend
from welfare.cases.views.story import story
from welfare.cases.views.texts import USES, offer_texts, put_text, wants_text
from welfare.cases.workflow import CaseAction, CaseStatus
from welfare.core import audit, clock
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.web import requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.forms import Form
from welfare.core.web.templating import language

SHOWN = ("all", "told", "notes", "steps", "work", "deadlines", "rules")


@dataclass(frozen=True, slots=True)
class Rights:
    """What this viewer may do to this case now."""

    edit: bool
    work: bool
    help: bool
    wait: bool
    resume: bool
    close: bool
    send_back: bool
    reopen: bool
    deadline: bool
    say_why: bool
    merge: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one next step: what there is to do or to wait for, and where it is done."""

    text: str
    button: str = ""
    target: str = ""
    posts: bool = False


@blueprint.get("/<number>")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def page(number: str) -> str:
    """One case like a file: head, people, what came, what was done, and its timeline."""
    return show(proper(number))


def show(number: str, *, form: Form | None = None, failed: str = "") -> str:
    """The page; ``form`` is one that was sent and is not right yet, ``failed`` its name."""
    viewer = the_viewer()
    opened = failed or request.args.get("open", "")
    case = queries.case_file(number, viewer=viewer, closing=opened == "close")
    parts = {part.slot: part for part in load_parts(case.id, viewer)}
    rights = rights_of(viewer, case)
    shown = request.args.get("show", "all")
    forms = _forms(case, rights, opened)
    if form is not None:
        forms[failed] = form
        if wants_text() and failed in USES:
            put_text(form, failed, case)
    for name in USES:
        if forms.get(name) is not None:
            offer_texts(forms[name], name, case)
    values: dict[str, Any] = {
        "case": case,
        "parts": parts,
        "rights": rights,
        "forms": forms,
        "failed": failed,
        "opened": opened,
        "next": next_step(viewer, case, rights),
        "days": story(case.lines, shown),
        "stages": stage_words(case),
        "legend": legend(),
        "shown": shown if shown in SHOWN else "all",
        "category": _category(case),
        "needs": newest_needs(case),
        "care_words": plan_words(),
        "may_plan": can_keep_plan(viewer, case),
        "words": {
            "status": STATUSES,
            "outcome": OUTCOMES,
            "help": KINDS_OF_HELP,
            "sensitivity": SENSITIVITIES,
            "asked": HELP_STATES,
            "asked_tone": HELP_TONES,
            "lent": LOAN_STATES,
            "lent_tone": LOAN_TONES,
        },
        "names": category_names(),
        "why": WHY_ALIKE,
        "deciders": [person.name for person in _deciders()],
        "today": clock.today(),
        "asks": asks_for_review(viewer, case),
        "matters": case.matters if forms.get("close") is not None else (),
    }
    audit.read(viewer, "case", number)
    return render_template("cases/case.html", **values)


def _category(case: CaseFile) -> str:
    category = queries.category_by_id(case.category_id)
    return category.name(language()) if category else ""


def _deciders() -> list[queries.StaffName]:
    return queries.staff_with(Permission.DECIDE_ASSISTANCE)


def rights_of(viewer: Viewer, case: CaseFile) -> Rights:
    """What this viewer may do to this case now."""
    return Rights(
        edit=can_change_record(viewer, case),
        work=can_edit(viewer, case),
        help=can_record_assistance(viewer, case),
        wait=can_move(viewer, case, CaseAction.WAIT),
        resume=can_move(viewer, case, CaseAction.RESUME),
        close=can_move(viewer, case, closing_step(viewer, case)),
        send_back=can_move(viewer, case, CaseAction.SEND_BACK),
        reopen=can_move(viewer, case, CaseAction.REOPEN),
        deadline=can_set_deadline(viewer, case) and any(stage.runs for stage in case.stages),
        say_why=case.asked_why_late is not None and can_change_record(viewer, case),
        merge=can_merge(viewer, case),
    )


def closing_step(viewer: Viewer, case: CaseFile) -> CaseAction:
    """By what step this viewer closes: at once, or by asking a manager."""
    return CaseAction.ASK_CLOSE if asks_for_review(viewer, case) else CaseAction.CLOSE


def proposed(case: CaseFile) -> dict[str, str]:
    """What whoever asked to close has proposed, while a manager reads it."""
    if case.status != CaseStatus.REVIEW:
        return {}
    line = next((line for line in case.lines if line.data.get("proposes")), None)
    return {"outcome": line.data["proposes"], "outcome_note": line.text} if line else {}


def _forms(case: CaseFile, rights: Rights, opened: str) -> dict[str, Form | None]:
    """What this viewer can send now, by name: the form that was asked for, ``None`` for the rest.

    A form costs more to write than the case itself, so the page holds only the one that is open
    (``?open=task``).
    """
    allowed: dict[str, Callable[[], Form]] = {}
    version = {"version": str(case.version)}
    if rights.work:
        allowed |= {
            "note": lambda: NoteForm(formdata=None),
            "task": lambda: task_form(None),
            "file": lambda: AttachmentForm(formdata=None),
        }
    if rights.help:
        given = {"given_on": clock.today()}
        allowed["help"] = lambda: AssistanceForm(formdata=None, data=given)
    if rights.wait:
        again = clock.today() + timedelta(days=care_days(CareDays.WAIT_ENDS))
        allowed["wait"] = lambda: WaitForm(formdata=None, data=version | {"wait_until": again})
    if rights.close:
        allowed["close"] = lambda: CloseForm(formdata=None, data=version | proposed(case))
    if rights.send_back:
        allowed["send_back"] = lambda: SendBackForm(formdata=None, data=version)
    if rights.reopen:
        allowed["reopen"] = lambda: ReopenForm(formdata=None, data=version)
    if rights.deadline:
        allowed["deadline"] = lambda: hand_form(case=case)
    if rights.say_why:
        allowed["late"] = lambda: DelayForm(formdata=None)
    return {name: make() if name == opened else None for name, make in allowed.items()}


def task_form(sent: Any) -> TaskForm:
    """The form of a task with the staff who could do it."""
    form = TaskForm(formdata=sent)
    staff = queries.staff_with(Permission.EDIT_CASES)
    form.who.choices = offered(
        [("", _("Nobody in particular")), *((person.username, person.name) for person in staff)]
    )
    return form


def hand_form(*, sent: bool = False, case: CaseFile | None = None) -> HandForm:
    """The form of a deadline set by hand: as it was sent, or for a case with what still runs."""
    form = HandForm() if sent else HandForm(formdata=None)
    running = [one.stage for one in case.stages if one.runs] if case else list(STAGES)
    form.stage.choices = offered((stage.value, STAGES[stage]) for stage in running)
    if case is not None:
        form.version.data = str(case.version)
    return form


def next_step(viewer: Viewer, case: CaseFile, rights: Rights) -> NextStep:
    """What comes next for this viewer."""
    mine = case.assignee_id == viewer.user_id
    if case.status == CaseStatus.NEW:
        if viewer.can(Permission.ASSIGN_CASES):
            text = _("Nobody works on this case yet.")
            offer = f"/desk/dispatch/cases/{case.number}/offer"
            return NextStep(text, _("Give it to a worker"), offer)
        return NextStep(_("The office will give this case to a worker."))
    if case.status == CaseStatus.OFFERED:
        if mine:
            text = _("This case is offered to you. Will you take it?")
            return NextStep(text, _("Accept or decline"), "#assignments")
        return NextStep(_("Waiting for %(name)s to accept.", name=case.worker))
    if case.status == CaseStatus.WORKING:
        if mine:
            text = _("You work on this case. Visit, help, or close it with its outcome.")
            return NextStep(text, _("Plan or record a visit"), "?open=visit#visits")
        return NextStep(_("%(name)s works on this case.", name=case.worker))
    return _next_at_rest(case, rights)


def _next_at_rest(case: CaseFile, rights: Rights) -> NextStep:
    if case.status == CaseStatus.REVIEW:
        if rights.close:
            text = _("Somebody asks to close this case. Read it, then close it or send it back.")
            return NextStep(text, _("Read the closing"), "?open=close#close")
        return NextStep(_("A manager reads the closing. The citizen is told afterwards."))
    if case.status == CaseStatus.WAITING:
        text = _("The deadline stands still while we wait.")
        if not rights.resume:
            return NextStep(text)
        address = url_for("cases.resume", number=case.number)
        return NextStep(text, _("Go on with the work"), address, posts=True)
    if rights.reopen:
        if case.unhappy_at is not None:
            text = _("The citizen says that it did not help. Look at it again and reopen the case.")
            return NextStep(text, _("Reopen"), "?open=reopen#reopen")
        text = _("This case is closed. If the trouble is not over, it can be reopened.")
        return NextStep(text, _("Reopen"), "?open=reopen#reopen")
    return NextStep(_("This case is closed."))
