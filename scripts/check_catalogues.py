"""Is every text that people see there in Thai, once, and with the same placeholders?

Texts are taken from the code and the templates; the Thai from `welfare/translations/th/*.po`, one
file a domain. Prints what is wrong, a line each, and exits 1 when anything is.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import denormalize, read_po

ROOT = Path(__file__).resolve().parent.parent
THAI = ROOT / "welfare/translations/th"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*([a-zA-Z])|%(?!\()([#0\- +]*[\d.]*[sdifr%])")
THAI_LETTER = re.compile(r"[\u0e01-\u0e5b]")

Key = tuple[str | None, str]


def used_texts() -> dict[Key, str]:
    """Every translatable text, with its context, and the first place that uses it."""
    used: dict[Key, str] = {}
    for folder, method in ((ROOT / "welfare", "python"), (ROOT / "templates", "jinja2")):
        pattern = "**.py" if method == "python" else "**"
        found = extract_from_dir(
            folder,
            method_map=[(pattern, method)],
            options_map={pattern: {"trimmed": "true", "silent": "false"}},
            keywords=KEYWORDS,
        )
        for name, line, text, _comments, context in found:
            msgid = text if isinstance(text, str) else text[0]
            place = f"{(folder / name).relative_to(ROOT)}:{line}"
            used.setdefault((context, msgid), place)
    return used


def entries(path: Path) -> Iterator[Message]:
    """The messages of one catalogue, without its header."""
    with path.open("rb") as file:
        for message in read_po(file, locale="th"):
            if message.id:
                yield message


def repeated(path: Path) -> Iterator[str]:
    """Texts that one catalogue holds twice (reading it would silently keep one)."""
    seen: set[tuple[str, str]] = set()
    blocks = re.findall(
        r'^(?:msgctxt ((?:".*"\s*)+))?msgid ((?:".*"\s*)+)', path.read_text("utf-8"), re.MULTILINE
    )
    for context, msgid in blocks:
        key = (denormalize(context.strip()) if context else "", denormalize(msgid.strip()))
        if key in seen:
            yield key[1]
        seen.add(key)


def placeholders(text: str) -> set[str]:
    """The names (or plain letters) that are filled into a text."""
    return {name or plain for name, _letter, plain in PLACEHOLDER.findall(text)} - {"%"}


def faults(message: Message, place: str) -> Iterator[str]:
    """What is wrong with one entry as it stands."""
    singular = message.id if isinstance(message.id, str) else message.id[0]
    texts = [message.string] if isinstance(message.string, str) else list(message.string)
    wanted = placeholders(message.id if isinstance(message.id, str) else message.id[-1])
    if THAI_LETTER.search(singular):
        yield f"{place}: the msgid must be English: {singular!r}"
    for text in texts:
        if text and placeholders(text) != wanted:
            yield f"{place}: other placeholders in Thai than in {singular!r}"


def catalogue_problems(known: dict[Key, str]) -> Iterator[str]:
    """Faults within and between the catalogues; fills `known` with what has a Thai text."""
    where: dict[Key, list[str]] = defaultdict(list)
    for path in sorted(THAI.glob("*.po")):
        place = str(path.relative_to(ROOT))
        yield from (f"{place}: twice in this file: {text!r}" for text in repeated(path))
        for message in entries(path):
            singular = message.id if isinstance(message.id, str) else message.id[0]
            key = (message.context, singular)
            where[key].append(place)
            yield from faults(message, place)
            filled = message.string if isinstance(message.string, str) else all(message.string)
            if filled and not message.fuzzy:
                known[key] = place
    for (_context, text), places in where.items():
        if len(places) > 1:
            yield f"{' and '.join(places)}: {text!r} stands in each"


def main() -> int:
    """Print every problem; 1 when there is one."""
    known: dict[Key, str] = {}
    problems = list(catalogue_problems(known))
    problems += [
        f"{place}: no Thai for {key[1]!r}"
        for key, place in sorted(used_texts().items(), key=lambda item: item[1])
        if key not in known
    ]
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
