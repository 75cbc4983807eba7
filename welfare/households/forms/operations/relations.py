"""What somebody is to the head: lists to choose from, one a member where several are asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from flask import request
from wtforms import Field
from wtforms.validators import StopValidation

from welfare.core.i18n import gettext as _
from welfare.households import labels
from welfare.households.forms import checks
from welfare.households.kinds import Relation
from welfare.households.queries import Member

Choice = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What a member is to a new head; ``proposed`` is ``None`` where nobody can tell."""

    member: Member
    head: Member
    proposed: Relation | None

    @property
    def name(self) -> str:
        """The field that asks."""
        return f"told_{self.member.number}"


def key_of(questions: Sequence[Question]) -> str:
    """Another one when somebody else is asked about, or to another head."""
    asked = ",".join(f"{one.head.number}:{one.member.number}" for one in questions)
    return f"{crc32(asked.encode()):08x}"


def relation_choices(*, head: bool = False, without: Collection[Relation] = ()) -> list[Choice]:
    """What somebody can be to the head; ``head`` itself only where there is none."""
    left_out = {*without} if head else {Relation.HEAD, *without}
    words = {code: word for code, word in labels.RELATION.items() if code not in left_out}
    return labels.choices(words, first=_("Please choose"))


class RelationField(checks.ChoiceField):
    """What somebody is to the head; one of the list must be chosen."""

    def pre_validate(self, form: Any) -> None:
        """Not the empty first line."""
        if not self.data:
            raise StopValidation(_("Please choose the relation."))
        super().pre_validate(form)


def add_field(form: Any, name: str, unbound: Any, start: Any = None) -> Field:
    """A field for this form alone: one a member, say, which no class can name beforehand."""
    options = {"name": name, "prefix": "", "translations": form.meta.get_translations(form)}
    bound: Field = form.meta.bind_field(form, unbound, options)
    form._fields[name] = bound
    bound.process(request.form if form.is_submitted() else None, start)
    return bound
