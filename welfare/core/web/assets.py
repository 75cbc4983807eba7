"""Static files under an address that changes with their content, so that they keep for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from welfare.core.web.edge import security_headers

STATIC = Path(__file__).resolve().parents[2] / "static"


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in {".gz", ".br"}:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def install_assets(app: Flask) -> None:
    """Serve ``welfare/static`` at ``/assets/<fingerprint>/`` and give templates ``asset()``."""
    prefix = f"/assets/{_fingerprint(STATIC)}/"
    production = bool(app.config["SETTINGS"].production)

    def add_headers(headers: Any, _path: str, _url: str) -> None:
        for name, value in security_headers(production=production).items():
            headers[name] = value

    files = WhiteNoise(
        app.wsgi_app,
        max_age=31536000,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=add_headers,
    )
    if STATIC.exists():
        files.add_files(str(STATIC), prefix=prefix)
    app.wsgi_app = files  # type: ignore[method-assign]

    @app.template_global()
    def asset(path: str) -> str:
        """The address of a static file."""
        return prefix + path
