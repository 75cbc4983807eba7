"""Lending equipment: out, for longer, back, or lost; and reminding who looks after the case."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy.exc import IntegrityError

from welfare.accounts.queries import active_viewers
from welfare.benefits.services import lose_piece, take_back_piece, take_piece
from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.models import Case, CaseTask, EquipmentLoan
from welfare.cases.policies import can_ask_help, can_record_assistance
from welfare.cases.queries.loading import load_case, load_case_by_id
from welfare.cases.queries.loans import load_loan, piece_words, unreminded
from welfare.cases.services.assistance import put_assistance
from welfare.cases.services.events import add_event
from welfare.cases.services.rules import note_firing, say_it_could_not, try_for
from welfare.cases.workflow import AssistanceKind, EventKind, LoanStatus, TaskStatus
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM, Viewer

REMIND_DAYS = 7
"""So many days before it is due, the owner of the case finds a task on their list."""
LONGEST = timedelta(days=3 * 366)
A_TICK = 200
LOANS = "reminder:loans"


def lend_piece(*, actor: Viewer, number: str, piece_id: int, due_on: date, note: str = "") -> int:
    """Lend a piece from stock to the person of a case until a day; returns the id of the loan.

    It counts as help given (equipment, without an amount). ``Refused`` when the piece is out.
    """
    case = load_case(number, viewer=actor)
    if not can_ask_help(actor, case):
        raise Forbidden
    today = clock.today()
    _refuse_far(due_on, today)
    take_piece(piece_id)
    what = piece_words(piece_id)
    loan = EquipmentLoan(
        case_id=case.id,
        person_id=case.person_id,
        household_id=case.household_id,
        piece_id=piece_id,
        status=LoanStatus.OUT,
        lent_on=today,
        due_on=due_on,
        note=note,
        lent_by_id=actor.user_id or None,
        lent_at=clock.now(),
    )
    db.session.add(loan)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(
            _("This piece is no longer in stock. Please choose another."), field="piece"
        ) from error
    loan.assistance_id = put_assistance(
        actor=actor,
        case=case,
        kind=AssistanceKind.EQUIPMENT,
        description=_("Lent: %(what)s", what=what),
        given_on=today,
        decided_by=actor.display_name,
        data={"loan": loan.id},
    )
    _tell(actor, case, loan, "lent", text=what, due_on=due_on.isoformat())
    return loan.id


def _refuse_far(due_on: date, since: date) -> None:
    if due_on <= since:
        raise Refused(_("Please choose a day to come."), field="due_on")
    if due_on > since + LONGEST:
        raise Refused(_("Please choose a day within three years."), field="due_on")


def extend_loan(*, actor: Viewer, number: str, loan_id: int, version: int, due_on: date) -> None:
    """Let them keep it until a later day."""
    case, loan = _open(actor, number, loan_id, version)
    _refuse_far(due_on, clock.today())
    if due_on <= loan.due_on:
        raise Refused(_("Please choose a day after the one that was agreed."), field="due_on")
    loan.due_on = due_on
    loan.extended += 1
    _tell(actor, case, loan, "extended", due_on=due_on.isoformat())


def take_back_loan(
    *,
    actor: Viewer,
    number: str,
    loan_id: int,
    version: int,
    condition: str,
    repair: bool = False,
) -> None:
    """The piece is back; ``repair``: it cannot be lent again as it is."""
    case, loan = _open(actor, number, loan_id, version)
    take_back_piece(loan.piece_id, condition=condition, repair=repair)
    loan.status, loan.ended_on, loan.condition_back = LoanStatus.BACK, clock.today(), condition
    _tell(actor, case, loan, "came_back", text=condition, repair=repair)


def lose_loan(*, actor: Viewer, number: str, loan_id: int, version: int, reason: str) -> None:
    """The piece does not come back any more."""
    case, loan = _open(actor, number, loan_id, version)
    lose_piece(loan.piece_id)
    loan.status, loan.ended_on, loan.condition_back = LoanStatus.LOST, clock.today(), reason
    _tell(actor, case, loan, "lost", text=reason)


def _open(actor: Viewer, number: str, loan_id: int, version: int) -> tuple[Case, EquipmentLoan]:
    """The loan of a case, held; a closed case is no hindrance: its equipment still comes back."""
    case = load_case(number, viewer=actor)
    if not can_record_assistance(actor, case):
        raise Forbidden
    loan = load_loan(case.id, loan_id)
    if loan.version != version:
        raise StaleRecord(version=loan.version, current={})
    if loan.status != LoanStatus.OUT:
        raise Refused(_("This loan has ended already."))
    return case, loan


def _tell(
    actor: Viewer, case: Case, loan: EquipmentLoan, verb: str, *, text: str = "", **more: object
) -> None:
    details = {"loan": loan.id, "piece": loan.piece_id, **more}
    audit.record(actor, f"loan.{verb}", "case", case.number, details | audit.changes_of(loan))
    data = {"verb": f"loan_{verb}", **details}
    add_event(actor=actor, case=case, kind=EventKind.ASSISTANCE, text=text, data=data)
    db.session.flush()


def remind_of_loans() -> int:
    """Put a task on the list of whoever has the case, for loans that fall due; how many.

    Once for each due day: an extended loan is reminded of anew. The caller commits.
    """
    today = clock.today()
    loans = unreminded(today + timedelta(days=REMIND_DAYS), A_TICK)
    staff = {person.user_id for person in active_viewers()} if loans else set()
    name, done = _("Equipment on loan falls due"), 0
    for loan in loans:
        case = load_case_by_id(loan.case_id, viewer=SYSTEM)
        once = f"{LOANS}:{loan.id}:{loan.due_on}"
        work = partial(_remind, case, loan, staff, once, name)
        done += try_for(
            case, work, kind=RuleKind.REMINDER, key=LOANS, name=name, once=f"{once}:{today}"
        )
    return done


def _remind(case: Case, loan: EquipmentLoan, staff: set[int], once: str, name: str) -> None:
    what, whom = piece_words(loan.piece_id), case.assignee_id or loan.lent_by_id
    gone = whom not in staff
    task = CaseTask(
        case_id=case.id,
        title=_("Take back or extend: %(what)s", what=what)[:200],
        status=TaskStatus.OPEN,
        assignee_id=None if gone else whom,
        due_on=max(loan.due_on, clock.today()),
        created_at=clock.now(),
    )
    db.session.add(task)
    loan.reminded_on = loan.due_on
    _tell(SYSTEM, case, loan, "reminded", text=what, due_on=loan.due_on.isoformat())
    fault = Fault.NO_OWNER if gone else None
    note_firing(kind=RuleKind.REMINDER, key=LOANS, case=case, fault=fault, once=once)
    if fault:
        say_it_could_not(kind=RuleKind.REMINDER, key=LOANS, name=name, case=case, fault=fault)
