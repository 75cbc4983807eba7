"""What is asked for, and by which mark it is judged."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import quote

from bench.client import Answer, Browser
from bench.filling.rows import HITS, RARE

ROWS, INSERT = "rows", "insert"


@dataclass
class Action:
    """One thing that people do. ``ask`` returns the answers it took: a form's page and its POST.

    ``mark``: how many times the bare view's p50 it may take; ``against``: which bare view.
    """

    name: str
    ask: Callable[[], list[Answer]]
    mark: float | None
    against: str = ROWS
    times: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    bare_cpu: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0
    rps: float = 0.0

    def once(self) -> None:
        """Do it once and note what it took."""
        answers = self.ask()
        self.times.append(sum(answer.ms for answer in answers))
        self.statements = max(self.statements, *(answer.statements for answer in answers))
        self.size = max(self.size, *(len(answer.body) for answer in answers))


WORKLISTS = {
    "worklist": "",
    "worklist: state": "?status=working",
    "worklist: category": "?category=housing",
    "worklist: village": "?village=4",
    "worklist: worker": "?assignee=caseworker1",
    "worklist: nobody's": "?assignee=none",
    "worklist: urgent": "?priority=urgent",
    "worklist: overdue": "?overdue=1",
    "worklist: overdue in a village": "?overdue=1&village=4",
    "worklist: closed": "?status=closed",
    "worklist: all of a village and category": "?status=all&village=4&category=housing",
    "worklist: closed of a worker": "?status=closed&assignee=caseworker2",
    "worklist: opened in a month": "?opened={month}",
    "worklist: closed in a month": "?closed={month}",
    "worklist: closed in a month in a village": "?closed={month}&village=4",
    "worklist: closed in a month of a worker": "?closed={month}&assignee=caseworker2",
    "worklist: all, newest": "?status=all&sort=newest",
}
SEARCHES = {
    "search: rare phrase": RARE,
    "search: common word": "หลังคา",
    "search: two words": "ผู้สูงอายุ รั่ว",
    "search: nothing found": "ไม่มีคำนี้ในที่ใดเลย",
}
WORKLIST_MARK, SEARCH_MARK, PAGE_MARK, FILING_MARK = 12.0, 30.0, 16.0, 16.0


@dataclass
class Stage:
    """Who is signed in, and which cases are opened."""

    officer: Browser
    manager: Browser
    caseworker: Browser
    limited: Browser
    citizen: Browser
    numbers: list[str]
    month: str
    addresses: "cycle[str]" = field(
        default_factory=lambda: cycle(
            f"10.{a}.{b}.{c}" for a in range(4) for b in range(250) for c in range(250)
        )
    )


def actions(stage: Stage) -> list[Action]:
    """Everything that is measured, in the order in which it is asked."""
    numbers = cycle(stage.numbers)
    made = [
        Action(name, _page(stage.officer, f"/desk/cases{query.format(month=stage.month)}"),
               WORKLIST_MARK)
        for name, query in WORKLISTS.items()
    ]  # fmt: skip
    made += [
        Action("worklist: a caseworker's own", _page(stage.caseworker, "/desk/cases"),
               WORKLIST_MARK),
        Action("worklist: an officer of two villages", _page(stage.limited, "/desk/cases"),
               WORKLIST_MARK),
    ]  # fmt: skip
    made += [
        Action(name, _page(stage.officer, f"/desk/cases?q={quote(words)}"), SEARCH_MARK)
        for name, words in SEARCHES.items()
    ]
    made += [
        Action("open a case", lambda: [_well(stage.officer.get(f"/desk/cases/{next(numbers)}"))],
               PAGE_MARK),
        Action("manager's page", _page(stage.manager, "/desk/reports"), PAGE_MARK),
        Action("file a complaint", lambda: _file(stage), FILING_MARK, against=INSERT),
    ]  # fmt: skip
    return made


def _page(browser: Browser, path: str) -> Callable[[], list[Answer]]:
    return lambda: [_well(browser.get(path))]


def _well(answer: Answer, status: int = 200) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"answered {answer.status} instead of {status}:\n{answer.text[:1500]}")
    return answer


FILING = {
    "step": "send",
    "kind": "request",
    "category": "housing",
    "description": "หลังคาบ้านยายรั่วทุกครั้งที่ฝนตก นอนไม่ได้ทั้งคืน อยากให้มาดูและช่วยซ่อม",
    "subject_name": "ยายคำ ใจดี",
    "subject_phone": "0812345678",
    "house_no": "12/1",
    "village": "4",
    "landmark": "ใกล้วัด",
    "reporter_name": "สมชาย ใจดี",
    "reporter_phone": "0898765432",
    "relationship": "family",
    "consent": "y",
}


def _file(stage: Stage) -> list[Answer]:
    """The form and its sending; each from an address of its own, as the throttle counts those."""
    browser, address = stage.citizen, next(stage.addresses)
    form = _well(browser.get("/requests/new", **{"X-Forwarded-For": address}))
    fields = form.hidden() | FILING
    sent = browser.post(
        "/requests/new", fields,
        **{"X-Forwarded-For": address, "Origin": f"http://127.0.0.1:{browser.port}"},
    )  # fmt: skip
    return [form, _well(sent, 303)]


def found_of_rare(browser: Browser) -> int:
    """How many different cases the search of the rare phrase brings up, page after page."""
    import re

    found: set[str] = set()
    path: str | None = f"/desk/cases?q={quote(RARE)}"
    while path:
        page = _well(browser.get(path)).text
        found |= set(re.findall(r'href="/desk/cases/(C\d+-\d+-\d)', page))
        older = re.search(r'<a[^>]*rel="next"[^>]*href="([^"]*)"', page)
        path = older[1].replace("&amp;", "&") if older else None
        if len(found) > HITS:
            break
    return len(found)
