"""What production's cookies and headers carry."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config import Settings
from welfare import _flask_config
from welfare.core.web.edge import security_headers


@pytest.fixture
def production(make_settings: Callable[..., Settings], tmp_path: Path) -> Settings:
    """Settings of a real installation."""
    return make_settings(
        env="production",
        data_dir=tmp_path,
        demo_password="",
        database_url=f"sqlite:///{tmp_path}/welfare.db",
    )


def test_cookies_are_secure_and_bound_to_the_host(production: Settings) -> None:
    config = _flask_config(production)
    assert config["SESSION_COOKIE_SECURE"] is True
    assert config["SESSION_COOKIE_HTTPONLY"] is True
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert str(config["SESSION_COOKIE_NAME"]).startswith("__Host-")


def test_browsers_are_told_to_stay_on_https() -> None:
    assert "Strict-Transport-Security" in security_headers(production=True)
    assert "Strict-Transport-Security" not in security_headers(production=False)
