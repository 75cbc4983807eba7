"""How long an import of 15,000 rows takes, and how much memory: `python -m bench.imports`.

A made-up list goes into an empty registry; then a second one, of which a third stands there
already, a third stands there without its number and misspelt, and a third is new. Each step runs
in a process of its own, whose largest memory is read when it ends.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

ROWS = 15_000
MOST_SECONDS = 60.0
MOST_MEGABYTES = 500
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
    use = resource.getrusage(resource.RUSAGE_SELF)
    own = use.ru_maxrss // 1024
    took = f"{took:.1f} {use.ru_utime + use.ru_stime:.1f}"
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(number, took, own, child, file.status.value, file.fault or "-", file.counts, file.report)
"""


def step(what: str, arg: str, environment: dict[str, str]) -> str:
    """One step in a process of its own; prints its figures, gives the number of the import."""
    done = subprocess.run(
        [sys.executable, "-c", STEP, what, arg],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    number, seconds, cpu, own, child, state, fault, *rest = done.stdout.split(maxsplit=7)
    mark = ""
    if what == "check":
        good = float(seconds) < MOST_SECONDS and max(int(own), int(child)) < MOST_MEGABYTES
        mark = "ok" if good else "MISSED"
    figures = f"{seconds:>6} s ({cpu} s of work)  {own:>4} MB + reader {child:>4} MB"
    print(f"{what:8} {figures}  {state} {fault} {' '.join(rest).strip()} {mark}")
    return number


def main() -> None:
    """Both lists, every step."""
    parser = argparse.ArgumentParser(prog="bench.imports")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument(
        "--url", default="", help="database; SQLite in a temporary folder by default"
    )
    asked = parser.parse_args()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="bench-imports-") as folder:
        environment = {**os.environ, "WELFARE_DATA_DIR": folder, "WELFARE_DATABASE_URL": asked.url}
        for command in (("db", "upgrade"), ("setup",)):
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "wsgi", *command],
                env=environment,
                check=True,
                capture_output=True,
            )
        known = people(chance, asked.rows)
        path = Path(folder) / "list.xlsx"
        print(f"{asked.rows} rows of {len(HEADERS)} columns; load {os.getloadavg()[0]:.1f}")
        for rows in (known, second(chance, known)):
            began = time.monotonic()
            write(path, rows)
            took = time.monotonic() - began
            print(f"a file of {path.stat().st_size / 1e6:.1f} MB, made in {took:.1f} s")
            number = step("upload", str(path), environment)
            step("check", number, environment)
            step("apply", number, environment)
        step("undo", number, environment)
    print(f"largest child {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
