"""What the server does with templates before the first request."""

from flask import Flask

from welfare.core.web.jinja import load_templates


def test_every_page_can_be_loaded_ahead(app: Flask) -> None:
    load_templates(app)
    loaded = {key[1] for key in app.jinja_env.cache or {}}
    assert {"cases/worklist.html", "public/home.html", "layouts/base.html"} <= loaded
    assert not any(name.startswith("documents/") for name in loaded)
