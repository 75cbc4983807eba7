"""How gunicorn serves the application; the environment decides port and number of processes."""

import gc
import os
import threading
from importlib import import_module
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
# One request at a time is fastest on few cores, but browsers open connections ahead of need and
# leave them idle: a few threads keep those from holding up a whole process.
worker_class = "gthread"
threads = 4
preload_app = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
timeout = 60
graceful_timeout = 10
keepalive = 15
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "umong-welfare"
control_socket_disable = True
limit_request_line = 8190


def when_ready(_server: Any) -> None:
    """Load the pages, and keep all that out of the collector's way: every process shares it."""
    from welfare.core.web.jinja import load_templates
    from wsgi import app

    load_templates(app)
    _speak_plainly(app)
    if os.environ.get("WELFARE_ENV") == "production":
        import_module("welfare.core.pdf.engine")
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """Forget connections opened before the fork: two processes must never share one."""
    from wsgi import app

    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose(close=False)


def post_worker_init(_worker: Any) -> None:
    """Wake the engine of papers beside the first requests, so that the first paper is quick."""
    wait = 0.0 if os.environ.get("WELFARE_ENV") == "production" else 5.0
    timer = threading.Timer(wait, lambda: import_module("welfare.core.pdf").warm())
    timer.daemon = True
    timer.start()


def _speak_plainly(app: Any) -> None:
    """What the server itself turns away gets our words, not its own."""
    from gunicorn import util

    from welfare.core.web.bare import bare_page

    pages = {status: bare_page(app, status).encode() for status in (400, 414, 431, 500)}

    def write_error(sock: Any, status_int: int, reason: str, _message: str) -> None:
        body = pages.get(status_int, pages[400 if status_int < 500 else 500])
        head = (
            f"HTTP/1.1 {status_int} {reason}\r\nConnection: close\r\n"
            "Content-Type: text/html; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
            "Content-Security-Policy: default-src 'none'\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        util.write_nonblock(sock, head.encode("ascii") + body)

    util.write_error = write_error
