"""Who comes, who goes, who becomes head, what splits and what joins."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.forms import short_enough
from welfare.households.facts import HouseholdFacts
from welfare.households.forms import checks
from welfare.households.forms.operations import reasons
from welfare.households.forms.operations.base import OperationForm, PeopleField
from welfare.households.forms.operations.heirs import HeirForm, heir_choices, living, people_choices
from welfare.households.forms.operations.relations import (
    RelationField,
    add_field,
    relation_choices,
)
from welfare.households.kinds import Relation
from welfare.households.queries import Member, VillageRow


class HeadForm(OperationForm):
    """Another head; what each of the others is to them is added by :meth:`ask`."""

    REASONS = reasons.HEAD

    def ask(self, others: Sequence[tuple[Member, Relation | None]]) -> None:
        """One list a member, with what follows from before already chosen; ``None``: nothing
        follows, so it must be chosen."""
        for place, (member, told) in enumerate(others):
            field = RelationField(member.name)
            add_field(self, f"relation_{place}", field, told.value if told else "")
            self[f"relation_{place}"].choices = relation_choices()
        self.others = [member.number for member, _told in others]
        self.ORDER = (*(f"relation_{place}" for place in range(len(others))), "day")

    def relations(self) -> dict[str, Relation]:
        """What was chosen, by the number of the person."""
        return {
            number: Relation(self[f"relation_{place}"].data)
            for place, number in enumerate(self.others)
        }


class MoveInForm(HeirForm, OperationForm):
    """Somebody comes."""

    REASONS = reasons.MOVE_IN
    ORDER = ("relation", "day", "with_register", "new_head")

    relation = RelationField(_l("Relation to the head of the household"))
    with_register = BooleanField(
        _l("They are entered in the house register here, too"), default=True
    )
    new_head = checks.ChoiceField(_l("Who becomes head where they leave"))

    def ask(self, *, head: bool, left_behind: Sequence[Member], mover: str) -> None:
        """``head``: here somebody is head already; ``left_behind``: who lives where they go."""
        self.relation.choices = relation_choices(head=not head)
        self.offer_heirs(heir_choices(left_behind, without=[mover]))


class MoveOutForm(HeirForm, OperationForm):
    """Some go."""

    REASONS = reasons.MOVE_OUT
    ORDER = (
        "people", "relation", "head_there", "destination", "day", "with_register", "new_head",
    )  # fmt: skip

    people = PeopleField(_l("Who leaves"))
    relation = checks.ChoiceField(_l("What they are to the head there"))
    head_there = checks.ChoiceField(_l("Who is head there"))
    destination = StringField(_l("Where to, as far as known"), validators=[short_enough(90)])
    with_register = BooleanField(
        _l("Their entry in the house register moves as well"), default=True
    )
    new_head = checks.ChoiceField(_l("Who becomes head here, if the head leaves"))

    def ask(self, members: Sequence[Member], *, to: str, empty: bool) -> None:
        """``to`` empty: away. ``empty``: nobody lives there yet, so one of them becomes head, and
        what the others are to that one is asked once it is known who it is."""
        here = people_choices(living(members))
        self.people.choices = here
        self.relation.choices = relation_choices() if to else []
        self.head_there.choices = [("", _("Please choose")), *here] if to and empty else []
        self.offer_heirs(heir_choices(members))
        for name in ("relation", "head_there"):
            self[name].data = self[name].data or ""
        needed = {"relation": bool(to and not empty), "head_there": bool(to and empty)}
        for name in (name for name, is_needed in needed.items() if not is_needed):
            del self[name]
        if to:
            del self.destination

    def validate_relation(self, field: RelationField) -> None:
        """Needed where they come to live with somebody."""
        if not field.data:
            raise StopValidation(_("Please choose the relation."))

    def validate_head_there(self, field: checks.ChoiceField) -> None:
        """One of those who go."""
        if field.data not in (self.people.data or []):
            raise StopValidation(_("Please choose one of those who leave."))

    @property
    def going(self) -> list[str]:
        """Those who are ticked."""
        return self.people.data or []

    def relations(self) -> dict[str, Relation]:
        """What each is to the head there."""
        told = self.told()
        if "head_there" in self:
            return told | {self.head_there.data: Relation.HEAD}
        if "relation" in self:
            return dict.fromkeys(self.going, Relation(self.relation.data)) | told
        return {}


class SplitForm(HeirForm, OperationForm):
    """Some become a household of their own."""

    REASONS = reasons.SPLIT
    ORDER = (
        "people", "head", "where", "house_no", "village_no", "lane", "landmark", "day",
        "with_register", "new_head",
    )  # fmt: skip

    people = PeopleField(_l("Who goes"))
    head = checks.ChoiceField(_l("Head of the new household"))
    where = RadioField(_l("Where they live"), default="same", validate_choice=False)
    house_no = StringField(_l("House number of the new house"), validators=[short_enough(60)])
    village_no = checks.ChoiceField(_l("Village (Moo)"))
    lane = StringField(_l("Lane"), validators=[short_enough(120)])
    landmark = StringField(_l("Landmark"), validators=[short_enough(300)])
    with_register = BooleanField(_l("They get a house register of their own"))
    new_head = checks.ChoiceField(_l("Who becomes head here, if the head leaves"))

    def ask(self, members: Sequence[Member], villages: Sequence[VillageRow]) -> None:
        """Fill the lists; call it before validation."""
        here = people_choices(living(members))
        self.people.choices = here
        self.head.choices = [("", _("Please choose")), *here]
        self.where.choices = [
            ("same", _("In the same house, as two households")),
            ("new", _("In another house")),
        ]
        self.village_no.choices = [
            ("", _("Not known")),
            *((str(row.village_no), row.name_th) for row in villages),
        ]
        self.offer_heirs(heir_choices(members))
        for name in ("head", "village_no"):
            self[name].data = self[name].data or ""

    def validate_head(self, field: checks.ChoiceField) -> None:
        """One of those who go."""
        if field.data not in (self.people.data or []):
            raise StopValidation(_("Please choose one of those who leave."))

    def validate_where(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in ("same", "new"):
            raise StopValidation(_("Please choose one of the list."))

    def validate_house_no(self, field: StringField) -> None:
        """A new house has a number."""
        if self.where.data == "new" and not field.data:
            raise StopValidation(_("Please enter the house number."))

    @property
    def going(self) -> list[str]:
        """Those who are ticked."""
        return self.people.data or []

    def house(self) -> HouseholdFacts | None:
        """The new house; ``None`` for the same one."""
        if self.where.data != "new":
            return None
        village = self.village_no.data
        return HouseholdFacts(
            house_no=self.house_no.data or "",
            village_no=int(village) if village else None,
            lane=self.lane.data or "",
            landmark=self.landmark.data or "",
        )


class JoinForm(OperationForm):
    """All go into another household."""

    REASONS = reasons.JOIN

    def ask(self, comers: Sequence[Member], *, empty: bool) -> None:
        """One list a member: what they are to the head there. ``empty``: nobody is head there."""
        for place, member in enumerate(comers):
            start = Relation.HEAD if empty and member.relation == Relation.HEAD else None
            add_field(
                self, f"relation_{place}", RelationField(member.name),
                (start or _start(member, empty)).value,
            )  # fmt: skip
            self[f"relation_{place}"].choices = relation_choices(head=empty)
        self.comers = [member.number for member in comers]
        self.ORDER = (*(f"relation_{place}" for place in range(len(comers))), "day")

    def relations(self) -> dict[str, Relation]:
        """What was chosen, by the number of the person."""
        return {
            number: Relation(self[f"relation_{place}"].data)
            for place, number in enumerate(self.comers)
        }


def _start(member: Member, empty: bool) -> Relation:
    return member.relation if empty else Relation.RELATIVE
