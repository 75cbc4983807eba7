"""Birth, marriage, death; and taking an operation back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, StopValidation

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.faults import InputFault
from welfare.core.thai.identity import IdKind, IdNumber, read_national_id
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.faults import fault_words
from welfare.core.web.forms import CreateForm, short_enough
from welfare.households import labels
from welfare.households.facts import NewName, PersonFacts
from welfare.households.forms import checks
from welfare.households.forms.operations import reasons
from welfare.households.forms.operations.base import REASON, OperationForm
from welfare.households.forms.operations.heirs import (
    HeirForm,
    heir_choices,
    living,
    people_choices,
)
from welfare.households.forms.operations.relations import Choice, RelationField, relation_choices
from welfare.households.kinds import DatePrecision, MaritalStatus, ParentKind, Relation, Sex
from welfare.households.queries import Member
from welfare.households.queries.movers import Mover

NOT_KNOWN = ""
PARENTS: dict[str, Any] = {
    ParentKind.MOTHER.value: _l("The mother"),
    ParentKind.FATHER.value: _l("The father"),
}
YOUNGEST_PARENT = 12
"""Who is younger today can have no child, and is not offered."""
NEVER_A_BABY = (Relation.SPOUSE, Relation.PARENT, Relation.GRANDPARENT)


class BirthForm(OperationForm):
    """A child; ``sure`` is sent once the ones that look the same were seen."""

    ORDER = (
        "title", "first_name", "last_name", "sex", "day", "identifier", "mother", "father",
        "relation", "on_register",
    )  # fmt: skip
    REASONS = reasons.BIRTH
    USUAL_FIRST = True

    day = ThaiDateField(_l("Date of birth"), needed=_l("Please enter the day of birth."))
    title = StringField(_l("Title"), validators=[short_enough(40), checks.name])
    first_name = StringField(
        _l("First name"),
        validators=[
            DataRequired(_l("Please enter the first name.")),
            short_enough(100),
            checks.name,
        ],
    )
    last_name = StringField(_l("Surname"), validators=[short_enough(100), checks.name])
    sex = checks.ChoiceField(_l("Sex"))
    identifier = StringField(_l("Thai national ID (13 digits)"), validators=[short_enough(40)])
    mother = checks.ChoiceField(_l("Mother"))
    father = checks.ChoiceField(_l("Father"))
    relation = RelationField(_l("Relation to the head of the household"))
    on_register = BooleanField(_l("Stands in its house register"), default=True)
    parent_q = StringField(
        _l("Mother or father who lives elsewhere"), validators=[short_enough(120)]
    )
    parent_kind = checks.ChoiceField(_l("Who is it?"))
    parent_title = StringField(_l("Title"), validators=[short_enough(40), checks.name])
    parent_first = StringField(_l("First name"), validators=[short_enough(100), checks.name])
    parent_last = StringField(_l("Surname"), validators=[short_enough(100), checks.name])
    parent_born = ThaiDateField(_l("Date of birth, as far as known"), partial=True)
    parent_sure = checks.AnswerField()
    sure = checks.AnswerField()
    title_sure = checks.AnswerField()
    read: IdNumber | None = None

    def ask(self, members: Sequence[Member], elsewhere: Mapping[str, tuple[str, str]]) -> None:
        """Fill the lists from those who live there; ``elsewhere``: for mother and father, the
        number and name of one who lives elsewhere and was chosen. Call it before validation."""
        self.sex.choices = labels.choices(labels.SEX)
        self.sex.data = self.sex.data or Sex.UNKNOWN.value
        here = living(members)
        parents = {"mother": _parents(here, Sex.MALE), "father": _parents(here, Sex.FEMALE)}
        self.relation.choices = relation_choices(head=not here, without=NEVER_A_BABY)
        for name in ("mother", "father"):
            field: checks.ChoiceField = self[name]
            field.choices = parents[name]
            if name in elsewhere:
                field.choices = [*parents[name], elsewhere[name]]
                field.data = elsewhere[name][0]
            field.data = field.data or NOT_KNOWN
        self.parent_kind.choices = [
            (NOT_KNOWN, "–"), *((kind, str(words)) for kind, words in PARENTS.items())
        ]  # fmt: skip
        self.parent_kind.data = self.parent_kind.data or NOT_KNOWN

    def validate_parent_first(self, field: StringField) -> None:
        """Whoever is entered as a parent has a name."""
        if not field.data and (self.parent_kind.data or self.parent_last.data):
            raise StopValidation(_("Please enter the first name."))

    def validate_parent_kind(self, field: checks.ChoiceField) -> None:
        """It is said which parent was entered, and that one is not chosen in the list too."""
        if self.parent_first.data and not field.data:
            raise StopValidation(_("Please say whether this is the mother or the father."))
        if field.data in PARENTS and self[field.data].data:
            raise StopValidation(_("This parent is chosen above already. Please take one away."))

    def parent(self) -> PersonFacts | None:
        """The parent who was entered here, because they are not in the registry."""
        if not self.parent_first.data:
            return None
        mother = self.parent_kind.data == ParentKind.MOTHER
        return PersonFacts(
            first_name=self.parent_first.data,
            last_name=self.parent_last.data or "",
            title=self.parent_title.data or "",
            sex=Sex.FEMALE if mother else Sex.MALE,
            birth_date=self.parent_born.data,
            birth_precision=DatePrecision(self.parent_born.precision),
        )

    def validate_identifier(self, field: StringField) -> None:
        """A national ID, or none yet."""
        self.read = None
        if field.data:
            try:
                self.read = read_national_id(field.data)
            except InputFault as fault:
                raise StopValidation(fault_words(fault)) from None

    def facts(self) -> PersonFacts:
        """The child as entered, checked."""
        return PersonFacts(
            first_name=self.first_name.data or "",
            last_name=self.last_name.data or "",
            title=self.title.data or "",
            sex=Sex(self.sex.data),
            birth_date=self.day.data,
            id_kind=self.read.kind if self.read else IdKind.NONE,
            identifier=self.read.digits if self.read else None,
            marital_status=MaritalStatus.SINGLE,
        )


def _parents(members: Sequence[Member], without: Sex) -> list[Choice]:
    could = [
        one
        for one in members
        if one.sex != without and (one.age is None or one.age >= YOUNGEST_PARENT)
    ]
    return [(NOT_KNOWN, _("Not known")), *people_choices(could)]


class DeathOperationForm(HeirForm, OperationForm):
    """Who died, and who is head then."""

    ORDER = ("person", "day", "new_head")
    REASONS = reasons.DEATH
    USUAL_FIRST = True

    person = checks.ChoiceField(_l("Who died"))
    day = ThaiDateField(_l("Day of death"), needed=_l("Please enter the day of death."))
    new_head = checks.ChoiceField(_l("Who becomes head here, if the head has died"))

    def ask(self, members: Sequence[Member]) -> None:
        """Fill the lists; call it before validation."""
        self.person.choices = [("", _("Please choose")), *people_choices(members)]
        self.person.data = self.person.data or ""
        self.offer_heirs(heir_choices(members, without=self.going))

    def validate_person(self, field: checks.ChoiceField) -> None:
        """Somebody."""
        if not field.data:
            raise StopValidation(_("Please choose at least one person."))

    @property
    def going(self) -> list[str]:
        """Who has died."""
        return [self.person.data] if self.person.data else []

    def validate_new_head(self, field: checks.ChoiceField) -> None:
        """Somebody else."""
        if field.data and field.data == self.person.data:
            raise StopValidation(_("The new head must be somebody else."))


class MarriageForm(HeirForm, OperationForm):
    """Two people: their names, and where they live."""

    ORDER = (
        "day", "title_1", "last_name_1", "title_2", "last_name_2", "home", "relation",
        "with_register", "new_head",
    )  # fmt: skip
    REASONS = reasons.MARRIAGE
    USUAL_FIRST = True

    day = ThaiDateField(_l("Day of the marriage"), needed=_l("Please enter the day."))
    title_1 = StringField(_l("Title"), validators=[short_enough(40), checks.name])
    last_name_1 = StringField(_l("Surname"), validators=[short_enough(100), checks.name])
    title_2 = StringField(_l("Title"), validators=[short_enough(40), checks.name])
    last_name_2 = StringField(_l("Surname"), validators=[short_enough(100), checks.name])
    home = RadioField(_l("Where they live from then on"), validate_choice=False)
    relation = checks.ChoiceField(_l("What who moves is to the head there"))
    with_register = BooleanField(_l("Their entry in the house register moves as well"))
    new_head = checks.ChoiceField(_l("Who becomes head where somebody leaves"))

    def ask(
        self,
        pair: tuple[Mover, Mover],
        homes: Sequence[Choice],
        left_behind: Sequence[Member],
        movers: Mapping[str, Sequence[str]],
    ) -> None:
        """Names as they are; ``homes``: households in which they can live; who lives there;
        ``movers``: who of the two would move to which of them."""
        self.movers = movers
        self.home.choices = [("", _("Each stays where they live")), *homes]
        self.home.data = self.home.data or ""
        self.relation.choices = relation_choices()
        self.relation.data = self.relation.data or ""
        self.offer_heirs(heir_choices(left_behind, without=[one.number for one in pair]))
        for place, one in enumerate(pair, start=1):
            self[f"title_{place}"].label.text = _("Title of %(name)s", name=one.name)
            self[f"last_name_{place}"].label.text = _("Surname of %(name)s", name=one.name)

    def validate_home(self, field: RadioField) -> None:
        """One of the list."""
        if field.data not in {choice[0] for choice in field.iter_choices()}:
            raise StopValidation(_("Please choose one of the list."))

    def validate_relation(self, field: checks.ChoiceField) -> None:
        """Needed where somebody moves."""
        if self.going and not field.data:
            raise StopValidation(_("Please choose the relation."))

    @property
    def going(self) -> Sequence[str]:
        """Who of the two moves to the home that was chosen."""
        return self.movers.get(self.home.data or "", ())

    def names(self, pair: tuple[Mover, Mover]) -> dict[str, NewName]:
        """The names that are new."""
        found = {}
        for place, one in enumerate(pair, start=1):
            name = NewName(self[f"title_{place}"].data or "", self[f"last_name_{place}"].data or "")
            if name != NewName(one.title, one.last_name):
                found[one.number] = name
        return found


class TakeBackForm(CreateForm):
    """Why an operation is undone."""

    reason = StringField(
        _l("Why it is undone"),
        validators=[DataRequired(_l("Please say why.")), short_enough(REASON)],
    )
