"""No form takes spaces, or what the eye cannot see, for text."""

import pkgutil
from importlib import import_module
from typing import Any

from flask import Flask
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

import welfare
from welfare.core.web.forms import Form

BLANKS = ("   ", "\u200b", "\u00a0\u2003", "\n\t \u200b\ufeff")


def _all_forms() -> list[type[Form]]:
    for module in pkgutil.walk_packages(welfare.__path__, "welfare."):
        if "forms" in module.name.split("."):
            import_module(module.name)
    found: list[type[Form]] = []
    waiting = [Form]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found:
                found.append(kind)
                waiting.append(kind)
    made = (kind for kind in found if not kind.__name__.startswith("_"))
    return sorted(made, key=lambda kind: f"{kind.__module__}.{kind.__qualname__}")


def needed(form: Any) -> list[Any]:
    """The text fields that must not be empty."""
    kinds = DataRequired | InputRequired
    return [
        field
        for field in form
        if isinstance(field, StringField | TextAreaField)
        and not isinstance(field, PasswordField)
        and any(isinstance(check, kinds) for check in field.validators)
    ]


def test_blank_text_is_refused(app: Flask, stage: None) -> None:
    kinds = _all_forms()
    assert len(kinds) > 30
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        taken = [one for kind in kinds for one in _takes(app, kind)]
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert taken == []


def _takes(app: Flask, kind: type[Form]) -> list[str]:
    """The fields of a form that take one of the blanks."""
    with app.test_request_context("/"):
        names = [field.name for field in needed(kind(formdata=None))]
    taken = []
    for blank in BLANKS:
        for name in names:
            with app.test_request_context("/", method="POST", data={name: blank}):
                field = kind()[name]
                if field.validate(None, ()) or not field.errors:
                    taken.append(f"{kind.__name__}.{name}: {blank!r}")
    return taken
