"""The bare view that everything is measured against: Flask, one indexed query, 50 rows, one table.

No session, no rights, no layout, no object mapper: what the machine can do at best with the same
framework, database and server. Writing is one row, committed to the disk.
"""

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, render_template, request
from jinja2 import DictLoader

URL = os.environ["WELFARE_DATABASE_URL"]
ROWS = (
    "SELECT number, title, status, village_no, due_at FROM cases"
    " WHERE closed_at IS NULL ORDER BY due_at, id LIMIT 50"
)
TABLE = """<!doctype html><title>Cases</title><table>
{% for number, title, status, village, due in rows %}
<tr><td><a href="/cases/{{ number }}">{{ number }}</a></td><td>{{ title }}</td>
<td>{{ status }}</td><td>{{ village }}</td><td>{{ due }}</td></tr>
{% endfor %}
</table>"""

app = Flask(__name__)
app.jinja_loader = DictLoader({"rows.html": TABLE})  # compiled once, as files are
_kept = threading.local()


def connection() -> Any:
    """This thread's connection, with the application's own settings of durability."""
    if not hasattr(_kept, "connection"):
        _kept.connection = _sqlite() if URL.startswith("sqlite") else _postgres()
    return _kept.connection


def _sqlite() -> sqlite3.Connection:
    from welfare.core.db.engine import SQLITE_PRAGMAS

    opened = sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        opened.execute(pragma)
    return opened


def _postgres() -> psycopg.Connection:
    return psycopg.connect(URL.replace("+psycopg", ""), autocommit=True)


@app.get("/rows")
def rows() -> str:
    """Fifty rows in a table."""
    return render_template("rows.html", rows=connection().execute(ROWS).fetchall())


@app.post("/insert")
def insert() -> str:
    """One row, committed."""
    mark = "?" if URL.startswith("sqlite") else "%s"
    connection().execute(
        f"INSERT INTO bench_bare (words) VALUES ({mark})", (request.form["words"],)
    )
    return "written"


@app.get("/healthz")
def healthz() -> str:
    """The process lives."""
    return "ok"
