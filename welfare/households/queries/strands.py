"""What the registry itself tells on a timeline: coming and going, deaths, changes of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, exists, func, literal, or_, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.core.audit.models import AuditEntry
from welfare.core.db import moment_of
from welfare.core.i18n import gettext as _
from welfare.core.i18n.page_words import spoken_language
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.kinds import HEALTH_KINDS, Dimension, EndReason, FactKind
from welfare.households.models import Household, Membership, Person, PersonFact, PersonName
from welfare.households.models.changes import (
    Change,
    ChangeKind,
    ChangeSet,
    ChangeSubject,
    RowChange,
)
from welfare.households.models.needs import HouseholdNeed
from welfare.households.models.surveys import HouseholdSurvey, SurveyEdition
from welfare.households.parts import Happened, Strand, Told, line_columns
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.deeds import Deeds
from welfare.households.queries.edits import (
    ACTIONS,
    fact_changes,
    in_one_line,
    kind_words,
    set_words,
    verb,
)
from welfare.households.queries.person_facts import adl_words

Statement = Select[*tuple[Any, ...]]

TOLD_AS_EDITS = (ChangeKind.CORRECTION, ChangeKind.UNDO)
"""Change sets that a timeline does not tell by a line of their own: plain edits are told from the
audit, and what was taken back says so itself."""
OPERATIONS = (
    ChangeKind.MOVE_IN, ChangeKind.MOVE_OUT, ChangeKind.MARRIAGE, ChangeKind.BIRTH,
    ChangeKind.DEATH, ChangeKind.SPLIT, ChangeKind.JOIN,
)  # fmt: skip
"""Change sets by which people come and go: one line for all of them, not one a person."""
TOLD_ELSEWHERE = frozenset({"household.need_added", "household.surveyed"})
"""Plain edits that a timeline tells by strands of their own."""


def _who_and_where(
    household_id: int | None, person_id: int | None, viewer: Viewer
) -> tuple[ColumnElement[bool], ColumnElement[str], ColumnElement[str]]:
    """The condition, the words and the number: on a house's page the person, on a person's the
    house; without a number for what lies outside the viewer's area."""
    if household_id is not None:
        name = func.trim(
            Person.title.concat(Person.first_name).concat(" ").concat(Person.last_name)
        )
        number = case((person_in_area(viewer), Person.number), else_="")
        return Membership.household_id == household_id, name, number
    house = case((in_area(viewer), Household.house_no), else_="")
    number = case((in_area(viewer), Household.number), else_="")
    return Membership.person_id == person_id, house, number


BORN = "born"


def _came_as() -> ColumnElement[str]:
    """The relation; for who is there since the day of birth, that."""
    return case(
        (Membership.from_day == Person.birth_date, BORN),
        else_=sql_cast(Membership.relation, String),
    )


def _moves(
    strand: str,
    day: Any,
    *where: ColumnElement[bool],
    household_id: int | None,
    person_id: int | None,
    viewer: Viewer,
) -> Statement:
    here, words, number = _who_and_where(household_id, person_id, viewer)
    return (
        select(
            *line_columns(
                strand,
                _came_as() if strand == "came" else Membership.reason,
                moment_of(day),
                Membership.id,
                whole_day=True,
                ref=number,
                text=words,
                more="house" if person_id is not None else "person",
            )
        )
        .join(Person, Person.id == Membership.person_id)
        .join(Household, Household.id == Membership.household_id)
        .where(here, day.is_not(None), *where)
    )


def _by_operation(what: RowChange, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an operation has written this membership."""
    return exists().where(
        Change.table_name == Membership.__tablename__,
        Change.row_id == Membership.id,
        Change.what == what,
        ChangeSet.id == Change.change_set_id,
        ChangeSet.kind.in_(OPERATIONS),
        ChangeSet.day.is_not(None),
        *where,
    )


def came(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Members who came, as a list or an officer has noted it: no operation tells of it."""
    return _moves(
        "came", Membership.from_day, ~_by_operation(RowChange.ADDED),
        household_id=household_id, person_id=person_id, viewer=viewer,
    )  # fmt: skip


def left(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Members who left, where no operation tells of it; what was entered by mistake is no event."""
    return _moves(
        "left", Membership.to_day, Membership.reason.not_like(f"{EndReason.MISTAKE}%"),
        ~_by_operation(RowChange.EDITED, ChangeSet.day == Membership.to_day),
        household_id=household_id, person_id=person_id, viewer=viewer,
    )  # fmt: skip


def _address(found: Happened) -> str:
    if found.more == "person":
        return found.text
    return _("House %(no)s", no=found.text) if found.text else _("A household outside your area")


def _url(found: Happened) -> str:
    folder = "people" if found.more == "person" else "households"
    return f"/desk/{folder}/{found.ref}" if found.ref else ""


def _came_words(found: Happened) -> Told:
    if found.what == BORN:
        return Told(_("Born: %(name)s", name=_address(found)), "", _url(found), "person-plus")
    return Told(
        _("Came: %(name)s", name=_address(found)),
        labels.word(labels.RELATION, found.what),
        _url(found),
        "person-plus",
    )


def _left_words(found: Happened) -> Told:
    if found.what.partition(":")[0] == EndReason.DIED:
        return Told(_("Died: %(name)s", name=_address(found)), "", _url(found), "person")
    return Told(
        _("Left: %(name)s", name=_address(found)),
        labels.end_words(found.what),
        _url(found),
        "box-arrow-right",
    )


def edited(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Changes of the record itself, from the audit: which facts, never their values."""
    thing = Household if household_id is not None else Person
    number = (
        select(thing.number)
        .where(thing.id == (household_id if household_id is not None else person_id))
        .scalar_subquery()
    )
    return (
        select(
            *line_columns(
                "edited",
                AuditEntry.action,
                AuditEntry.at,
                AuditEntry.seq,
                text=AuditEntry.changes,
                who=func.coalesce(User.display_name, AuditEntry.actor),
            )
        )
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.object_ref == number,
            AuditEntry.object_type == ("household" if household_id is not None else "person"),
            AuditEntry.action.in_(ACTIONS),
            literal(viewer.can(Permission.VIEW_REGISTRY)),
        )
    )


def change_sets(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Operations, merges, imports and what was taken back, when they were written down. ``what`` is
    the kind; of an undo ``back|`` and the kind that it took back, or ``again|`` and the kind that
    holds again."""
    subject = (
        ChangeSubject.household_id == household_id
        if household_id is not None
        else ChangeSubject.person_id == person_id
    )
    day = func.coalesce(sql_cast(ChangeSet.day, String), "")
    undone = case((ChangeSet.undone_by_id.is_not(None), "|undone"), else_="")
    taken, first = aliased(ChangeSet), aliased(ChangeSet)
    what = case(
        (first.id.is_not(None), literal("again|").concat(sql_cast(first.kind, String))),
        (taken.id.is_not(None), literal("back|").concat(sql_cast(taken.kind, String))),
        else_=sql_cast(ChangeSet.kind, String),
    )
    return (
        select(
            *line_columns(
                "sets",
                what,
                ChangeSet.made_at,
                ChangeSet.id,
                ref=ChangeSet.number,
                text=ChangeSet.reason,
                more=day.concat(undone),
                who=func.coalesce(User.display_name, ""),
            )
        )
        .join(ChangeSubject, ChangeSubject.change_set_id == ChangeSet.id)
        .outerjoin(User, User.id == ChangeSet.made_by_id)
        .outerjoin(taken, taken.id == ChangeSet.undoes_id)
        .outerjoin(first, first.id == taken.undoes_id)
        .where(subject, literal(viewer.can(Permission.VIEW_REGISTRY)))
    )


def told_sets(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """One line for each operation, merge or import, on the day on which it took effect. What was
    taken back stays, and says by whom; ``more``: that name."""
    subject = (
        ChangeSubject.household_id == household_id
        if household_id is not None
        else ChangeSubject.person_id == person_id
    )
    first, second, third = aliased(ChangeSet), aliased(ChangeSet), aliased(ChangeSet)
    by_first, by_third = aliased(User), aliased(User)
    undone = case(
        (third.id.is_not(None), func.coalesce(by_third.display_name, third.made_by)),
        (second.id.is_not(None), ""),
        (first.id.is_not(None), func.coalesce(by_first.display_name, first.made_by)),
        else_="",
    )
    return (
        select(
            *line_columns(
                "sets",
                ChangeSet.kind,
                func.coalesce(moment_of(ChangeSet.day), ChangeSet.made_at),
                ChangeSet.id,
                whole_day=case((ChangeSet.day.is_not(None), 1), else_=0),
                ref=ChangeSet.number,
                text=ChangeSet.reason,
                more=undone,
                who=func.coalesce(User.display_name, ChangeSet.made_by),
            )
        )
        .join(ChangeSubject, ChangeSubject.change_set_id == ChangeSet.id)
        .outerjoin(User, User.id == ChangeSet.made_by_id)
        .outerjoin(first, first.id == ChangeSet.undone_by_id)
        .outerjoin(by_first, by_first.id == first.made_by_id)
        .outerjoin(second, second.id == first.undone_by_id)
        .outerjoin(third, third.id == second.undone_by_id)
        .outerjoin(by_third, by_third.id == third.made_by_id)
        .where(
            subject,
            ChangeSet.kind.not_in(TOLD_AS_EDITS),
            literal(viewer.can(Permission.VIEW_REGISTRY)),
        )
    )


def _set_words(found: Happened) -> Told:
    return Told(set_words(found.what), found.text, "", "arrow-repeat")


def _sets_told(rows: Sequence[Happened], *, household_id: int | None, viewer: Viewer) -> list[Told]:
    standing = [row.id for row in rows if not row.more and row.what in OPERATIONS_TOLD]
    deeds = Deeds(household_id, viewer, standing)
    return [_one_set(row, deeds) for row in rows]


OPERATIONS_TOLD = frozenset({*OPERATIONS, ChangeKind.HEAD})
_SIGNS = {
    ChangeKind.MOVE_IN: "person-plus", ChangeKind.MOVE_OUT: "box-arrow-right",
    ChangeKind.BIRTH: "person-plus", ChangeKind.DEATH: "person", ChangeKind.MARRIAGE: "heart",
    ChangeKind.HEAD: "person-badge", ChangeKind.SPLIT: "signpost-2", ChangeKind.JOIN: "house-heart",
}  # fmt: skip


def _one_set(row: Happened, deeds: Deeds) -> Told:
    kind = ChangeKind(row.what)
    sign = _SIGNS.get(kind, "arrow-repeat")
    if row.more:
        title = _("Taken back: %(what)s", what=set_words(kind))
        return Told(title, _("It no longer counts; taken back by %(who)s", who=row.more), "", sign)
    if kind not in OPERATIONS_TOLD:
        merge = kind in (ChangeKind.MERGE, ChangeKind.MERGE_HOUSEHOLDS)
        return Told(set_words(kind), row.text, f"/desk/registry/merges/{row.ref}" if merge else "")
    house = deeds.page_of(row.id)
    url = f"/desk/households/{house}/changes/{row.ref}" if house else ""
    return Told(set_words(kind), " ".join((*deeds.of(row.id), row.text)).strip(), url, sign)


def told_edits(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """The same for a timeline."""
    found = edited(household_id=household_id, person_id=person_id, viewer=viewer)
    return found.where(AuditEntry.action.not_in(TOLD_ELSEWHERE))


def _edited_words(found: Happened) -> Told:
    about = in_one_line(fact_changes(found.text)) or kind_words(found.what, found.text)
    return Told(verb(found.what), about, "", "pencil")


def _edition_name() -> ColumnElement[str]:
    """The name of a survey in the language of the request; Thai where it has no other."""
    thai = func.coalesce(SurveyEdition.name_th, "")
    english = func.nullif(SurveyEdition.name_en, "")
    return thai if spoken_language() == "th" else func.coalesce(english, thai)


def surveyed(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> Statement | None:
    """Rounds of surveys at a house."""
    if household_id is None or person_id is not None:
        return None
    return (
        select(
            *line_columns(
                "surveyed",
                "survey",
                moment_of(HouseholdSurvey.surveyed_on),
                HouseholdSurvey.id,
                whole_day=True,
                text=_edition_name(),
                who=HouseholdSurvey.surveyed_by,
            )
        )
        .join(SurveyEdition, SurveyEdition.id == HouseholdSurvey.edition_id)
        .where(
            HouseholdSurvey.household_id == household_id,
            HouseholdSurvey.withdrawn_at.is_(None),
            literal(viewer.can(Permission.VIEW_REGISTRY)),
        )
    )


def _surveyed_words(found: Happened) -> Told:
    return Told(_("Surveyed"), found.text, "", "card-checklist")


def needed(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement | None:
    """Problems and strengths of a house by the day on which they were seen; those of health only
    for who sees health by right. What they say stands on the page, not here: it is encrypted."""
    if household_id is None or person_id is not None:
        return None
    told = HouseholdNeed.dimension != Dimension.HEALTH
    return select(
        *line_columns(
            "needed",
            HouseholdNeed.kind,
            moment_of(HouseholdNeed.from_day),
            HouseholdNeed.id,
            whole_day=True,
            more=HouseholdNeed.dimension,
        )
    ).where(
        HouseholdNeed.household_id == household_id,
        HouseholdNeed.withdrawn_at.is_(None),
        HouseholdNeed.from_day.is_not(None),
        or_(told, literal(viewer.can(Permission.VIEW_RESTRICTED))),
    )


def _needed_words(found: Happened) -> Told:
    kind = labels.word(labels.NEED_KIND, found.what)
    return Told(kind, labels.word(labels.DIMENSION, found.more), "", "heart")


def known(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement | None:
    """Dated facts of a person by the day from which they hold; those of health only for who sees
    health by right. What is written in words stands on the page, not here: it is encrypted."""
    if person_id is None or household_id is not None:
        return None
    told = PersonFact.kind.not_in([*HEALTH_KINDS, FactKind.DEATH])
    return select(
        *line_columns(
            "known",
            PersonFact.kind,
            moment_of(PersonFact.from_day),
            PersonFact.id,
            whole_day=True,
            more=case(
                (PersonFact.kind == FactKind.ADL, sql_cast(PersonFact.score, String)),
                else_=PersonFact.code,
            ),
            text=sql_cast(PersonFact.from_precision, String),
        )
    ).where(
        PersonFact.person_id == person_id,
        PersonFact.withdrawn_at.is_(None),
        PersonFact.superseded_by_id.is_(None),
        PersonFact.from_day.is_not(None),
        or_(
            told,
            and_(
                PersonFact.kind != FactKind.DEATH, literal(viewer.can(Permission.VIEW_RESTRICTED))
            ),
        ),
        literal(viewer.can(Permission.VIEW_REGISTRY)),
    )


CODED: dict[str, Any] = {
    FactKind.DISABILITY: labels.DISABILITY,
    FactKind.WELFARE_CARD: labels.YES_NO,
    FactKind.MARITAL: labels.MARITAL,
}


def _known_words(found: Happened) -> Told:
    words = CODED.get(found.what)
    value = labels.word(words, found.more) if words and found.more else ""
    if found.what == FactKind.ADL and (found.more or "").isdigit():
        value = adl_words(int(found.more))
    about = {"year": _("in this year"), "month": _("in this month")}.get(found.text, "")
    body = " · ".join(part for part in (value, about) if part)
    return Told(labels.word(labels.FACT_KIND, found.what), body, "", "card-checklist")


def named(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement | None:
    """Names that somebody took from a day on."""
    if person_id is None or household_id is not None:
        return None
    name = func.trim(
        PersonName.title.concat(PersonName.first_name).concat(" ").concat(PersonName.last_name)
    )
    return select(
        *line_columns(
            "named",
            "name",
            moment_of(PersonName.from_day),
            PersonName.id,
            whole_day=True,
            text=name,
            more=PersonName.reason,
        )
    ).where(
        PersonName.person_id == person_id,
        PersonName.from_day.is_not(None),
        literal(viewer.can(Permission.VIEW_REGISTRY)),
    )


def _named_words(found: Happened) -> Told:
    return Told(_("Took the name %(name)s", name=found.text), found.more, "", "person-badge")


OWN_STRANDS: dict[str, Strand] = {
    "came": Strand("came", came, _came_words, "members"),
    "left": Strand("left", left, _left_words, "members"),
    "surveyed": Strand("surveyed", surveyed, _surveyed_words, "surveys"),
    "needed": Strand("needed", needed, _needed_words, "needs"),
    "known": Strand("known", known, _known_words, "facts"),
    "named": Strand("named", named, _named_words, "facts"),
    "sets": Strand("sets", told_sets, _set_words, "members", _sets_told),
    "edited": Strand("edited", told_edits, _edited_words, "edits"),
}
