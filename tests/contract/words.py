"""Which language a page speaks: words left behind from the other one."""

import re
from html.parser import HTMLParser

ALLOWED = frozenset(
    [
        "umong",
        "welfare",
        "english",
        "pdf",
        "qr",
        "jpg",
        "jpeg",
        "png",
        "webp",
        "heic",
        "mb",
        "kb",
        "gps",
        "line",
        "sms",
        "id",
        "moo",
        "a",
        "a+",
        "a++",
        "th",
        "en",
        "app",
        "excel",
        "csv",
        "barthel",
        "adl",
        "mso",
        "logbook",
        "tpmap",
        "toilet",
        "use",
        "g",
        "c",
        "h",
        "p",
        "v",
        "um",
        "sha",
        "enter",
        "esc",
        "ctrl",
        "flask",
        "wsgi",
        "worker",
        "backup",
        "file",
        "public",
        "system",
        "orn",
        "kan",
        "ton",
        "malee",
        "anan",
        "aek",
        "wan",
        "noi",
        "pim",
    ]
)
"""Latin words that stand in Thai pages rightly: names, formats, and letters of numbers."""

_SKIPPED = frozenset({"script", "style", "template", "svg", "datalist", "code", "option"})


class _Text(HTMLParser):
    """The words that a reader meets, without what people typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in ("aria-label", "title", "placeholder", "alt"):
            self._keep(given.get(name) or "")
        if tag in _SKIPPED or given.get("lang"):
            if tag != "html":
                self._inside.append(tag)
        elif self._inside and tag == self._inside[-1]:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def _keep(self, text: str) -> None:
        if not self._inside and text.strip():
            self.found.append(text.strip())


def _texts(page: str) -> list[str]:
    parser = _Text()
    parser.feed(page)
    return parser.found


def english_in(page: str) -> list[str]:
    """Texts of a Thai page that hold two English words or more in a row."""
    return [text for text in _texts(page) if _left_english(text)]


def _left_english(text: str) -> bool:
    without = re.sub(r"\S*[@/_.]\S*|x[x-]+\d[\d-]*|\b[A-Z]+\d*-\d[\d-]*\b", " ", text)
    words = [word for word in re.findall(r"[A-Za-z]{3,}", without) if word.lower() not in ALLOWED]
    return len(words) >= 2 or (len(words) == 1 and words[0] == text)


def thai_in(page: str, typed: str) -> list[str]:
    """Texts of an English page with Thai in them that nobody of the town typed or is called;
    ``typed`` is all that they did."""
    found = []
    for text in _texts(page):
        runs = [_untitled(run) for run in re.findall(r"[\u0e01-\u0e4e]+", text)]
        if any(len(run) > 3 and run not in typed for run in runs):
            found.append(text)
    return found


def _untitled(name: str) -> str:
    """A name without the title that is written to it."""
    for title in ("นางสาว", "นาง", "นาย", "เด็กชาย", "เด็กหญิง"):
        if name.startswith(title):
            return name.removeprefix(title)
    return name
