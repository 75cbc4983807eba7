"""How far a long job has come, for a page that asks: beside the database, since the one transaction
of the job shows nothing of itself until it ends. Numbers only; a lost file is a lost number."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from welfare.core.storage import files

STALE_SECONDS = 60
"""After this many seconds without a word a job is taken to have stopped."""


@dataclass(frozen=True, slots=True)
class Progress:
    """``stage`` is a word of the job; ``done`` of ``total``; ``alive``: heard of lately."""

    stage: str
    done: int
    total: int
    alive: bool

    @property
    def percent(self) -> int:
        """0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def note_progress(job: str, stage: str, done: int, total: int) -> None:
    """Say how far it has come; ``job`` is letters and digits."""
    path = _path(job)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps([stage, done, total]))
    os.replace(draft, path)


def progress_of(job: str) -> Progress | None:
    """The last that was said; ``None`` where nothing is known."""
    path = _path(job)
    try:
        stage, done, total = json.loads(path.read_text())
        alive = time.time() - path.stat().st_mtime < STALE_SECONDS
    except (FileNotFoundError, ValueError):
        return None
    return Progress(stage, done, total, alive)


def forget_progress(job: str) -> None:
    """The job is over."""
    _path(job).unlink(missing_ok=True)


def _path(job: str) -> Path:
    if not job.isalnum():
        raise ValueError("a job is named by letters and digits")
    return files.root() / "progress" / job


@contextmanager
def alone(job: str) -> Iterator[bool]:
    """Whether nobody else on this machine works on this job; a killed process lets go at once."""
    path = _path(job).with_suffix(".lock")
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
