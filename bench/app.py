"""The real application; each answer says in a header how many SQL statements it took."""

from flask import g
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.wrappers import Response

from bench.app_header import HEADER
from wsgi import app


@app.before_request
def _begin() -> None:
    g.bench_statements = 0


app.before_request_funcs[None].insert(0, app.before_request_funcs[None].pop())


@event.listens_for(Engine, "before_cursor_execute")
def _count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    if g and not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
        g.bench_statements = getattr(g, "bench_statements", 0) + 1


@app.after_request
def _tell(response: Response) -> Response:
    response.headers[HEADER] = str(g.bench_statements)
    return response
