"""How long an import of 15,000 rows takes, and how much memory: `python -m bench.imports`.

A made-up list goes into an empty registry; then a second one, of which a third stands there
already, a third stands there without its number and misspelt, and a third is new. Each step runs
in a process of its own: its memory is weighed with that of its children, and somebody else tries to
write all the while. A part of `make bench`.
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

ROWS = 15_000
MOST_SECONDS = 60.0
MOST_MEGABYTES = 500
"""All processes of the step together."""
MOST_WAIT = 8.0
"""Seconds for which others may wait for the write lock of SQLite."""
HEADERS = (
    "ลำดับ",
    "เลขบัตรประชาชน",
    "คำนำหน้า",
    "ชื่อ",
    "สกุล",
    "เพศ",
    "วันเดือนปีเกิด",
    "รหัสประจำบ้าน",
    "บ้านเลขที่",
    "หมู่ที่",
    "สถานะในครัวเรือน",
    "เบอร์โทรศัพท์",
    "อาชีพ",
    "รายได้ต่อเดือน",
    "ประเภทความพิการ",
    "บัตรสวัสดิการแห่งรัฐ",
    "สถานภาพ",
    "ตำบล",
    "อำเภอ",
    "จังหวัด",
    "ศาสนา",
    "โรคประจำตัว",
    "กรุ๊ปเลือด",
    "ผู้สำรวจ",
    "หมายเหตุ",
)
MONTHS = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)


def people(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Made-up people in houses of three."""
    from welfare.core.thai.identity import check_digit
    from welfare.demo.corpus import load, surnames

    given = [
        name
        for sex in ("male", "female")
        for group in load("given_names")[sex].values()
        for name in group.split()
    ]
    family = surnames()
    found = []
    for place in range(count):
        twelve = f"3{chance.randrange(10**11):011d}"
        found.append(
            {
                "id": twelve + check_digit(twelve),
                "title": chance.choice(("นาย", "นาง", "นางสาว")),
                "first": chance.choice(given),
                "last": chance.choice(family),
                "birth": date(
                    chance.randrange(1930, 2020), chance.randrange(1, 13), chance.randrange(1, 29)
                ),
                "house": f"{place // 3 + 1}/{place % 7 + 1}" if place % 3 == 0 else "",
                "village": place // 3 % 11 + 1,
                "phone": f"08{chance.randrange(10**8):08d}",
            }
        )
        if place % 3:
            found[-1]["house"] = found[-2]["house"]
    return found


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """The list as an office would keep it, with the usual mess."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("ข้อมูล")
    sheet.write_row(0, 0, ["ทะเบียนประชากร เทศบาลตำบล"])
    sheet.write_row(2, 0, HEADERS)
    for place, one in enumerate(rows):
        birth, head = one["birth"], place % 3 == 0
        text = f"{birth.day} {MONTHS[birth.month - 1]} {birth.year + 543}"
        sheet.write_row(
            3 + place,
            0,
            [
                place + 1,
                one["id"],
                one["title"],
                one["first"],
                one["last"],
                "ชาย" if one["title"] == "นาย" else "หญิง",
                text,
                "",
                one["house"],
                one["village"],
                "เจ้าบ้าน" if head else "ผู้อาศัย",
                one["phone"],
                "เกษตรกร",
                4500,
                "",
                "มี",
                "สมรส",
                "อุโมงค์",
                "เมืองลำพูน",
                "ลำพูน",
                "พุทธ",
                "ความดันโลหิตสูง",
                "O",
                "อสม. หมู่ที่ 4",
                "",
            ],
        )
    book.close()


def second(chance: random.Random, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A third as they are, a third misspelt and without number, a third new."""
    third = len(known) // 3
    blurred = [
        {**one, "id": "", "first": one["first"][:-1] + chance.choice("์นร"), "birth": one["birth"]}
        for one in known[third : 2 * third]
    ]
    return [*known[:third], *blurred, *people(chance, len(known) - 2 * third)]


STEP = """
import resource, sys, time
from wsgi import app
from welfare.core.db import db
from welfare.households.services.imports import preparing, deciding, working
from welfare.households.queries.imports.pages import import_file
with app.app_context():
    began = time.monotonic()
    what, arg = sys.argv[1:]
    actor = working.PROGRAM
    if what == "upload":
        from pathlib import Path
        held = preparing.upload(actor=actor, path=Path(arg), file_name="list.xlsx")
        number = held.number
        db.session.commit()
    elif what == "check":
        number = arg
        file = import_file(arg, viewer=actor)
        from welfare.households.queries.imports.pages import find_import
        held = find_import(arg, viewer=actor)
        layout = preparing.Layout(tuple(held.sheets), None, held.mapping, None, held.fill_down)
        db.session.rollback()
        preparing.check(actor=actor, number=arg, version=file.version, layout=layout)
        db.session.commit()
        working.work_on_imports()
    elif what == "apply":
        number = arg
        version = import_file(arg, viewer=actor).version
        held = preparing.ask_for_approval(actor=actor, number=arg, version=version)
        db.session.commit()
        deciding.approve(actor=actor, number=arg, version=held.version)
        db.session.commit()
        working.work_on_imports()
    else:
        number = arg
        version = import_file(arg, viewer=actor).version
        deciding.ask_undo(actor=actor, number=arg, version=version, reason="bench")
        db.session.commit()
        working.work_on_imports()
    took = time.monotonic() - began
    db.session.expire_all()
    file = import_file(number, viewer=actor)
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    took = f"{took:.1f} {sum(use.ru_utime + use.ru_stime for use in uses):.1f}"
    print(number, took, file.status.value, file.fault or "-", file.counts, file.report)
"""


class Watch:
    """What others see of a step: the memory of all its processes at once, and for how long the
    one write lock of SQLite was not to be had."""

    def __init__(self, process: int, database: Path | None) -> None:
        self.process, self.database = process, database
        self.megabytes, self.waited = 0.0, 0.0
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._weigh)]
        if database is not None:
            self._threads.append(threading.Thread(target=self._write))
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """The step is over."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _weigh(self) -> None:
        while not self._ended.wait(0.05):
            self.megabytes = max(self.megabytes, sum(map(_resident, _family(self.process))))

    def _write(self) -> None:
        """Somebody else who saves again and again."""
        other = sqlite3.connect(str(self.database), timeout=300, isolation_level=None)
        while not self._ended.wait(0.02):
            began = time.monotonic()
            other.execute("BEGIN IMMEDIATE")
            self.waited = max(self.waited, time.monotonic() - began)
            other.execute("ROLLBACK")
        other.close()


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    try:
        found = [int(child) for child in children.read_text().split()]
    except OSError:
        return []
    return [process, *(one for child in found for one in _family(child))]


def _resident(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def step(what: str, arg: str, environment: dict[str, str], missed: list[str]) -> str:
    """One step in a process of its own; prints its figures, gives the number of the import."""
    own = not environment["WELFARE_DATABASE_URL"]
    database = Path(environment["WELFARE_DATA_DIR"]) / "welfare.db" if own else None
    process = subprocess.Popen(
        [sys.executable, "-c", STEP, what, arg],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = Watch(process.pid, database)
    said, faults = process.communicate()
    watch.end()
    if process.returncode:
        raise SystemExit(faults[-2000:])
    number, seconds, cpu, state, fault, *rest = said.split(maxsplit=5)
    wrong = what == "check" and float(seconds) >= MOST_SECONDS
    wrong |= watch.megabytes >= MOST_MEGABYTES
    wrong |= what in ("apply", "undo") and watch.waited >= MOST_WAIT
    lock = f"others waited {watch.waited:>4.1f} s" if own else ""
    figures = f"{seconds:>6} s ({cpu} s of work) {watch.megabytes:>4.0f} MB  {lock}"
    mark = "MISSED" if wrong else "ok"
    print(f"{mark:6} {what:8} {figures}  {state} {fault} {' '.join(rest).strip()}", flush=True)
    if wrong:
        missed.append(f"import: {what}")
    return number


def measure(rows: int = ROWS, url: str = "") -> list[str]:
    """Both lists, every step; what missed its mark."""
    chance, missed = random.Random(7), list[str]()
    with tempfile.TemporaryDirectory(prefix="bench-imports-") as folder:
        environment = {**os.environ, "WELFARE_DATA_DIR": folder, "WELFARE_DATABASE_URL": url}
        for command in (("db", "upgrade"), ("setup",)):
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "wsgi", *command],
                env=environment,
                check=True,
                capture_output=True,
            )
        known = people(chance, rows)
        path = Path(folder) / "list.xlsx"
        print(f"\nImport: {rows} rows of {len(HEADERS)} columns; load {os.getloadavg()[0]:.1f}")
        for some in (known, second(chance, known)):
            write(path, some)
            print(f"a file of {path.stat().st_size / 1e6:.1f} MB")
            number = step("upload", str(path), environment, missed)
            step("check", number, environment, missed)
            step("apply", number, environment, missed)
        step("undo", number, environment, missed)
    return missed


def main() -> int:
    """From the command line; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="bench.imports")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument(
        "--url", default="", help="database; SQLite in a temporary folder by default"
    )
    asked = parser.parse_args()
    return 1 if measure(asked.rows, asked.url) else 0


if __name__ == "__main__":
    sys.exit(main())
