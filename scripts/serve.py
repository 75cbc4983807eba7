"""The whole application on this machine: database, demonstration data, server, worker.

The application is read once; each part then runs in a copy of this process, which is why the first
page is there within seconds. Each copy has a session of its own, so that Ctrl-C reaches this
process alone and the others are asked to finish what they are at. A worker that falls is started
again; when the server ends, everything ends, with its exit code.
"""

import ctypes
import gc
import os
import signal
import sys
import time
import traceback
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
PRODUCTION = os.environ.get("WELFARE_ENV") == "production"
SIGNALS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
FINISH_SECONDS = 12
WORKER_PAUSE_SECONDS = 5
TELL_WHEN_PARENT_ENDS = 1  # prctl's PR_SET_PDEATHSIG

Part = Callable[[], object]


class Stop(Exception):
    """Somebody asked for the end."""


def stop(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into the end of the main loop; further ones are ignored."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise Stop


# --- the parts ---------------------------------------------------------------------------------


def command(*words: str) -> Part:
    """What `flask --app wsgi …` would run, without reading the application again."""

    def run() -> object:
        from flask.cli import FlaskGroup, ScriptInfo

        from wsgi import app

        group = FlaskGroup(create_app=lambda: app)
        return group.main(
            list(words),
            prog_name="flask",
            obj=ScriptInfo(create_app=lambda: app, set_debug_flag=False),
        )

    return run


def serve() -> None:
    """Gunicorn, with the settings of gunicorn.conf.py."""
    from gunicorn.app.wsgiapp import run

    sys.argv = ["gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
    run()


# --- processes ---------------------------------------------------------------------------------


def start(part: Part) -> int:
    """Run a part in a copy of this process; its process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    return pid or _become(part)


def _become(part: Part) -> NoReturn:
    code = 1
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(TELL_WHEN_PARENT_ENDS, signal.SIGTERM)
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        part()
        code = 0
    except SystemExit as asked:
        code = asked.code if isinstance(asked.code, int) else bool(asked.code)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def exit_code(pid: int, *, wait: bool = False) -> int | None:
    """How a process ended; None while it runs."""
    ended, status = os.waitpid(pid, 0 if wait else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def finish(pids: list[int]) -> None:
    """Ask processes to end; end them and what they started if they take too long."""
    running = list(pids)
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + FINISH_SECONDS
    while running and time.monotonic() < deadline:
        running = [pid for pid in running if exit_code(pid) is None]
        time.sleep(0.05)
    for pid in running:
        os.killpg(pid, signal.SIGKILL)
        exit_code(pid, wait=True)


# --- the whole ---------------------------------------------------------------------------------


def prepare(running: dict[str, int]) -> int:
    """Bring the database up to date and fill an empty one; 0 when that went well."""
    steps = [command("db", "upgrade")]
    if not PRODUCTION:
        steps.append(command("demo", "load", "--if-empty"))
    for step in steps:
        running["preparation"] = start(step)
        code = exit_code(running["preparation"], wait=True)
        del running["preparation"]
        if code:
            return code
    return 0


def answers() -> bool:
    """Whether the server answers at all, be it with an error page."""
    try:
        urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def announce() -> None:
    """Print the address and, outside production, who can sign in."""
    print(f"\n  Open {ADDRESS}    (Ctrl-C ends it)\n", flush=True)
    if not PRODUCTION:
        exit_code(start(command("demo", "accounts")), wait=True)


def watch(running: dict[str, int]) -> int:
    """Keep server and worker going; the server's exit code when it ends."""
    announced = False
    worker_due = 0.0
    while (code := exit_code(running["server"])) is None:
        if not announced and answers():
            announce()
            announced = True
        if announced and "worker" not in running and time.monotonic() >= worker_due:
            running["worker"] = start(command("worker"))
        elif "worker" in running and (ended := exit_code(running["worker"])) is not None:
            print(f"The worker ended ({ended}); it is started again.", file=sys.stderr)
            del running["worker"]
            worker_due = time.monotonic() + WORKER_PAUSE_SECONDS
        time.sleep(0.3 if announced else 0.05)
    del running["server"]
    return code


def main() -> int:
    """Run until the server ends or somebody asks for the end."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    for number in SIGNALS:
        signal.signal(number, stop)
    running: dict[str, int] = {}
    try:
        import wsgi  # noqa: F401  # read once, before the copies are made

        gc.freeze()
        code = prepare(running)
        if not code:
            running["server"] = start(serve)
            code = watch(running)
    except Stop:
        code = 0
    finally:
        finish(list(running.values()))
    return code


if __name__ == "__main__":
    sys.exit(main())
