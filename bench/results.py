"""The figures: as a table with their marks, and as a file."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Figure:
    """One line. ``mark`` is the ratio that may not be passed (0: for information)."""

    name: str
    database: str
    cases: int
    p50_ms: float
    p95_ms: float
    rps: float
    statements: int
    ratio: float
    mark: float
    bytes: int = 0
    bare_p50_ms: float = 0.0
    cpu_ms: float = 0.0
    cpu_ratio: float = 0.0

    @property
    def met(self) -> bool:
        """Whether it keeps its mark, and the one of statements."""
        fits = self.statements <= MOST_STATEMENTS
        return (not self.mark or self.ratio <= self.mark) and fits


MOST_STATEMENTS = 12
GROWTH = 1.2
KEYS = ("name", "database", "cases", "p50_ms", "p95_ms", "rps", "statements", "ratio")


def table(figures: list[Figure]) -> str:
    """The figures of one database and size, a line each."""
    lines = [
        f"  {'':40} {'p50':>7} {'p95':>7} {'req/s':>6} {'SQL':>4} {'kB':>5}"
        f" {'ratio':>6} {'mark':>5} {'cpu ms':>7} {'ratio':>6}"
    ]
    for one in figures:
        mark = f"{one.mark:5.1f}" if one.mark else "    –"
        said = "" if not one.mark else "met" if one.met else "MISSED"
        lines.append(
            f"  {one.name:40} {one.p50_ms:7.1f} {one.p95_ms:7.1f} {one.rps:6.0f} {one.statements:4}"
            f" {one.bytes / 1000:5.0f} {one.ratio:6.1f} {mark}"
            f" {one.cpu_ms:7.1f} {one.cpu_ratio:6.1f} {said}"
        )
    return "\n".join(lines)


def growth(figures: list[Figure]) -> list[tuple[str, str, float, bool]]:
    """Name, database, how many times the ratio at the smaller size the larger one takes, kept."""
    sizes = sorted({one.cases for one in figures if one.cases})
    if len(sizes) < 2:
        return []
    by = {(one.name, one.database, one.cases): one for one in figures}
    found: list[tuple[str, str, float, bool]] = []
    for (name, database, cases), small in by.items():
        large = by.get((name, database, sizes[-1]))
        if cases == sizes[0] and large is not None and small.ratio:
            times = large.ratio / small.ratio
            found.append((name, database, times, times <= GROWTH))
    return found


def write(figures: list[Figure], details: dict[str, object], out: Path) -> None:
    """`results.json`, with the keys the issue names, and `details.json` with the rest."""
    out.mkdir(parents=True, exist_ok=True)
    plain = [{key: asdict(one)[key] for key in KEYS} for one in figures]
    (out / "results.json").write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n")
    whole = details | {"figures": [asdict(one) | {"met": one.met} for one in figures]}
    (out / "details.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")
