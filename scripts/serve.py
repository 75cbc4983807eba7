"""Server and background worker side by side, until Ctrl-C; says where they can be reached.

Each child runs in a session of its own, so that Ctrl-C reaches this program alone and both are
asked to finish what they are at. The worker is started again should it fall; when the server ends,
everything ends, with its exit code.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

BIN = Path(sys.executable).parent
SERVER = [str(BIN / "gunicorn"), "--config", "gunicorn.conf.py", "wsgi:app"]
WORKER = [str(BIN / "flask"), "--app", "wsgi", "worker"]
ACCOUNTS = [str(BIN / "flask"), "--app", "wsgi", "demo", "accounts"]
FINISH_SECONDS = 12
WORKER_PAUSE_SECONDS = 5


class Stop(Exception):
    """Somebody asked for the end."""


def stop(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into the end of the main loop; a second one is ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stop


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child that the terminal's Ctrl-C does not reach."""
    return subprocess.Popen(command, start_new_session=True)


def answers(address: str) -> bool:
    """Whether the server answers at all, be it with an error page."""
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def announce(address: str) -> None:
    """Print the address and, outside production, who can sign in."""
    print(f"\n  Open {address}    (Ctrl-C ends it)\n", flush=True)
    if os.environ.get("WELFARE_ENV", "development") != "production":
        subprocess.run(ACCOUNTS, check=False)


def watch(children: dict[str, subprocess.Popen[bytes]], address: str) -> int:
    """Keep both going; return the server's exit code when it ends."""
    announced = False
    worker_due = 0.0
    while children["server"].poll() is None:
        if not announced and answers(address):
            announce(address)
            announced = True
        if children["worker"].poll() is not None:
            now = time.monotonic()
            if not worker_due:
                code = children["worker"].returncode
                print(f"The worker ended ({code}); starting it again.", file=sys.stderr)
                worker_due = now + WORKER_PAUSE_SECONDS
            elif now >= worker_due:
                children["worker"] = start(WORKER)
                worker_due = 0.0
        time.sleep(0.5 if announced else 0.05)
    return children["server"].returncode


def finish(child: subprocess.Popen[bytes]) -> None:
    """Wait for a child that was asked to end; end it and its own children if it does not."""
    try:
        child.wait(FINISH_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def main() -> int:
    """Run until the server ends or somebody asks for the end."""
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children["server"] = start(SERVER)
        children["worker"] = start(WORKER)
        code = watch(children, address)
    except Stop:
        code = 0
    finally:
        for child in children.values():
            if child.poll() is None:
                child.terminate()
        for child in children.values():
            finish(child)
    return code


if __name__ == "__main__":
    sys.exit(main())
