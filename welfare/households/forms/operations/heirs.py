"""Who becomes head where somebody leaves or dies: the one question that several forms ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import HiddenField

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.forms import Form
from welfare.households import labels
from welfare.households.forms import checks
from welfare.households.forms.operations.relations import (
    Choice,
    Question,
    RelationField,
    add_field,
    key_of,
    relation_choices,
)
from welfare.households.kinds import NOBODY, Relation
from welfare.households.queries import Member


class HeirForm(Form):
    """``new_head`` is asked only where there is anybody to choose. What the others are to the new
    head is asked once it is known who that is (:meth:`ask_relations`)."""

    new_head = checks.ChoiceField(_l("Who becomes head where somebody leaves"))
    told_for = HiddenField()
    questions: Sequence[Question] = ()

    def offer_heirs(self, choices: list[Choice]) -> None:
        """Fill the list; call it before validation."""
        self["new_head"].choices = choices
        self["new_head"].data = self["new_head"].data or ""
        if not choices:
            del self["new_head"]

    @property
    def heir(self) -> str:
        """Who becomes head: a number, ``NOBODY``, or nothing said."""
        return (self["new_head"].data or "") if "new_head" in self else ""

    def was_asked(self, questions: Sequence[Question]) -> bool:
        """Whether these very questions stood on the page that was sent."""
        return bool(self["told_for"].data == key_of(questions))

    def ask_relations(self, questions: Sequence[Question]) -> None:
        """One list a member; what follows from what is known is chosen already."""
        self.questions = questions
        self["told_for"].data = key_of(questions)
        for one in questions:
            start = one.proposed.value if one.proposed else ""
            field = add_field(self, one.name, RelationField(one.member.name), start)
            field.choices = relation_choices()  # type: ignore[attr-defined]

    def told(self) -> dict[str, Relation]:
        """What was chosen, by the number of the person."""
        return {one.member.number: Relation(self[one.name].data) for one in self.questions}


def people_choices(members: Sequence[Member]) -> list[Choice]:
    """Members as choices: the name, and what they are to the head."""
    return [
        (member.number, f"{member.name} ({labels.word(labels.RELATION, member.relation)})")
        for member in members
        if member.number
    ]


def living(members: Sequence[Member]) -> list[Member]:
    """Those who live there."""
    return [member for member in members if member.de_facto]


def heir_choices(members: Sequence[Member], without: Sequence[str] = ()) -> list[Choice]:
    """Who can become head; nothing where there is nobody to choose."""
    found = people_choices([one for one in living(members) if one.number not in without])
    if not found:
        return []
    leaves = any(
        one.relation is Relation.HEAD and one.de_facto and one.number in without for one in members
    )
    first = _("Please choose") if leaves else _("The head stays")
    return [("", first), *found, (NOBODY, _("Nobody is head for now"))]


def heirs_of(choice: str, households: Mapping[str, Sequence[Member]]) -> dict[str, str]:
    """The answer to "who becomes head" for the household it is about; nobody: for all of them."""
    if choice == NOBODY:
        return dict.fromkeys(households, NOBODY)
    return {
        number: choice
        for number, members in households.items()
        if choice and any(member.number == choice for member in members)
    }
