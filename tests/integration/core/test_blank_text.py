"""No form takes spaces, or what the eye cannot see, for text or for a choice."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from flask import Flask
from wtforms import PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

import welfare
from welfare.core.web.forms import Form

ONE_OF_SEVERAL = (SelectField, RadioField)
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


@pytest.fixture
def kinds(app: Flask, stage: None) -> Iterator[list[type[Form]]]:
    found = _all_forms()
    assert len(found) > 30
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        yield found
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def test_blank_text_is_refused(app: Flask, kinds: list[type[Form]]) -> None:
    assert [one for kind in kinds for one in _takes(app, kind)] == []


def test_blanks_choose_nothing(app: Flask, kinds: list[type[Form]]) -> None:
    asked, taken = 0, []
    for kind in kinds:
        with app.test_request_context("/"):
            names = [field.name for field in kind(formdata=None) if type(field) in ONE_OF_SEVERAL]
        for name, blank in product(names, BLANKS):
            with app.test_request_context("/", method="POST", data={name: blank}):
                field: Any = kind()[name]
                field.choices = field.choices or []
                asked += 1
                if field.validate(None, ()) and field.validate_choice and field.data:
                    taken.append(f"{kind.__name__}.{name}: {blank!r}")
    assert asked > 100
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
