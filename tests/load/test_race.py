"""Sixteen people file at once, and each presses the button twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.load.books import faults
from tests.load.citizen import Citizen
from tests.load.server import Server

WRITERS = 16
FORMS = 5

pytestmark = pytest.mark.slow


def test_sixteen_file_at_once_and_press_twice(app: Flask, serve: Callable[..., Server]) -> None:
    server = serve()
    filed: list[str] = []
    answers: list[int] = []

    def write(writer: int) -> None:
        citizen = Citizen(server.port, f"ผู้แจ้ง {writer}")
        for turn in range(FORMS):
            sheet = citizen.fill(f"คนที่ {writer} เรื่องที่ {turn}")
            answers.extend(_twice(citizen, sheet))
            filed.append(sheet.words)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert set(answers) == {303}
    assert len(answers) == WRITERS * FORMS * 2
    assert faults(app, filed) == []


def _twice(citizen: Citizen, sheet: object) -> list[int]:
    """The same form from two connections in the same moment."""
    together, statuses = threading.Barrier(2), []

    def press() -> None:
        together.wait()
        statuses.append(citizen.send(sheet))  # type: ignore[arg-type]

    pressed = [threading.Thread(target=press) for _ in range(2)]
    for thread in pressed:
        thread.start()
    for thread in pressed:
        thread.join()
    return statuses
