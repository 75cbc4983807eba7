from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from tests.load.server import Server


@pytest.fixture
def serve(
    app: Flask, stage: None, settings: Settings, tmp_path: Path
) -> Iterator[Callable[..., Server]]:
    """Start the server on the test's database; it is gone at the end."""
    started: list[Server] = []

    def start(application: str = "wsgi:app") -> Server:
        server = Server(settings, tmp_path / "server.log", application=application)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.kill_all()
