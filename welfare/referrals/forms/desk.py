"""Forms by which staff refer, follow and end."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.web.choices import offered, offered_words
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, EditForm, Form, short_enough
from welfare.referrals.facts import Answer, ReferralFacts
from welfare.referrals.forms.fields import MultipleFileField, SeveralField
from welfare.referrals.labels import ANSWERS, BASES, CAME, CONSENTS
from welfare.referrals.workflow import AnswerKind, Basis, Came, ConsentHow, Shared

_REASON = _l("Please write the reason.")


class _ReferralFields(Form):
    """To whom, what for, on what ground, what is shared."""

    agency = SelectField(_l("To which agency"), [DataRequired(_l("Please choose the agency."))])
    subject = StringField(
        _l("Subject of the letter"),
        [DataRequired(_l("Please write the subject of the letter.")), short_enough(200)],
    )
    purpose = TextAreaField(
        _l("What the agency is asked to do, and why"),
        [DataRequired(_l("Please write what the agency is asked to do.")), short_enough(3000)],
    )
    basis = RadioField(
        _l("On what ground it is shared"),
        [DataRequired(_l("Please choose the ground."))],
        choices=offered_words(BASES),
    )
    consent_by = StringField(_l("Who gave consent"), [Optional(), short_enough(120)])
    consent_how = SelectField(
        _l("How consent was given"),
        [Optional()],
        choices=[*offered([("", "–")]), *offered_words(CONSENTS)],
    )
    consent_on = ThaiDateField(_l("Consent given on"))
    basis_note = TextAreaField(
        _l("Which law or danger allows it"), [Optional(), short_enough(1000)]
    )
    fields = SeveralField(
        _l("What is shared"), [DataRequired(_l("Please choose at least one thing to share."))]
    )
    answer_by = ThaiDateField(_l("Answer asked for by"), needed=_l("Please enter the day."))
    signer = StringField(_l("Who signs the letter"), [Optional(), short_enough(120)])
    signer_position = StringField(_l("Position of who signs"), [Optional(), short_enough(120)])

    def facts(self) -> ReferralFacts:
        """What was entered; only after the form was checked."""
        return ReferralFacts(
            agency_id=int(self.agency.data),
            subject=self.subject.data or "",
            purpose=self.purpose.data or "",
            basis=Basis(self.basis.data),
            fields=tuple(Shared(one) for one in self["fields"].data or ()),
            answer_by=self.answer_by.data,
            basis_note=self.basis_note.data or "",
            consent_by=self.consent_by.data or "",
            consent_how=ConsentHow(self.consent_how.data) if self.consent_how.data else None,
            consent_on=self.consent_on.data,
            signer=self.signer.data or "",
            signer_position=self.signer_position.data or "",
        )


class NewReferralForm(_ReferralFields, CreateForm):
    """A referral to be prepared."""


class ReferralForm(_ReferralFields, EditForm):
    """What is prepared, to be changed."""


class IssueForm(EditForm):
    """Letting it leave."""

    wait = BooleanField(_l("The case waits for the answer; its deadlines stand still"))
    tell = BooleanField(_l("Tell the citizen that the case was referred, and to whom"))
    mail = BooleanField(_l("Send the agency an e-mail that a letter is there"))


class LaterForm(EditForm):
    """More time for the agency."""

    answer_by = ThaiDateField(_l("Answer asked for by"), needed=_l("Please enter the day."))
    why_later = StringField(_l("Reason"), [Optional(), short_enough(300)])


class ChaseForm(EditForm):
    """How it was asked again."""

    note = StringField(
        _l("How you asked, and what was said"),
        [DataRequired(_l("Please write how you asked.")), short_enough(500)],
    )
    mail = BooleanField(_l("Send the agency an e-mail that a letter is there"))


class RenewForm(EditForm):
    """Another code, by one button."""


class TakeBackReferralForm(EditForm):
    """Why it is taken back."""

    reason = StringField(_l("Reason"), [DataRequired(_REASON), short_enough(300)])


class RecordForm(EditForm):
    """An answer that came otherwise than through the page."""

    kind = RadioField(
        _l("What the agency says"),
        [DataRequired(_l("Please choose one of the answers."))],
        choices=offered_words(ANSWERS),
    )
    came = SelectField(
        _l("How it came"),
        choices=offered_words({way: label for way, label in CAME.items() if way is not Came.LINK}),
    )
    text = TextAreaField(_l("What was answered"), [Optional(), short_enough(5000)])
    until = ThaiDateField(_l("Expected to be done by"))
    signed = StringField(_l("Who answered for the agency"), [Optional(), short_enough(160)])
    files = MultipleFileField(_l("Pictures or PDF"))

    def answer(self) -> Answer:
        """What was entered; only after the form was checked."""
        return _answer(self, Came(self.came.data))


class AgencyAnswerForm(CreateForm):
    """The agency's own answer."""

    kind = RadioField(
        _l("What the agency says"),
        [DataRequired(_l("Please choose one of the answers."))],
        choices=offered_words(ANSWERS),
    )
    text = TextAreaField(_l("What was answered"), [Optional(), short_enough(5000)])
    until = ThaiDateField(_l("Expected to be done by"))
    signed = StringField(
        _l("Who answered for the agency"),
        [DataRequired(_l("Please write your name and position.")), short_enough(160)],
    )
    files = MultipleFileField(_l("Pictures or PDF"))

    def answer(self) -> Answer:
        """What was entered; only after the form was checked."""
        return _answer(self, Came.LINK)


def _answer(form: Any, came: Came) -> Answer:
    return Answer(
        kind=AnswerKind(form.kind.data),
        came=came,
        text=form.text.data or "",
        until=form.until.data,
        signed=form.signed.data or "",
    )
