"""A PostgreSQL cluster of the benchmark's own: kept in a directory, durable, gone from the air when
the benchmark ends."""

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

OWNER = "postgres"
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "timezone": "UTC",
    "max_connections": "60",
}
"""As one would set it up for a municipality; fsync and synchronous_commit stay on, as installed."""


@dataclass
class Cluster:
    """A running cluster."""

    port: int
    pid: int
    process: subprocess.Popen[bytes] | None
    """None: it ran before and goes on."""

    def url(self, database: str) -> str:
        """The address of one of its databases, for SQLAlchemy."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = OWNER) -> psycopg.Connection:
        """A connection of the superuser's that commits each statement."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=OWNER, dbname=database, autocommit=True
        )

    def databases(self) -> set[str]:
        """The names of the databases there are."""
        with self.connect() as connection:
            return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}

    def stop(self) -> None:
        """End the server; what it holds stays in its directory."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)


def start(home: Path) -> Cluster:
    """Start the cluster in a directory, making it first if there is none."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(home, OWNER)
    home.chmod(0o700)
    if not (home / "PG_VERSION").exists():
        _run([str(programs / "initdb"), "-D", str(home), "-U", OWNER, "--locale=C.UTF-8",
              "--encoding=UTF8", "--auth=trust"])  # fmt: skip
    running = _running(home)
    if running is not None:
        return running
    port = _free_port()
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    process = subprocess.Popen(
        _as_owner([str(programs / "postgres"), "-D", str(home), "-p", str(port), "-k", "/tmp",
                   *settings]),
        stdout=subprocess.DEVNULL,
        stderr=(home.parent / "postgres.log").open("ab"),
        start_new_session=True,
    )  # fmt: skip
    cluster = Cluster(port, process.pid, process)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            cluster.connect().close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return cluster


def _running(home: Path) -> Cluster | None:
    """The cluster of this directory when it runs already (another benchmark, a long filling)."""
    try:
        lines = (home / "postmaster.pid").read_text().splitlines()
        cluster = Cluster(int(lines[3]), int(lines[0]), None)
        cluster.connect().close()
    except (OSError, IndexError, ValueError, psycopg.OperationalError):
        return None
    return cluster


def _as_owner(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    # setpriv and not runuser: the signal that ends it must reach the server itself.
    return ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--init-groups", *command]


def _run(command: list[str]) -> None:
    subprocess.run(_as_owner(command), check=True, stdout=subprocess.DEVNULL, cwd="/tmp")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
