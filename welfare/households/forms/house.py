"""Add or change a household (fields of the house register and of a visit)."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.identity import read_house_code
from welfare.core.web.forms import LONG_TEXT, CreateForm, EditForm, Form, short_enough
from welfare.households import labels
from welfare.households.facts import HouseholdFacts
from welfare.households.forms import checks
from welfare.households.kinds import Condition, Tenure, YesNo
from welfare.households.queries import VillageRow


class HouseholdFields(Form):
    """All that is known of a house."""

    house_no = StringField(
        _l("House number"),
        validators=[DataRequired(_l("Please enter the house number.")), short_enough(60)],
    )
    village_no = checks.ChoiceField(_l("Village (Moo)"))
    house_code = StringField(
        _l("House code (11 digits)"), validators=[short_enough(40), checks.house_code]
    )
    community = StringField(_l("Community"), validators=[short_enough(120)])
    lane = StringField(_l("Lane"), validators=[short_enough(120)])
    road = StringField(_l("Road"), validators=[short_enough(120)])
    subdistrict = StringField(_l("Subdistrict"), validators=[short_enough(60)])
    district = StringField(_l("District"), validators=[short_enough(60)])
    province = StringField(_l("Province"), validators=[short_enough(60)])
    postcode = StringField(_l("Postcode"), validators=[short_enough(20), checks.postcode])
    central_register = BooleanField(_l("Central house register: an entry without a real house"))
    landmark = StringField(_l("Landmark"), validators=[short_enough(300)])
    lat = StringField(_l("Latitude"), validators=[short_enough(40), checks.between(-90, 90)])
    lng = StringField(_l("Longitude"), validators=[short_enough(40), checks.between(-180, 180)])
    accuracy_m = StringField(
        _l("Accuracy in metres"), validators=[short_enough(40), checks.between(0, 100000)]
    )
    tenure = checks.ChoiceField(_l("By what right they live there"))
    condition = checks.ChoiceField(_l("State of the house"))
    water = checks.ChoiceField(_l("Clean water"))
    electricity = checks.ChoiceField(_l("Electricity"))
    toilet = checks.ChoiceField(_l("Toilet"))
    monthly_income = StringField(
        _l("Income of the household a month (baht)"), validators=[short_enough(40), checks.money]
    )
    debts = StringField(_l("Debts (baht)"), validators=[short_enough(40), checks.money])
    notes = TextAreaField(_l("Notes"), validators=[short_enough(LONG_TEXT)])
    place_sure = checks.AnswerField()
    """Sent with the place that was asked about and is right."""

    def place(self) -> str:
        """The place as one text, by which an answer is known to be about this one."""
        lat, lng = checks.number(self.lat.data, -90, 90), checks.number(self.lng.data, -180, 180)
        return "" if lat is None or lng is None else f"{lat:g},{lng:g}"

    def place_unsure(self) -> bool:
        """Whether a far place is still to be asked about."""
        return bool(self.place()) and self.place_sure.data != self.place()

    def offer(self, villages: Sequence[VillageRow]) -> None:
        """Fill the lists; call it before validation."""
        self.village_no.choices = [("", _("Not known"))] + [
            (str(row.village_no), row.name_th) for row in villages
        ]
        self.tenure.choices = labels.choices(labels.TENURE)
        self.condition.choices = labels.choices(labels.CONDITION)
        for field in (self.water, self.electricity, self.toilet):
            field.choices = labels.choices(labels.YES_NO)
        for field in (self.tenure, self.condition, self.water, self.electricity, self.toilet):
            field.data = field.data or "unknown"
        self.village_no.data = self.village_no.data or ""

    def facts(self) -> HouseholdFacts:
        """What was entered, checked."""
        accuracy = checks.number(self.accuracy_m.data, 0, 100000)
        return HouseholdFacts(
            house_no=self.house_no.data or "",
            village_no=int(self.village_no.data) if self.village_no.data else None,
            house_code=checks.kept(read_house_code, self.house_code.data),
            **{
                name: self[name].data or ""
                for name in (
                    "community", "lane", "road", "subdistrict", "district", "province",
                    "postcode", "landmark", "notes",
                )
            },
            central_register=bool(self.central_register.data),
            lat=checks.number(self.lat.data, -90, 90),
            lng=checks.number(self.lng.data, -180, 180),
            accuracy_m=None if accuracy is None else round(accuracy),
            tenure=Tenure(self.tenure.data),
            condition=Condition(self.condition.data),
            water=YesNo(self.water.data),
            electricity=YesNo(self.electricity.data),
            toilet=YesNo(self.toilet.data),
            monthly_income=checks.kept(checks.baht, self.monthly_income.data),
            debts=checks.kept(checks.baht, self.debts.data),
        )  # fmt: skip


class AddHouseholdForm(HouseholdFields, CreateForm):
    """A new household; ``sure`` is sent once the ones that look the same were seen."""

    sure = checks.AnswerField()


class EditHouseholdForm(HouseholdFields, EditForm):
    """A household that is there."""
