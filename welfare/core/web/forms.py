"""What all forms share: cleaned Thai text, one-time keys, versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    EmailField,
    Field,
    FileField,
    HiddenField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.one_time import new_key, once
from welfare.core.thai.digits import whole
from welfare.core.thai.text import clean, clean_line
from welfare.core.web.conflict import note_sent
from welfare.core.web.labels import note_label

LONG_TEXT = 5000
"""The most characters that any story, note or reason may have."""

_UNTOUCHED = {"csrf_token", "one_time_key", "version"}


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _cleaned_line(value: Any) -> Any:
    return clean_line(value) if isinstance(value, str) else value


def _chosen(value: Any) -> Any:
    """Blanks choose nothing: `Optional` takes them for empty, without asking for a known choice."""
    return value.strip() if isinstance(value, str) else value


def _filter_for(name: str, kind: type[Field]) -> Callable[[Any], Any] | None:
    if name in _UNTOUCHED:
        return None
    if issubclass(kind, TextAreaField):
        return _cleaned
    return _cleaned_line if kind in (StringField, TelField, EmailField) else None


def short_enough(most: int) -> Length:
    """A ``Length`` validator that says how many characters are allowed."""
    return Length(max=most, message=_l("Please shorten this to %(max)d characters or fewer."))


class Form(FlaskForm):
    """A form whose text fields are cleaned before they are validated."""

    def hidden_tag(self, *fields: Any) -> Markup:
        """The hidden fields without ids, so that a page may hold several forms."""
        hidden = [self[field] if isinstance(field, str) else field for field in (fields or self)]
        return Markup("\n").join(
            field(id=False) for field in hidden if isinstance(field.widget, HiddenInput)
        )

    class Meta(FlaskForm.Meta):
        """Hooks the cleaning into every text field."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Add the cleaning filter that fits the kind of field."""
            kind = unbound_field.field_class
            extra = _filter_for(options["name"], kind)
            if issubclass(kind, SelectField):
                extra = _chosen
            if extra is not None:
                filters = [extra, *unbound_field.kwargs.get("filters", ())]
                options = {**options, "filters": filters}
            bound: Field = unbound_field.bind(form=form, **options)
            return bound

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Hand files to fields of files only: a file sent in place of a text is no text."""
            wrapped = super().wrap_formdata(form, formdata)
            if wrapped is None or not request.files:
                return wrapped
            takers = {
                name
                for name, unbound in form._unbound_fields
                if issubclass(unbound.field_class, FileField)
            }
            sent = request.files.items(multi=True)
            files = MultiDict((name, file) for name, file in sent if name in takers)
            return CombinedMultiDict([files, request.form])

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Note the labels, for the pages that show what was typed."""
        super().__init_subclass__(**kwargs)
        for name in dir(cls):
            unbound: Any = getattr(cls, name, None)
            if hasattr(unbound, "field_class"):
                label = unbound.kwargs.get("label") or next(iter(unbound.args), None)
                written = _filter_for(name, unbound.field_class) is not None
                if label is not None:
                    note_label(name, label, module=cls.__module__, written=written)
                    for part in getattr(unbound.field_class, "PARTS", ()):
                        note_label(f"{name}-{part}", label, module=cls.__module__, written=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields; messages are words afterwards, not promises of words."""
        note_sent(self)
        sound = bool(super().validate(extra_validators))
        self.speak()
        return sound

    def speak(self) -> None:
        """Turn lazy messages into text of the request's language, as templates expect them."""
        for field in self:
            if field.errors and not isinstance(field.errors, dict):
                field.errors = [
                    error if isinstance(error, dict) else str(error) for error in field.errors
                ]

    def sent(self) -> bool:
        """Whether this request sends the form (a POST) and it is valid."""
        return bool(self.validate_on_submit())


class CreateForm(Form):
    """A form that makes something: it carries a one-time key, so that a resend makes nothing."""

    one_time_key = HiddenField(default=new_key)

    def once(self, purpose: str, act: Any) -> str:
        """Do ``act`` once for this form and commit; see ``security.one_time.once``."""
        content = "\n".join(
            f"{name}={value}"
            for name, value in sorted(request.form.items(multi=True))
            if name not in _UNTOUCHED
        )
        return once(self.one_time_key.data or "", purpose=purpose, content=content, act=act)


class EditForm(Form):
    """A form that changes something: it carries the version that was seen."""

    version = HiddenField(default="0")

    @property
    def seen_version(self) -> int:
        """The version that the person saw: 0 of what nobody has saved yet; -1, which fits nothing,
        when it was tampered with."""
        seen = whole(str(self.version.data or ""))
        return -1 if seen is None else seen
