"""The real server in processes of its own, on this machine only, to be killed at any moment."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from config import Settings

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


class Server:
    """gunicorn on a free port of 127.0.0.1, over the database of some settings."""

    def __init__(self, settings: Settings, log: Path, *, application: str = "wsgi:app") -> None:
        self.port = _free_port()
        self._application = application
        self._log = log
        self._environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "WELFARE_DATABASE_URL": settings.sqlalchemy_url,
            "WELFARE_DATA_DIR": str(settings.data_path),
            "WELFARE_SECRET_KEY": settings.secret_key,
            "WELFARE_DATA_KEY": settings.data_key,
            "WELFARE_TRUSTED_PROXIES": "1",
            "PYTHONPATH": str(ROOT),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py",
                 self._application],
                cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
            except OSError:
                if time.monotonic() > deadline or self._over():
                    raise RuntimeError(self._log.read_text()[-3000:]) from None
                time.sleep(0.02)
            else:
                return

    def kill_workers(self) -> None:
        """kill -9 of every process that serves; the first one starts new ones."""
        assert self._process is not None
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)

    def kill_all(self) -> None:
        """kill -9 of the whole server."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _over(self) -> bool:
        return self._process is None or self._process.poll() is not None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
