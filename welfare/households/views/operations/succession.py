"""The households that lose their head when somebody goes, and what is asked then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from welfare.core.web import the_viewer
from welfare.households.forms.operations.heirs import HeirForm
from welfare.households.forms.operations.relations import Question
from welfare.households.kinds import Relation
from welfare.households.queries import HouseholdFile, Member, PersonFile, household_file
from welfare.households.queries.kinship import kin_of
from welfare.households.services.operations import Standing, retold


def homes_headed(who: PersonFile) -> dict[str, tuple[Member, ...]]:
    """The members of every household that this person is head of and lives in, by its number."""
    found: dict[str, tuple[Member, ...]] = {}
    for home in who.homes:
        if home.de_facto and home.visible and home.relation is Relation.HEAD:
            file = household_file(home.number, viewer=the_viewer())
            found[file.number] = file.members
    return found


def headed_by(file: HouseholdFile, number: str) -> tuple[Member, ...]:
    """The members of a household, where this person is its head; else nobody."""
    heads = {one.number for one in file.members if one.relation is Relation.HEAD}
    return file.members if number in heads else ()


def about_heir(
    form: HeirForm, homes: Mapping[str, Sequence[Member]], going: Collection[str]
) -> list[Question]:
    """What to ask about those who stay where the head goes and a new one was chosen."""
    for members in homes.values():
        heir = next((one for one in members if one.number == form.heir and one.de_facto), None)
        leaves = any(
            one.relation is Relation.HEAD and one.de_facto and one.number in going
            for one in members
        )
        if heir is not None and leaves and heir.number not in going:
            return about(heir, [one for one in members if one.number not in going])
    return []


def about(heir: Member, members: Sequence[Member]) -> list[Question]:
    """What each of these is to the new head, as far as it follows from what is known."""
    others = [one for one in members if one.number and one.number != heir.number]
    kin = kin_of([one.person_id for one in (heir, *others)]) if others else None
    if kin is None:
        return []
    was = Standing(heir.person_id, heir.relation)
    return [
        Question(one, heir, retold(was, Standing(one.person_id, one.relation), kin))
        for one in others
    ]


def still_to_ask(form: HeirForm, questions: Sequence[Question]) -> bool:
    """Put the questions on a form that was sent with them; whether they are still to be asked."""
    if not questions:
        return False
    if form.was_asked(questions):
        form.ask_relations(questions)
        return False
    return True
