"""Memory of this process and all that it started, as the machine has to give it.

Sampled from the kernel's own account (`/proc/<pid>/smaps_rollup`): of pages that several processes
share each is charged its share (PSS), so the sum counts nothing twice. Adding up the most that each
ever held counts shared pages for each, and peaks that never met.
"""

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_PROC = Path("/proc")


class Watched:
    """While this block lasts: `most` is the largest sum met, in bytes, `samples` how often."""

    def __init__(self, every: float = 1.0) -> None:
        self.most = 0
        self.samples = 0
        self._every = every
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(self._every):
            self.most = max(self.most, held())
            self.samples += 1


def held(root: int | None = None) -> int:
    """Bytes that a process (this one) and its descendants hold now."""
    import os

    return sum(_share(pid) for pid in _family(root or os.getpid()))


def _family(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, []))
    return found


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _share(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    started = time.perf_counter()
    print(f"{held() / 1e6:.1f} MB, asked in {(time.perf_counter() - started) * 1000:.1f} ms")
