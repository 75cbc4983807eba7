"""A file of 200 MB, sent to the real server: refused in words and in time, and never in memory."""

from __future__ import annotations

import http.client
import os
import re
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from flask import Flask

from tests import cast
from tests.load.server import Server
from tests.pages import form_in

SIZE = 200 * 1024 * 1024
PIECE = b"\0" * (1024 * 1024)
SECONDS = 5
GROWN_MB = 90
"""How much the processes of the server may grow meanwhile."""
EDGE = "----edge"


def test_200_mb_are_refused_while_they_come(app: Flask, serve: Callable[[], Server]) -> None:
    client = cast.sign_in(app.test_client(), cast.ORN)
    form = form_in(client.get("/desk/registry/imports").text, having="one_time_key")
    cookies = "; ".join(f"{one.key}={one.value}" for one in client._cookies.values())
    server = serve()
    _warm(server, cookies)
    before, worked = _megabytes(server), _worked(server)
    fields = "".join(
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{values[0]}\r\n'
        for name, values in form.fields.items()
    )
    head = (
        f'{fields}--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="all.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\nPK\x03\x04"
    ).encode()
    began, connection = time.monotonic(), http.client.HTTPConnection("127.0.0.1", server.port)
    connection.putrequest("POST", "/desk/registry/imports")
    connection.putheader("Content-Type", f"multipart/form-data; boundary={EDGE}")
    foot = f"\r\n--{EDGE}--\r\n".encode()
    connection.putheader("Content-Length", str(len(head) + SIZE + len(foot)))
    connection.putheader("Cookie", cookies)
    connection.endheaders(head)
    sent = 0
    try:
        while sent < SIZE:
            connection.send(PIECE)
            sent += len(PIECE)
        connection.send(foot)
    except OSError:
        pass  # it has heard enough
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status in (413, 422), re.sub(r"<[^>]+>|\s+", " ", text)[-1500:]
    assert "ใหญ่" in text
    assert _worked(server) - worked < SECONDS, "reckoned by the processor: it has 0.9 s to do"
    assert time.monotonic() - began < SECONDS * 12, "the machine may be busy, but not that busy"
    assert _megabytes(server) - before < GROWN_MB
    connection.close()


def _warm(server: Server, cookies: str) -> None:
    """Let every process have shown the page: what they hold from then on is not of the file."""
    for _time in range(12):
        with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
            connection.request("GET", "/desk/registry/imports", headers={"Cookie": cookies})
            answer = connection.getresponse()
            answer.read()
        assert answer.status == 200


def _processes(server: Server) -> tuple[str, ...]:
    assert server._process is not None
    first = str(server._process.pid)
    return (first, *Path(f"/proc/{first}/task/{first}/children").read_text().split())


def _worked(server: Server) -> float:
    """Processor seconds of all processes of the server, in the program and in the system."""
    ticks = [
        int(tick)
        for one in _processes(server)
        for tick in Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]
    ]
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def _megabytes(server: Server) -> float:
    """What all processes of the server hold."""
    lines = [
        line
        for one in _processes(server)
        for line in Path(f"/proc/{one}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    ]
    return sum(int(line.split()[1]) / 1024 for line in lines)
