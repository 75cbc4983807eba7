"""Several processes that draw at once, each kept warm: for batches, registers and long papers.

    with Presses() as presses:
        for made in presses.draw_all(jobs):
            …

Each process may hold so much memory and no more; one that runs past its time is ended from outside,
together with what it was drawing, and another takes its place. Used by the worker, never while a
request waits. What goes in and comes out are plain values and bytes.
"""

import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Self

from welfare.core.pdf.errors import PaperError, PaperTooLarge, PaperTooSlow
from welfare.core.pdf.limits import Limits

MEMORY = 900_000_000
"""Bytes of data one drawing process may hold."""

_GRACE = 5.0
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to be drawn: a template with plain values, as `pdf.render` takes them."""

    template: str
    values: Mapping[str, object] | object
    lang: str = "th"
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    drawings: Mapping[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    by_columns: bool = False
    """As in `pdf.render`."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of one job, by its place in the order given: the PDF, or why there is none."""

    place: int
    pdf: bytes = b""
    error: PaperError | None = None
    worked: float = 0.0
    """Seconds of processor time."""


class Presses:
    """A number of drawing processes; `count` is the number of cores when not given.

    `prepare` is called once in each process before it draws (to hand over a seal of the
    municipality's own, say): a function of a module, or a `partial` of one with plain values.
    """

    def __init__(
        self,
        count: int | None = None,
        *,
        memory: int = MEMORY,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        self.count = count or os.cpu_count() or 1
        self._prepare = prepare
        self._memory = memory
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def draw(self, job: Job) -> bytes:
        """One paper in a process of its own; `PaperError` when it could not be made."""
        drawn = next(iter(self.draw_all([job])))
        if drawn.error is not None:
            raise drawn.error
        return drawn.pdf

    def draw_all(self, jobs: Iterable[Job]) -> Iterator[Drawn]:
        """Each job's paper, in the order given; one that fails says so and holds up no other.

        Jobs are taken from `jobs` only a few ahead, so that thousands need no memory.
        """
        waiting: list[tuple[int, Job, Future[tuple[bytes, float]]]] = []
        try:
            for place, job in enumerate(jobs):
                waiting.append((place, job, self._send(job)))
                if len(waiting) > self.count * _AHEAD:
                    yield self._await(waiting)
            while waiting:
                yield self._await(waiting)
        finally:  # whoever wants no more of them leaves none behind
            for _place, _job, future in waiting:
                future.cancel()

    def _send(self, job: Job) -> Future[tuple[bytes, float]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self._memory, self._prepare),
            )
        return self._pool.submit(_draw, job)

    def _await(self, waiting: list[tuple[int, Job, Future[tuple[bytes, float]]]]) -> Drawn:
        """The first of those that wait; when its process had to be ended, the others begin anew."""
        place, job, future = waiting.pop(0)
        # Others may stand before it, each with its own time, and a new process wakes up first.
        patience = (job.limits.seconds + _GRACE) * (1 + _AHEAD) + _GRACE
        try:
            drawn = _result(place, future, patience)
        except NotYet:
            self._end()
            drawn = Drawn(place, error=PaperTooSlow(f"more than {job.limits.seconds} seconds"))
        except BrokenProcessPool:
            self._end()
            drawn = self._alone(place, job, patience)
        if self._pool is None:
            for nr, (other, its_job, _broken) in enumerate(waiting):
                waiting[nr] = (other, its_job, self._send(its_job))
        return drawn

    def _alone(self, place: int, job: Job, patience: float) -> Drawn:
        """Once more with nothing beside it: was it this one that broke the process?"""
        try:
            return _result(place, self._send(job), patience)
        except (NotYet, BrokenProcessPool):
            self._end()
            return Drawn(place, error=PaperTooLarge("its process ended: out of memory"))

    def _end(self) -> None:
        """End every process now, whatever it does."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(cancel_futures=True)


def _result(place: int, future: Future[tuple[bytes, float]], patience: float) -> Drawn:
    try:
        made, worked = future.result(timeout=patience)
    except PaperError as error:
        return Drawn(place, error=error)
    return Drawn(place, made, worked=worked)


def _begin(memory: int, prepare: Callable[[], None] | None) -> None:
    """In each process, once: hold its memory and load fonts and style."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    from welfare.core import pdf

    if prepare is not None:
        prepare()
    pdf.warm()


def _draw(job: Job) -> tuple[bytes, float]:
    """In a process: draw one; `PaperError` says why not."""
    from welfare.core import pdf

    started = time.process_time()
    try:
        made = pdf.render(
            job.template, job.values, lang=job.lang, pictures=job.pictures, drawings=job.drawings,
            limits=job.limits, by_columns=job.by_columns,
        )  # fmt: skip
    except MemoryError:
        raise PaperTooLarge("out of memory") from None
    return made, time.process_time() - started
