"""Templates print what Jinja alone would print."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment, pass_context
from jinja2.runtime import Context

from welfare.core.web.jinja import install_jinja

PARTS = """{% macro greet(name, mark='!') %}<b>{{ word }}{{ name }}{{ mark }}</b>{% endmacro %}
{% macro box() %}[{{ caller() }}]{% endmacro %}"""
PAGE = """{% from "parts" import greet, box %}
{% for name in names %}{{ greet(name) }}{{ greet(name, mark=upper('?')) }}{{ seen() }}{% endfor %}
{% call box() %}{{ greet("<i>") }}{% endcall %}{{ nothing() }}{{ kind('a') }}"""


@pass_context
def seen(context: Context) -> str:
    """What a callable that wants the context sees of the loop around it."""
    return f"({context.get('name')})"


def nothing() -> str:
    """As a callable that runs out does."""
    rows: Iterator[str] = iter(())
    return next(rows, "")


def render(app: Flask) -> str:
    app.jinja_loader = DictLoader({"parts": PARTS, "page": PAGE})
    app.jinja_env.autoescape = True
    app.jinja_env.globals.update(
        word="<สวัสดี>", upper=str.upper, seen=seen, nothing=nothing, kind=type("K", (str,), {})
    )
    return app.jinja_env.get_template("page").render(names=["ก", "<ข>"])


def test_the_same_is_printed() -> None:
    plain, quick = Flask("plain"), Flask("quick")
    install_jinja(quick)
    assert render(quick) == render(plain)
    assert "&lt;ข&gt;" in render(quick)


def test_macros_are_made_once() -> None:
    app = Flask("quick")
    install_jinja(app)
    render(app)
    env: Environment = app.jinja_env
    parts = env.get_template("parts")
    assert parts.module is parts._get_default_module(parts.new_context())


def test_a_wrong_argument_still_fails() -> None:
    app = Flask("quick")
    install_jinja(app)
    with pytest.raises(TypeError, match="no keyword argument"):
        app.jinja_env.from_string("{% macro m() %}{% endmacro %}{{ m(x=1) }}").render()
