"""How gunicorn serves the application; the environment decides port and number of processes."""

import gc
import os
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


def when_ready(_server: Any) -> None:
    """Load the pages, and keep all that out of the collector's way: every process shares it."""
    from welfare.core.web.jinja import load_templates
    from wsgi import app

    load_templates(app)
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
