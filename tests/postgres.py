"""A PostgreSQL cluster to throw away: own directory, free port, gone when the tests are."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

OWNER = "postgres"
START_SECONDS = 120

# Ends the cluster as soon as the process it was made for is gone, however that ended.
_KEEPER = """
set -eu
export LC_ALL=C.UTF-8
"$BIN/initdb" -D "$HOME_DIR/data" -U postgres --locale=C.UTF-8 --encoding=UTF8 --auth=trust \
    --no-sync >"$HOME_DIR/initdb.log" 2>&1
"$BIN/postgres" -D "$HOME_DIR/data" -p "$PORT" -k "$HOME_DIR" \
    -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c autovacuum=off -c shared_buffers=64MB -c max_connections=60 \
    -c max_wal_size=512MB -c timezone=UTC >"$HOME_DIR/postgres.log" 2>&1 &
server=$!
alive() {
    kill -0 "$server" 2>/dev/null || return 1
    case "$(sed -n 's/^State:[[:space:]]*//p' "/proc/$WATCHED/status" 2>/dev/null)" in
        ''|Z*) return 1 ;;
    esac
}
while alive; do sleep 0.5; done
kill -INT "$server" 2>/dev/null || true
wait "$server" || true
rm -rf "$HOME_DIR"
"""


@dataclass(frozen=True)
class Cluster:
    """Where a running cluster is."""

    port: int

    def url(self, database: str) -> str:
        """The address of one of its databases, for SQLAlchemy."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = OWNER) -> psycopg.Connection:
        """A connection of the superuser's that commits each statement."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=OWNER, dbname=database, autocommit=True
        )

    def create(self, database: str, *, template: str = "template0") -> None:
        """Make a database, as a copy of another unless told otherwise."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')


def start(*, watched: int) -> Cluster:
    """Start a cluster that lives as long as the process `watched`; RuntimeError if it cannot."""
    home = Path(tempfile.mkdtemp(prefix="welfare-pg-"))
    port = _free_port()
    command = ["sh", "-c", _KEEPER]
    if os.geteuid() == 0:
        shutil.chown(home, OWNER)
        command = ["runuser", "-u", OWNER, "--", *command]
    process = subprocess.Popen(
        command,
        env={
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "BIN": str(_newest_bin()),
            "HOME_DIR": str(home),
            "PORT": str(port),
            "WATCHED": str(watched),
        },
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    cluster = Cluster(port)
    _wait(cluster, process, home)
    process.returncode = 0  # it outlives this process: nobody here waits for it
    return cluster


def _wait(cluster: Cluster, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            cluster.connect().close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                logs = "\n".join(path.read_text() for path in home.glob("*.log"))
                raise RuntimeError(
                    f"PostgreSQL did not start as {getpass.getuser()}:\n{logs}"
                ) from error
            time.sleep(0.05)
        else:
            return


def _newest_bin() -> Path:
    """The folder of the newest installed server's programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: int(path.parts[-3]),
    )
    if found:
        return found[-1].parent
    elsewhere = shutil.which("postgres")
    if elsewhere is None:
        raise RuntimeError("no PostgreSQL server here: scripts/bootstrap test installs it")
    return Path(elsewhere).resolve().parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
