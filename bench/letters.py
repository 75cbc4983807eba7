"""A letter from click to bytes: issued over HTTP at the running server, beside WeasyPrint alone.

`python -m bench.letters [--rounds 20]`. One round sends the form "issue" of a letter that is ready
and opens the signed file: session, rights, number, drawing, signature, seal, audit, two requests.
In turn with it the same HTML is drawn by WeasyPrint and nothing else. Judged is the ratio of the
p50 of processor time of the server to that of the bare drawing, since others on the machine blur
wall time; both are told. Where the rest goes stands below, measured in one process.
"""

import argparse
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.client import Answer, Browser
from bench.places import INSTANCE, OUT, PASSWORD
from bench.processor import spent_ms
from bench.server import Server

MARK = 1.7
WARM_UP = 4
PORT = 5290
BODY = "ด้วยเทศบาลได้รับคำร้องจากผู้ป่วยติดเตียงในพื้นที่\nจึงเรียนมาเพื่อโปรดพิจารณา"
FIELDS = {
    "title": "ขอความอนุเคราะห์ตรวจเยี่ยมผู้ป่วย",
    "recipient": "ผู้อำนวยการโรงพยาบาลส่งเสริมสุขภาพตำบล",
    "body": BODY,
    "closing": "ขอแสดงความนับถือ",
    "signer": "นายสมมติ ใจดี",
    "signer_position": "นายกเทศมนตรี",
}


def _town(url: str) -> None:
    """An empty database with the smallest town."""
    from flask_migrate import upgrade

    from bench.filling.base import make_app
    from welfare.core import clock
    from welfare.core.db import db
    from welfare.demo.loader import load

    with make_app(url).app_context():
        upgrade()
        load(db.session(), now=clock.now(), password=PASSWORD, households=50, cases=10)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _well(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"answered {answer.status} instead of {status}:\n{answer.text[:1500]}")
    return answer


def _ready(officer: Browser, origin: str) -> tuple[str, dict[str, str]]:
    """A draft, and the hidden fields of the form that issues it."""
    form = _well(officer.get("/desk/papers/new/letter"), 200)
    made = officer.post("/desk/papers/new/letter", form.hidden() | FIELDS, Origin=origin)
    path = _well(made, 303).location
    return path, _well(officer.get(path), 200).hidden()


def _issue(officer: Browser, origin: str, path: str, fields: dict[str, str]) -> list[Answer]:
    sent = _well(officer.post(f"{path}/issue", fields, Origin=origin), 303)
    file = _well(officer.get(f"/documents/{path.rsplit('/', 1)[-1]}.pdf"), 200)
    return [sent, file]


def _bare(url: str) -> tuple[Callable[[], object], dict[str, Callable[[], object]]]:
    """WeasyPrint alone on the letter, and the steps of ours, each by itself."""
    from dataclasses import replace
    from datetime import date

    from bench.filling.base import make_app
    from welfare.core import pdf
    from welfare.core.db import db, expect_writes
    from welfare.core.pdf.marking import pages_in
    from welfare.core.security.crypto import seal
    from welfare.papers.composed import LETTER
    from welfare.papers.documents import letter_job
    from welfare.papers.facts import LetterFacts, Stamp
    from welfare.papers.queries.office import the_office
    from welfare.papers.services.identity import identity_in_force
    from welfare.papers.services.signatures import signed

    stamp = Stamp("ลพ 1/2570", date(2026, 11, 23), "123456789012")
    app = make_app(url)
    app.app_context().push()
    facts = replace(LetterFacts("", "", ""), **FIELDS)
    base = "http://127.0.0.1"
    job = letter_job(LETTER, facts, office=the_office(), base_url=base, stamp=stamp)
    html = pdf.html_for(job.template, job.values)
    _key, identity = identity_in_force()
    db.session.rollback()
    expect_writes(False)  # what is measured here must not keep the server from writing
    drawn = pdf.render(job.template, job.values, drawings=job.drawings)
    ready = signed(drawn, identity, LETTER)
    pdf.warm()
    steps: dict[str, Callable[[], object]] = {
        "drawing": lambda: pdf.render(job.template, job.values, drawings=job.drawings),
        "signing": lambda: signed(drawn, identity, LETTER),
        "sealing": lambda: (seal(ready, purpose="papers.file"), pages_in(ready)),
    }
    return lambda: pdf.bare(html, drawings=job.drawings), steps


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the wall and of processor time."""
    wall, own = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - own) * 1000


def measure(rounds: int) -> dict[str, Any]:
    """All figures, in milliseconds."""
    shutil.rmtree(INSTANCE / "letters", ignore_errors=True)
    (INSTANCE / "letters").mkdir(parents=True)
    url = f"sqlite:///{INSTANCE / 'letters' / 'welfare.db'}"
    _town(url)
    server = Server("bench.app", PORT, url)
    try:
        origin = f"http://127.0.0.1:{PORT}"
        officer = Browser(PORT).sign_in("officer", PASSWORD)
        draw, steps = _bare(url)
        taken: dict[str, list[float]] = {}
        statements = size = 0
        for turn in range(rounds + WARM_UP):
            path, fields = _ready(officer, origin)
            before = spent_ms([server.process.pid])
            answers = _issue(officer, origin, path, fields)
            own = spent_ms([server.process.pid]) - before
            bare = _timed(draw)
            if turn < WARM_UP:
                continue
            wall = sum(answer.ms for answer in answers)
            found = {"wall": wall, "cpu": own, "bare wall": bare[0], "bare cpu": bare[1]}
            found |= {"issue wall": answers[0].ms, "open wall": answers[1].ms}
            found |= {f"{name} cpu": _timed(act)[1] for name, act in steps.items()}
            for name, value in found.items():
                taken.setdefault(name, []).append(value)
            statements = max(statements, *(answer.statements for answer in answers))
            size = len(answers[1].body)
    finally:
        server.stop()
    return {name: statistics.median(values) for name, values in taken.items()} | {
        "rounds": rounds, "statements": statements, "bytes": size,
    }  # fmt: skip


def main() -> int:
    """Print and write down; 1 when the mark is missed."""
    parser = argparse.ArgumentParser(prog="bench.letters")
    parser.add_argument("--rounds", type=int, default=20)
    found = measure(parser.parse_args().rounds)
    ratio = found["cpu"] / found["bare cpu"]
    print(
        f"letter from click to bytes: {found['wall']:.1f} ms by the wall"
        f" ({found['issue wall']:.1f} issuing, {found['open wall']:.1f} opening),"
        f" {found['cpu']:.1f} ms of processor time; WeasyPrint alone {found['bare wall']:.1f} and"
        f" {found['bare cpu']:.1f} ms: {ratio:.2f} times by processor time (mark {MARK}),"
        f" {found['wall'] / found['bare wall']:.2f} by the wall"
    )
    print(
        f"  of it drawing {found['drawing cpu']:.1f}, signing {found['signing cpu']:.1f},"
        f" sealing and counting pages {found['sealing cpu']:.1f} ms;"
        f" at most {found['statements']} statements a request, {found['bytes']:,} bytes"
    )
    OUT.mkdir(parents=True, exist_ok=True)
    Path(OUT / "letters.json").write_text(json.dumps(found | {"ratio": ratio}, indent=1) + "\n")
    return 0 if ratio <= MARK else 1


if __name__ == "__main__":
    sys.exit(main())
