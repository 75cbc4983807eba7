"""Who received help from the office, or is to receive it: the rows of บัญชีรายชื่อ and their sums.

The rights are those of the cases that the help belongs to: what somebody may not see of a case
does not stand in their register, and whom lists do not name to them is not named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, literal, or_, select, type_coerce

from welfare.benefits.models import Fund
from welfare.cases.models import Assistance, Case, HelpDelivery, HelpRequest
from welfare.cases.queries.help import GRANTED, given_by_office
from welfare.cases.queries.rights import rights_to_read, searchable, visible_to
from welfare.cases.workflow import AssistanceKind, Sensitivity
from welfare.core import clock
from welfare.core.db import Baht, db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import local_date
from welfare.core.thai.digits import whole
from welfare.core.thai.identity import format_id
from welfare.households.models import Person
from welfare.households.queries.cards import household_cards, person_cards
from welfare.reports.kinds import Basis
from welfare.reports.queries.periods import Period, period_asked

PORTION = 400
MOST_VILLAGES = 200


@dataclass(frozen=True, slots=True)
class RecipientFilters:
    """What a register is narrowed to. ``fund``: the code of a fund, or ``""`` for all.
    ``villages``: none for all; 0 is the village that is not known."""

    period: Period
    basis: Basis = Basis.GIVEN
    fund: str = ""
    kind: AssistanceKind | None = None
    villages: frozenset[int] = frozenset()

    def as_data(self) -> dict[str, Any]:
        """As it is kept and noted."""
        return {
            "period": self.period.key,
            "basis": self.basis.value,
            "fund": self.fund,
            "kind": self.kind.value if self.kind else "",
            "villages": sorted(self.villages),
        }


def recipient_filters(
    *, period: str, basis: str, fund: str, kind: str, villages: Sequence[str], usual: Period
) -> RecipientFilters:
    """What was chosen; what is not understood is left out."""
    known = {row.code for row in db.session.execute(select(Fund.code))}
    numbers = (whole(one, digits=3) for one in villages[:MOST_VILLAGES])
    return RecipientFilters(
        period=period_asked(period) or usual,
        basis=Basis(basis) if basis in set(Basis) else Basis.GIVEN,
        fund=fund if fund in known else "",
        kind=AssistanceKind(kind) if kind in set(AssistanceKind) else None,
        villages=frozenset(one for one in numbers if one is not None),
    )


def filters_from(data: dict[str, Any], usual: Period) -> RecipientFilters:
    """What ``as_data`` wrote."""
    return recipient_filters(
        period=str(data.get("period", "")),
        basis=str(data.get("basis", "")),
        fund=str(data.get("fund", "")),
        kind=str(data.get("kind", "")),
        villages=[str(one) for one in data.get("villages", ())],
        usual=usual,
    )


@dataclass(frozen=True, slots=True)
class VillageSum:
    """How many rows a village has, and how much money; 0 is the village not known. ``noted``: how
    many of the rows were noted by hand, with nothing of the office's own behind them."""

    village_no: int
    rows: int
    amount: Decimal
    noted: int = 0


@dataclass(frozen=True, slots=True)
class Recipient:
    """A row. ``name`` is empty where nobody is known; ``named`` says whether it may be shown.
    ``amount`` in baht; ``None`` where goods have no value. ``private``: of a sensitive case, of
    which a register says no more than the kind of help; ``what`` is empty then. ``noted``: by hand,
    with no fund or stock of the office behind it."""

    village_no: int
    case_number: str
    named: bool
    name: str
    identifier: str
    address: str
    kind: AssistanceKind
    what: str
    fund: str
    on: date
    amount: Decimal | None
    private: bool = False
    noted: bool = False


def recipient_sums(filters: RecipientFilters, viewer: Viewer) -> list[VillageSum]:
    """How many rows and how much by village, in one statement."""
    lines = _lines(filters, viewer).subquery()
    village = func.coalesce(lines.c.village_no, 0)
    amount: ColumnElement[Any] = func.sum(lines.c.amount)
    if filters.basis is Basis.GRANTED:
        amount = type_coerce(amount, Baht)
    rows = db.session.execute(
        select(
            village.label("village"), func.count().label("n"), amount.label("amount"),
            func.sum(lines.c.noted).label("noted"),
        )
        .group_by(village)
        .order_by(village)
    )  # fmt: skip
    found = [VillageSum(row.village, row.n, Decimal(row.amount or 0), row.noted) for row in rows]
    return sorted(found, key=lambda one: (one.village_no == 0, one.village_no))


def recipients(
    filters: RecipientFilters, viewer: Viewer, *, whole_numbers: bool = False
) -> Iterator[Recipient]:
    """All rows by village, day and case, some hundred read at a time. ``whole_numbers``: the ID
    unmasked; the right to it is the caller's to check."""
    lines = _lines(filters, viewer).subquery()
    order = (
        (lines.c.village_no.is_(None)), lines.c.village_no, lines.c.on_day, lines.c.case_number,
        lines.c.line_id,
    )  # fmt: skip
    rows = db.session.execute(select(lines).order_by(*order)).all()
    for at in range(0, len(rows), PORTION):
        yield from _filled(rows[at : at + PORTION], viewer, whole_numbers)


def rights_for(filters: RecipientFilters, viewer: Viewer) -> frozenset[Permission]:
    """What somebody must be allowed who reads the register as it is made for this viewer."""
    levels = db.session.scalars(
        _lines(filters, viewer).with_only_columns(Case.sensitivity).distinct()
    )
    return rights_to_read(levels.all())


def area_of(filters: RecipientFilters, viewer: Viewer) -> frozenset[int] | None:
    """The villages that a register made for this viewer is limited to; ``None``: to none. 0 is the
    village not known."""
    if viewer.villages is None:
        return filters.villages or None
    return (filters.villages & (viewer.villages | {0})) or (viewer.villages | {0})


def recipient_people(filters: RecipientFilters, viewer: Viewer) -> list[int | None]:
    """The ids of the people of a register in its order, as often as they stand in it; none for a
    row without a person, or one that is not named to the viewer."""
    lines = _lines(filters, viewer).subquery()
    rows = db.session.execute(
        select(lines.c.person_id, lines.c.named).order_by(
            lines.c.village_no.is_(None), lines.c.village_no, lines.c.on_day, lines.c.line_id
        )
    )
    return [row.person_id if row.named else None for row in rows]


def _filled(rows: Sequence[Any], viewer: Viewer, whole_numbers: bool) -> Iterator[Recipient]:
    named = [row for row in rows if row.named]
    people = person_cards({row.person_id for row in named if row.person_id}, viewer=viewer)
    homeless = {
        row.household_id
        for row in named
        if row.household_id
        and not (row.person_id in people and people[row.person_id].person.house_no)
    }
    houses = household_cards(homeless, viewer=viewer)
    whole = _identifiers(people) if whole_numbers else {}
    for row in rows:
        card = people.get(row.person_id) if row.named else None
        house = houses.get(row.household_id) if row.named else None
        address = card.person.address if card else ""
        on = local_date(row.on_day)
        yield Recipient(
            village_no=row.village_no or 0,
            case_number=row.case_number,
            named=bool(row.named),
            name=card.person.name if card else "",
            identifier=whole.get(row.person_id, card.identifier) if card else "",
            address=address or (house.household.address if house else ""),
            kind=AssistanceKind(row.kind),
            what=row.what if row.named and row.level is Sensitivity.NORMAL else "",
            fund=row.fund or "",
            on=on,
            amount=None if row.amount is None else Decimal(row.amount),
            private=row.level is not Sensitivity.NORMAL,
            noted=bool(row.noted),
        )


def _identifiers(people: dict[int, Any]) -> dict[int, str]:
    rows = db.session.execute(
        select(Person.id, Person.identifier).where(
            Person.id.in_(sorted(people)), Person.identifier.is_not(None)
        )
    )
    return {row.id: format_id(row.identifier) for row in rows if row.identifier}


def may_reveal(viewer: Viewer) -> bool:
    """Whether the viewer may have whole numbers printed."""
    return viewer.can(Permission.REVEAL_IDENTIFIERS)


def _lines(filters: RecipientFilters, viewer: Viewer) -> Any:
    made = _given(filters) if filters.basis is Basis.GIVEN else _granted(filters)
    named = searchable(viewer).label("named")
    made = made.add_columns(
        Case.village_no,
        Case.number.label("case_number"),
        Case.household_id,
        Case.sensitivity.label("level"),
        named,
    ).where(visible_to(viewer))
    if filters.villages:
        known = Case.village_no.in_(sorted(filters.villages - {0}))
        made = made.where(or_(known, Case.village_no.is_(None)) if 0 in filters.villages else known)
    return made


def _given(filters: RecipientFilters) -> Any:
    """What was handed over, whether from a fund of ours or noted by hand, and not taken back."""
    made = (
        select(
            Assistance.id.label("line_id"),
            Assistance.person_id,
            Assistance.kind,
            Assistance.description.label("what"),
            Assistance.fund,
            Assistance.given_on.label("on_day"),
            Assistance.amount,
            case((given_by_office(), 0), else_=1).label("noted"),
        )
        .join(Case, Case.id == Assistance.case_id)
        .where(
            Assistance.withdrawn_at.is_(None),
            Assistance.kind != AssistanceKind.REFERRAL,  # sent on is not received
            Assistance.given_on.between(filters.period.first, filters.period.last),
        )
    )
    if filters.kind is not None:
        made = made.where(Assistance.kind == filters.kind)
    if filters.fund:
        delivered = exists().where(
            HelpDelivery.assistance_id == Assistance.id,
            HelpDelivery.request_id == HelpRequest.id,
            HelpRequest.fund_id == Fund.id,
            Fund.code == filters.fund,
        )
        called = exists().where(
            Fund.code == filters.fund,
            or_(
                func.lower(Assistance.fund) == func.lower(Fund.name_th),
                (Fund.name_en != "") & (func.lower(Assistance.fund) == func.lower(Fund.name_en)),
            ),
        )
        made = made.where(or_(delivered, called))
    return made


def _granted(filters: RecipientFilters) -> Any:
    """What was granted in the span, without what was given up or came back."""
    first = datetime.combine(filters.period.first, datetime.min.time(), clock.BANGKOK)
    after = datetime.combine(
        filters.period.last + timedelta(days=1), datetime.min.time(), clock.BANGKOK
    )
    net = type_coerce(HelpRequest.approved - HelpRequest.released - HelpRequest.returned, Baht)
    made = (
        select(
            HelpRequest.id.label("line_id"),
            HelpRequest.person_id,
            HelpRequest.kind,
            HelpRequest.description.label("what"),
            Fund.name_th.label("fund"),
            HelpRequest.decided_at.label("on_day"),
            net.label("amount"),
            literal(0).label("noted"),
        )
        .join(Case, Case.id == HelpRequest.case_id)
        .join(Fund, Fund.id == HelpRequest.fund_id)
        .where(
            HelpRequest.status.in_(GRANTED),
            net > Decimal(0),
            HelpRequest.decided_at >= first.astimezone(UTC),
            HelpRequest.decided_at < after.astimezone(UTC),
        )
    )
    if filters.kind is not None:
        made = made.where(HelpRequest.kind == filters.kind)
    if filters.fund:
        made = made.where(Fund.code == filters.fund)
    return made
