"""Gunicorn processes, started as in production, and what they cost."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.places import INSTANCE, OUT, PASSWORD, ROOT

WORKERS = 2


class Server:
    """A gunicorn with the application's own configuration; ``bare`` or the real program."""

    def __init__(self, module: str, port: int, database_url: str) -> None:
        OUT.mkdir(parents=True, exist_ok=True)
        self.port = port
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "PYTHONPATH": str(ROOT),
            "WELFARE_ENV": "development",
            "WELFARE_DATA_DIR": str(INSTANCE),
            "WELFARE_DATABASE_URL": database_url,
            "WELFARE_DEMO_PASSWORD": PASSWORD,
            "WELFARE_TRUSTED_PROXIES": "1",
            "PORT": str(port),
            "WEB_CONCURRENCY": str(WORKERS),
            "LC_ALL": "C.UTF-8",
        }
        self.log = OUT / f"{module.rsplit('.', 1)[-1]}.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"),
             f"{module}:app"],
            env=environment, cwd=ROOT, start_new_session=True,
            stdout=self.log.open("wb"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
            except (urllib.error.URLError, OSError):
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-2000:]}")

    def peak_mb(self) -> float:
        """The largest worker's peak of memory in use, in MB."""
        peaks = [0.0]
        for path in Path("/proc").glob("[0-9]*/status"):
            try:
                text = path.read_text()
            except OSError:
                continue
            facts = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
            if int(facts.get("PPid", 0)) == self.process.pid and "VmHWM" in facts:
                peaks.append(int(facts["VmHWM"].split()[0]) / 1024)
        return max(peaks)

    def stop(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
