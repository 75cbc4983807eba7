"""ใบสำคัญรับเงิน, ใบรับความช่วยเหลือ, ใบยืม: what somebody signs for who is handed help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from sqlalchemy import Select, select

from welfare.accounts.models import User
from welfare.benefits.models import EquipmentKind, EquipmentPiece
from welfare.cases.kinds import AID_RECEIPT
from welfare.cases.models import Assistance, Case, EquipmentLoan, HelpDelivery, HelpRequest
from welfare.cases.queries.help import RequestRow, deliveries_of, request_of
from welfare.cases.queries.loading import load_case_by_id
from welfare.cases.workflow import AssistanceKind, HelpStatus
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.pdf.layouts import handing_over as layout
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import local_date
from welfare.core.thai.digits import whole
from welfare.core.thai.money import format_baht
from welfare.households.queries import household_card, person_card
from welfare.papers.parts import About, Asked, Sheet
from welfare.papers.queries.office import the_office
from welfare.papers.queries.papers import in_force

COMMITTEE = "คณะกรรมการพิจารณาให้ความช่วยเหลือ"
_TO_HAND_OVER = (HelpStatus.APPROVED, HelpStatus.PARTLY)


@dataclass(frozen=True, slots=True)
class _Voucher:
    """What is handed over; ``title`` for the register, ``hindrance`` why it cannot be issued."""

    receipt: layout.AidReceipt
    title: str
    hindrance: str = ""


def blank_voucher() -> Sheet:
    """The form with nothing in it."""
    return Sheet(title="", template=layout.TEMPLATE, values=layout.AidReceipt(the_office()))


def voucher_sheet(about: About, asked: Asked, viewer: Viewer) -> Sheet:
    """What is signed for. ``asked.source``: ``help:12`` for what was granted and is still to be
    handed over, ``given:12`` for one handing over, ``aid:12`` for help without a fund, ``loan:12``
    for equipment; ``NotFound`` where the case has none such."""
    what, _colon, number = asked.source.partition(":")
    which = whole(number)
    if what not in _FILL or which is None:
        raise NotFound
    case = load_case_by_id(about.id, viewer=viewer)
    made = _FILL[what](case, which)
    receipt = _with_people(made.receipt, case, viewer)
    return Sheet(
        title=made.title,
        template=layout.TEMPLATE,
        values=replace(receipt, total=layout.total_of(receipt.lines)),
        recipient=receipt.receiver,
        source=f"{what}:{which}",
        hindrance=made.hindrance,
    )


def _with_people(made: layout.AidReceipt, case: Case, viewer: Viewer) -> layout.AidReceipt:
    card = person_card(case.person_id, viewer=viewer)
    house = household_card(case.household_id, viewer=viewer)
    with force_locale("th"):
        address = house.household.address if house else ""
    return replace(
        made,
        case_number=case.number,
        receiver=card.person.name if card else "",
        id_number=card.identifier if card else "",
        address=address,
    )


def _granted(case: Case, request_id: int) -> _Voucher:
    row = request_of(case.id, request_id)
    if row.status not in _TO_HAND_OVER or row.undelivered <= 0:
        raise NotFound
    return _Voucher(_of_request(row, row.undelivered), row.description)


def _given(case: Case, delivery_id: int) -> _Voucher:
    row = db.session.execute(_delivery(case.id, delivery_id)).first()
    if row is None:
        raise NotFound
    request = request_of(case.id, row.request_id)
    one = next(each for each in deliveries_of(request.id) if each.id == delivery_id)
    receipt = replace(
        _of_request(request, one.amount), given_on=one.given_on, payer=one.delivered_by
    )
    before = in_force(AID_RECEIPT.code, f"help:{request.id}")
    if not before:
        return _Voucher(receipt, request.description)
    words = _("Voucher %(number)s was issued for this before it was handed over.", number=before)
    return _Voucher(receipt, request.description, words)


def _delivery(case_id: int, delivery_id: int) -> Select[Any]:
    return (
        select(HelpDelivery.request_id)
        .join(HelpRequest, HelpRequest.id == HelpDelivery.request_id)
        .where(HelpRequest.case_id == case_id, HelpDelivery.id == delivery_id)
    )


def _of_request(row: RequestRow, amount: Decimal) -> layout.AidReceipt:
    decided = row.met_on or (local_date(row.decided_at) if row.decided_at else None)
    return layout.AidReceipt(
        office=the_office(),
        fund=row.fund_th,
        decided_by=COMMITTEE if row.by_committee else row.decided_by,
        decided_on=decided,
        lines=(_line(row.kind, row.description, amount),),
    )


def _line(kind: AssistanceKind, what: str, amount: Decimal | None) -> layout.Given:
    """Money counts; of goods and services the value stands beside them."""
    if kind is AssistanceKind.MONEY or amount is None:
        return layout.Given(what, "", amount)
    return layout.Given(f"{what} (มูลค่า {format_baht(amount)} บาท)")


def _aid(case: Case, assistance_id: int) -> _Voucher:
    row = db.session.execute(
        select(Assistance, User.display_name)
        .outerjoin(User, User.id == Assistance.recorded_by_id)
        .where(
            Assistance.case_id == case.id,
            Assistance.id == assistance_id,
            Assistance.withdrawn_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFound
    one: Assistance = row.Assistance
    receipt = layout.AidReceipt(
        office=the_office(),
        given_on=one.given_on,
        fund=one.fund,
        decided_by=one.decided_by,
        lines=(_line(one.kind, one.description, one.amount),),
        payer=row.display_name or "",
    )
    return _Voucher(receipt, one.description)


def _loan(case: Case, loan_id: int) -> _Voucher:
    row = db.session.execute(
        select(
            EquipmentLoan.lent_on, EquipmentLoan.due_on, EquipmentLoan.note,
            EquipmentPiece.number, EquipmentKind.name_th, User.display_name,
        )
        .join(EquipmentPiece, EquipmentPiece.id == EquipmentLoan.piece_id)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .outerjoin(User, User.id == EquipmentLoan.lent_by_id)
        .where(EquipmentLoan.case_id == case.id, EquipmentLoan.id == loan_id)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    what = f"{row.name_th} หมายเลข {row.number}"
    lender = row.display_name or ""
    receipt = layout.AidReceipt(
        office=the_office(),
        given_on=row.lent_on,
        decided_by=lender,
        decided_on=row.lent_on,
        lines=(layout.Given(what, "1"),),
        payer=lender,
        return_by=row.due_on,
        remark=row.note,
    )
    return _Voucher(receipt, what)


_FILL = {"help": _granted, "given": _given, "aid": _aid, "loan": _loan}
