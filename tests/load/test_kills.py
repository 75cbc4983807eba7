"""The server is killed (kill -9) again and again while it is filed into.

KILLS says how often; `KILLS=200 make test ARGS="-s tests/load/test_kills.py"` is the whole run.
"""

import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask

from tests.load.books import faults
from tests.load.citizen import LOST, Citizen
from tests.load.server import Server

KILLS = int(os.environ.get("KILLS", "10"))
CLIENTS = 4
WHOLE_SERVER_EVERY = 5

pytestmark = pytest.mark.slow


@dataclass
class Crowd:
    """Citizens who file without pause; who gets no answer sends the same form again."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    def run(self, number: int, *, insist: bool) -> None:
        """File until told to stop."""
        citizen, turn = Citizen(self.port, f"ผู้แจ้ง {number}"), 0
        while not self.stop.is_set():
            turn += 1
            try:
                sheet = citizen.fill(f"คนที่ {number} เรื่องที่ {turn}")
                answered = (
                    citizen.send_until_answered(sheet) if insist else citizen.send(sheet) == 303
                )
            except LOST:
                time.sleep(0.02)
                continue
            (self.acknowledged if answered else self.unanswered).append(sheet.words)

    def work_on(self, more: int, seconds: float = 30) -> None:
        """Wait until so many more are acknowledged, so that each kill meets work."""
        wanted, deadline = len(self.acknowledged) + more, time.monotonic() + seconds
        while len(self.acknowledged) < wanted and time.monotonic() < deadline:
            time.sleep(0.01)

    def at_work(self, *, insist: bool) -> list[threading.Thread]:
        """Start all of them."""
        threads = [
            threading.Thread(target=self.run, args=(number,), kwargs={"insist": insist})
            for number in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        return threads


def kill_while_filing(server: Server, kills: int, *, insist: bool) -> tuple[Crowd, float]:
    """Kill the server so often while it is filed into; the crowd, and the longest time (in
    seconds) until it answered again."""
    chance, crowd, longest = random.Random(), Crowd(server.port), 0.0
    threads = crowd.at_work(insist=insist)
    try:
        for turn in range(1, kills + 1):
            crowd.work_on(3)
            time.sleep(chance.uniform(0, 0.2))
            began = time.monotonic()
            if turn % WHOLE_SERVER_EVERY == 0:
                server.kill_all()
                server.start()
            else:
                server.kill_workers()
                server.wait()
            longest = max(longest, time.monotonic() - began)
    finally:
        crowd.stop.set()
        for thread in threads:
            thread.join()
    return crowd, longest


def test_nothing_acknowledged_is_lost(
    app: Flask,
    database: str,
    serve: Callable[..., Server],
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = serve()
    crowd, longest = kill_while_filing(server, KILLS, insist=True)
    server.kill_all()
    found = faults(app, crowd.acknowledged)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{database}: {KILLS} kills, {len(crowd.acknowledged)} acknowledged, "
            f"{len(found)} faults, answering again within {longest:.1f} s"
        )
    assert found == []
    assert crowd.unanswered == []
    assert len(crowd.acknowledged) >= KILLS


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_kills_see_what_is_lost(app: Flask, serve: Callable[..., Server]) -> None:
    """The control: a server that acknowledges before it commits is found out."""
    server = serve("tests.load.careless:app")
    crowd, _longest = kill_while_filing(server, 4, insist=False)
    server.kill_all()
    assert any(fault.startswith("lost") for fault in faults(app, crowd.acknowledged))
