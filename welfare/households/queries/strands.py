"""What the registry itself tells on a timeline: coming and going, deaths, changes of the record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, func, literal, or_, select
from sqlalchemy import cast as sql_cast

from welfare.accounts.models import User
from welfare.core.audit.models import AuditEntry
from welfare.core.db import moment_of
from welfare.core.i18n import gettext as _
from welfare.core.i18n.page_words import spoken_language
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.kinds import HEALTH_KINDS, Dimension, EndReason, FactKind
from welfare.households.models import Household, Membership, Person, PersonFact, PersonName
from welfare.households.models.changes import ChangeKind, ChangeSet, ChangeSubject
from welfare.households.models.needs import HouseholdNeed
from welfare.households.models.surveys import HouseholdSurvey, SurveyEdition
from welfare.households.parts import Happened, Strand, Told, line_columns
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.edits import ACTIONS, fact_changes, in_one_line, set_words, verb

Statement = Select[*tuple[Any, ...]]

TOLD_AS_LINES = (
    ChangeKind.CORRECTION, ChangeKind.MOVE_IN, ChangeKind.MOVE_OUT, ChangeKind.BIRTH,
    ChangeKind.DEATH,
)  # fmt: skip
"""Change sets that a timeline tells by the members who came or left, or by the facts changed."""
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
                Membership.relation if strand == "came" else Membership.reason,
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


def came(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Members who came."""
    return _moves(
        "came", Membership.from_day,
        household_id=household_id, person_id=person_id, viewer=viewer,
    )  # fmt: skip


def left(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Members who left; what was entered by mistake is no event."""
    return _moves(
        "left", Membership.to_day, Membership.reason.not_like(f"{EndReason.MISTAKE}%"),
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
    """Operations, merges, imports and what was taken back, when they were written down."""
    subject = (
        ChangeSubject.household_id == household_id
        if household_id is not None
        else ChangeSubject.person_id == person_id
    )
    day = func.coalesce(sql_cast(ChangeSet.day, String), "")
    undone = case((ChangeSet.undone_by_id.is_not(None), "|undone"), else_="")
    return (
        select(
            *line_columns(
                "sets",
                ChangeSet.kind,
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
        .where(subject, literal(viewer.can(Permission.VIEW_REGISTRY)))
    )


def told_sets(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """The same for a timeline, without what other strands tell: plain edits, coming and going."""
    found = change_sets(household_id=household_id, person_id=person_id, viewer=viewer)
    return found.where(ChangeSet.kind.not_in(TOLD_AS_LINES))


def _set_words(found: Happened) -> Told:
    taken_back = _("taken back since") if found.more.endswith("|undone") else ""
    body = " · ".join(part for part in (found.text, taken_back) if part)
    return Told(set_words(found.what), body, "", "arrow-repeat")


def told_edits(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """The same for a timeline."""
    found = edited(household_id=household_id, person_id=person_id, viewer=viewer)
    return found.where(AuditEntry.action.not_in(TOLD_ELSEWHERE))


def _edited_words(found: Happened) -> Told:
    return Told(verb(found.what), in_one_line(fact_changes(found.text)), "", "pencil")


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
            more=PersonFact.code,
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
    "sets": Strand("sets", told_sets, _set_words, "edits"),
    "edited": Strand("edited", told_edits, _edited_words, "edits"),
}
