"""From the filled-in form to what the service takes."""

from __future__ import annotations

from welfare.intake.forms.checks import kept_phone, number_between
from welfare.intake.forms.filing import FilingForm
from welfare.intake.services.filing import Filing
from welfare.intake.workflow import ComplaintKind, Relationship


def answers_of(form: FilingForm) -> Filing:
    """The answers of a form that has been checked; of an anonymous one without its reporter."""
    named = not form.anonymous.data
    kind = ComplaintKind(form.kind.data)
    other = Relationship.OTHER if kind is ComplaintKind.CONCERN else Relationship.SELF
    lat = number_between(form.lat.data, -90, 90)
    lng = number_between(form.lng.data, -180, 180)
    whole = lat is not None and lng is not None
    return Filing(
        kind=kind,
        category=form.category.data or "",
        description=form.description.data or "",
        subject_name=form.subject_name.data or "",
        subject_phone=kept_phone(form.subject_phone.data),
        house_no=form.house_no.data or "",
        village=int(form.village.data) if form.village.data else None,
        landmark=form.landmark.data or "",
        lat=lat if whole else None,
        lng=lng if whole else None,
        anonymous=not named,
        reporter_name=(form.reporter_name.data or "") if named else "",
        reporter_phone=kept_phone(form.reporter_phone.data) if named else "",
        reporter_email=(form.reporter_email.data or "") if named else "",
        relationship=Relationship(form.relationship.data or other) if named else other,
        consent=bool(form.consent.data),
    )
