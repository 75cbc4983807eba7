"""Templates say their texts in the language of the request, escaped, and follow a change of it."""

from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel, force_locale

from welfare.core.i18n import compile_catalogues
from welfare.core.i18n.page_words import install_page_words


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = Flask(__name__)
    catalogues = str(compile_catalogues(tmp_path))
    Babel(app, default_locale="th", default_translation_directories=catalogues)
    install_page_words(app)
    return app


def test_says_it_in_the_language_of_the_request(app: Flask) -> None:
    with app.test_request_context("/"):
        assert render_template_string("{{ _('Search') }}") == "ค้นหา"


def test_follows_a_change_of_language_within_one_request(app: Flask) -> None:
    with app.test_request_context("/"):
        said = [render_template_string("{{ _('Search') }}")]
        with force_locale("en"):
            said.append(render_template_string("{{ _('Search') }}"))
        said.append(render_template_string("{{ _('Search') }}"))
    assert said == ["ค้นหา", "Search", "ค้นหา"]


def test_fills_in_values_escaped(app: Flask) -> None:
    with app.test_request_context("/"):
        said = render_template_string("{{ _('Photo %(n)s', n=n) }}", n="<b>")
    assert said == "รูปที่ &lt;b&gt;"


def test_a_text_without_translation_is_said_as_it_is(app: Flask) -> None:
    with app.test_request_context("/"):
        assert render_template_string("{{ _('nobody says this') }}") == "nobody says this"
