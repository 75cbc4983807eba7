"""Asking in turn: every action, then the bare view, round after round; then all at once."""

import statistics
import threading
import time
from collections.abc import Callable

from bench.actions import INSERT, ROWS, Action
from bench.client import Browser
from bench.processor import spent_ms

CONNECTIONS = 4


def quantile(values: list[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def bare_asking(browser: Browser) -> dict[str, Callable[[], float]]:
    """The two bare views, by name; each returns milliseconds."""
    words = {"words": "หลังคาบ้านยายรั่วทุกครั้งที่ฝนตก" * 3}
    return {
        ROWS: lambda: browser.get("/rows").ms,
        INSERT: lambda: browser.post("/insert", words).ms,
    }


def measure(actions: list[Action], bare: Browser, rounds: int, parents: list[int]) -> None:
    """Interleaved rounds: what the machine does meanwhile hits both alike.

    ``parents``: the processes whose children's processor time is noted beside.
    """
    asking = bare_asking(bare)
    for action in actions:
        for _ in range(4):
            action.ask()
        asking[action.against]()
    for _ in range(rounds):
        for action in actions:
            before = spent_ms(parents)
            action.once()
            between = spent_ms(parents)
            action.bare.append(asking[action.against]())
            action.cpu.append(between - before)
            action.bare_cpu.append(spent_ms(parents) - between)


def cpu_ratio(action: Action) -> float:
    """The same of the processor time."""
    return statistics.median(action.cpu) / max(statistics.median(action.bare_cpu), 0.01)


def ratio(action: Action) -> float:
    """The action's p50 to the bare view's, asked in the same rounds."""
    return statistics.median(action.times) / statistics.median(action.bare)


def requests_per_second(asks: list[Callable[[], object]], seconds: float) -> float:
    """How often all of these together get an answer, each over a connection of its own."""
    done = [0] * len(asks)
    until = time.perf_counter() + seconds

    def run(place: int) -> None:
        while time.perf_counter() < until:
            asks[place]()
            done[place] += 1

    started = time.perf_counter()
    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - started)


def gear() -> float:
    """Milliseconds of a fixed loop: which gear the machine is in."""
    started = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number * number % 7
    return (time.perf_counter() - started) * 1000
