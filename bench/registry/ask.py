"""Asking the search at the server, each query several times, and how long it takes."""

import statistics
from dataclasses import dataclass, field
from urllib.parse import quote

from bench.client import Browser
from bench.measuring import quantile
from bench.places import PASSWORD, ROOT
from bench.processor import spent_ms
from bench.server import Server

LIST = ROOT / "tests/integration/households/search/queries.tsv"
PAGES = {"people": "/desk/people?q=", "households": "/desk/households?q="}
WHO = ("officer", "limited")


@dataclass
class Asked:
    """One query on one page, by one of the staff: what each time took, in milliseconds."""

    query: str
    page: str
    who: str
    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Milliseconds on a processor, of server and database: what a busy machine cannot blur."""
    statements: int = 0
    failed: int = 0


def queries() -> list[str]:
    """The list that the tests hold against their oracle, and names of this town's own."""
    from bench.registry.names import given, surnames

    found = []
    for line in LIST.read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            text = line.partition("\t")[0]
            text = text.encode("latin-1", "backslashreplace").decode("unicode_escape")
            found.append(text.format(kham="P-000077-3", kham_plain="p0000773", house_5="H-000005-5")
                         if "{" in text else text)  # fmt: skip
    men, last = given()["m"], surnames()
    found += [f"{men[place]} {last[place * 7]}" for place in range(0, 40, 5)]
    return list(dict.fromkeys(found))


def ask(url: str, rounds: int, port: int, database: int = 0) -> list[Asked]:
    """Every query on every page by everybody, so many rounds; the first does not count.

    ``database``: the process of PostgreSQL, whose children's work counts too.
    """
    server = Server("bench.app", port, url)
    parents = [server.process.pid, *([database] if database else [])]
    try:
        browsers = {who: Browser(port).sign_in(who, PASSWORD) for who in WHO}
        todo = [Asked(query, page, who) for query in queries() for page in PAGES for who in WHO]
        for turn in range(rounds + 1):
            for one in todo:
                before = spent_ms(parents)
                answer = browsers[one.who].get(PAGES[one.page] + quote(one.query))
                one.failed += answer.status not in (200, 302)
                one.statements = max(one.statements, answer.statements)
                if turn:
                    one.times.append(answer.ms)
                    one.cpu.append(spent_ms(parents) - before)
        return todo
    finally:
        server.stop()


def told(asked: list[Asked], title: str, mark: float) -> bool:
    """Print what it took; whether the mark is kept by every page and everybody."""
    kept = True
    print(f"\n{title}: p95 of all queries, to be under {mark:.0f} ms at the server")
    for page in PAGES:
        for who in WHO:
            part = [one for one in asked if one.page == page and one.who == who]
            times = [ms for one in part for ms in one.times]
            busy = [ms for one in part for ms in one.cpu]
            slowest = max(part, key=lambda one: statistics.median(one.cpu))
            p95 = quantile(times, 0.95)
            worst = statistics.median(slowest.cpu)
            kept &= p95 < mark and not any(one.failed for one in part)
            print(
                f"  {page:<10} {who:<8} p50 {statistics.median(times):6.1f}  p95 {p95:6.1f}"
                f"  processor p50 {statistics.median(busy):5.1f}  p95 {quantile(busy, 0.95):5.1f}"
                f"  dearest {worst:5.1f} ms ({slowest.query!r})"
                f"  SQL {max(one.statements for one in part)}"
                f"  {'kept' if p95 < mark else 'MISSED'}"
            )
    return kept
