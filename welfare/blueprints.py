"""Which blueprints there are, and what is put together from several domains."""

from __future__ import annotations

from flask import Flask

import welfare.tables  # noqa: F401 - every mapper is known before the first query
from welfare.accounts.signing_in import install_sign_in
from welfare.accounts.views import blueprint as accounts
from welfare.home import blueprint as home


def register_blueprints(app: Flask) -> None:
    """Register all blueprints and what they share."""
    install_sign_in(app)
    for blueprint in (home, accounts):
        app.register_blueprint(blueprint)
