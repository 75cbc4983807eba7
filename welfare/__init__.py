"""Umong Welfare: complaints and welfare requests of a Thai subdistrict municipality."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from welfare.core import clock
from welfare.core.audit import install_audit
from welfare.core.db import db, install_engine_rules
from welfare.core.i18n import choose_language, compile_catalogues
from welfare.core.logs import configure_logs
from welfare.core.security.crypto import KeyRing, use_keys
from welfare.core.storage.files import keep_files_in
from welfare.core.web.assets import install_assets
from welfare.core.web.edge import install_edge
from welfare.core.web.failures import install_failures
from welfare.core.web.templating import install_templating

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings) -> Flask:
    """The whole application for one municipality."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(_flask_config(settings))
    configure_logs(settings)
    if settings.now is not None:
        clock.freeze(settings.now)
    use_keys(KeyRing(settings.key("data_key")))
    keep_files_in(settings.data_path / "files")
    _install_database(app)
    Babel(
        app,
        default_locale="th",
        default_translation_directories=str(compile_catalogues(settings.data_path / "catalogues")),
        locale_selector=choose_language,
    )
    install_edge(app)
    CSRFProtect(app)
    install_failures(app)
    install_templating(app)
    install_assets(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    from welfare.blueprints import register_blueprints
    from welfare.cli import register_commands

    register_blueprints(app)
    register_commands(app)
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    secure = settings.production
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.key("secret_key"),
        "TESTING": settings.env == "test",
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "SESSION_COOKIE_NAME": "__Host-welfare" if secure else "welfare",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_CONTENT_LENGTH": 220 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 400,
    }


def _engine_options(settings: Settings) -> dict[str, object]:
    options: dict[str, object] = {"hide_parameters": True}
    if settings.sqlalchemy_url.startswith("postgresql"):
        # Our statements are short: compiling one costs PostgreSQL more than it ever saves.
        options["connect_args"] = {"options": "-c jit=off"}
    return options


def _install_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(
        app,
        db,
        directory=str(ROOT / "migrations"),
        render_as_batch=True,
        compare_type=True,
    )
    install_audit(db.session)
    with app.app_context():
        install_engine_rules(db.engine)
