"""Typed settings, read from the environment only; a wrong one stops the program at its start."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the environment says of this deployment (see docs/settings.md)."""

    model_config = SettingsConfigDict(env_prefix="WELFARE_", extra="ignore", frozen=False)

    env: Literal["development", "production", "test"] = "development"
    data_dir: Path = Path("instance")
    database_url: str = ""
    secret_key: str = ""
    data_key: str = ""
    demo_password: str = ""
    now: datetime | None = None
    base_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    metrics_token: str = ""
    session_idle_minutes: int = Field(default=60, ge=1)
    session_hours: int = Field(default=12, ge=1)
    tiles: str = ""
    tiles_credit: str = ""
    map_far_km: float = Field(default=5, gt=0, le=500)

    @field_validator("now")
    @classmethod
    def _now_has_zone(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("WELFARE_NOW needs an offset, such as 2026-11-22T09:00:00+07:00")
        return value

    @field_validator("tiles")
    @classmethod
    def _tiles_of_a_host(cls, value: str) -> str:
        if not value:
            return value
        if not all(part in value for part in ("{z}", "{x}", "{y}")):
            raise ValueError("WELFARE_TILES needs {z}, {x} and {y}: https://host/{z}/{x}/{y}.png")
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[^\s;,'\"<>]*", value):
            raise ValueError("WELFARE_TILES must be https://host/{z}/{x}/{y}.png, of one host")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("WELFARE_DATABASE_URL must be sqlite:///… or postgresql+psycopg://…")
        return value

    @model_validator(mode="after")
    def _production_is_strict(self) -> Settings:
        if self.env == "production":
            missing = [
                name
                for name, value in (
                    ("WELFARE_SECRET_KEY", self.secret_key),
                    ("WELFARE_DATA_KEY", self.data_key),
                )
                if len(value) < 32
            ]
            if 0 < len(self.metrics_token) < 16:
                raise ValueError("WELFARE_METRICS_TOKEN needs 16 characters or more")
            if missing:
                names = " and ".join(missing)
                raise ValueError(f"production needs its own {names} (32+ characters)")
            if self.now is not None:
                raise ValueError("WELFARE_NOW is for demonstrations and tests, not for production")
            if self.demo_password:
                raise ValueError("production refuses demonstration accounts")
        return self

    @property
    def production(self) -> bool:
        """Whether real people depend on this deployment."""
        return self.env == "production"

    @cached_property
    def data_path(self) -> Path:
        """The directory of everything that must be kept, made if it is missing (mode 0700)."""
        path = self.data_dir.resolve()
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    @property
    def tiles_origin(self) -> str:
        """Scheme and host of the map tiles; empty where the map is drawn by the program alone."""
        return "/".join(self.tiles.split("/", 3)[:3])

    @property
    def sqlalchemy_url(self) -> str:
        """The database address; by default a SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_path / 'welfare.db'}"

    def key(self, name: Literal["secret_key", "data_key", "demo_password"]) -> str:
        """A secret from the environment, or one made once and kept in the data directory."""
        value: str = getattr(self, name)
        return value or _kept_secret(self.data_path / f"{name}.txt", name)


def _kept_secret(path: Path, name: str) -> str:
    """Read a kept secret, making it first if needed; two starts at once agree on one.

    It is written whole under a name of its own and then linked, so nobody reads half of it.
    """
    if not path.exists():
        made = secrets.token_urlsafe(9 if name == "demo_password" else 48)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(made + "\n", encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8").strip()
