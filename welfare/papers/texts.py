"""The language of texts: names, conditions, lists, and nothing else.

    ตามที่ {{ ชื่อผู้รับ }} ขอรับ {{ รายการ }} จำนวน {{ จำนวนที่ขอ | บาท }} บาท
    {% if เหตุผล %}เนื่องจาก {{ เหตุผล }}{% endif %}
    {% for ข้อ in ข้อพิจารณา %}- {{ ข้อ }}
    {% endfor %}

It is Jinja cut down to what its tree may hold: no attributes, calls, arithmetic, assignments,
imports or filters but ours; names and lists only from the given ones; a list inside a list not at
all. So a text ends, and soon: its size times the length of its lists is its cost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeGuard

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from welfare.core.thai.dates import format_long
from welfare.core.thai.money import baht_text, format_baht

MOST_SOURCE = 12_000
MOST_RESULT = 20_000
MOST_LINES = 60
MOST_DEPTH = 24
BLANK = "……………………"
"""What stands where something is not known: to be filled in."""

_SHAPES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Filter, nodes.If,
    nodes.For, nodes.Const, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
_COMPARISONS = frozenset({"eq", "ne"})


class TextFault(ValueError):
    """A text that cannot be taken: ``code`` and ``word`` say why, ``line`` where (from 1)."""

    def __init__(self, code: str, line: int, word: str = "") -> None:
        super().__init__(f"line {line}: {code} {word}")
        self.code, self.line, self.word = code, line, word


def _day(value: object) -> object:
    return format_long(value) if isinstance(value, date) else value


def _baht(value: object) -> object:
    return format_baht(value) if isinstance(value, Decimal | int) else value


def _baht_words(value: object) -> object:
    return baht_text(value) if isinstance(value, Decimal | int) else value


FILTERS = {"วันที่": _day, "บาท": _baht, "บาทเป็นตัวอักษร": _baht_words}


FITTING: dict[str, tuple[type, ...]] = {
    "วันที่": (date,), "บาท": (Decimal, int), "บาทเป็นตัวอักษร": (Decimal, int),
}  # fmt: skip
"""What may be written in each of these ways."""
_SHOWN_AS_TYPED = frozenset({"not_understood", "not_allowed"})
_CLOSED = re.compile(r"\{\{(?:(?!\{[{%]).)*?\}\}|\{%(?:(?!\{[{%]).)*?%\}")
_OPENED = re.compile(r"(\{[{%])(.*)")
_BLOCKS = re.compile(r"\{%[-+]?\s*(if|for|endif|endfor)\b")


def _shown(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        return BLANK
    if isinstance(value, date):
        return format_long(value)
    return format_baht(value) if isinstance(value, Decimal) else value


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        autoescape=False, finalize=_shown, trim_blocks=True, lstrip_blocks=True, cache_size=0
    )
    made.filters.clear()
    made.filters.update(FILTERS)
    made.globals.clear()
    made.tests.clear()
    return made


def check(source: str, *, names: Collection[str], lists: Collection[str]) -> None:
    """Raise ``TextFault`` unless the text says only what it may. Where ``names`` has examples, a
    way of writing must fit them: an amount is not a day."""
    if len(source) > MOST_SOURCE:
        raise TextFault("too_long", source.count("\n") + 1)
    _closed(source)
    try:
        _check(source, names, lists)
    except TextFault as fault:
        if fault.code not in _SHOWN_AS_TYPED:
            raise
        typed = source.splitlines()[fault.line - 1 : fault.line]
        raise TextFault(fault.code, fault.line, "".join(typed).strip()) from None


def _check(source: str, names: Collection[str], lists: Collection[str]) -> None:
    kinds = {name: type(value) for name, value in names.items()} if _has_examples(names) else {}
    try:
        tree = _environment().parse(source)
        _walk(tree, frozenset(names), frozenset(lists), inside=False)
        _fitting(tree, kinds)
    except TemplateSyntaxError as error:
        raise TextFault("not_understood", error.lineno, error.message or "") from None
    except RecursionError:
        raise TextFault("too_deep", 1) from None
    if _depth(tree) > MOST_DEPTH:
        raise TextFault("too_deep", 1)


def _has_examples(names: Collection[str]) -> TypeGuard[Mapping[str, object]]:
    return isinstance(names, Mapping)


def _fitting(tree: nodes.Node, kinds: Mapping[str, type]) -> None:
    """``TextFault`` where something is written as what it is not; what is nowhere named as an
    example, as a line of a list, is plain text."""
    for found in tree.find_all(nodes.Filter) if kinds else ():
        wanted, inner = FITTING.get(found.name, ()), found.node
        if isinstance(inner, nodes.Name):
            fits = issubclass(kinds.get(inner.name, str), wanted)
        else:
            fits = isinstance(inner, nodes.Const) and isinstance(inner.value, wanted)
        if not fits:
            raise TextFault("wrong_filter", found.lineno, found.name)


def _closed(source: str) -> None:
    """``TextFault`` at the line where braces are opened and not closed, or a condition or list has
    no end: Jinja says so of a line further down."""
    waiting: list[tuple[str, int]] = []
    for line, typed in enumerate(source.splitlines(), start=1):
        for opened, rest in _OPENED.findall(_CLOSED.sub("", typed)):
            raise TextFault("unclosed", line, (opened + rest).strip())
        for word in _BLOCKS.findall(typed):
            if word in ("if", "for"):
                waiting.append((word, line))
            elif not waiting or waiting.pop()[0] != word.removeprefix("end"):
                raise TextFault("no_begin", line, word)
    if waiting:
        word, line = waiting[-1]
        raise TextFault("no_end", line, word)


def _depth(tree: nodes.Node) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in node.iter_child_nodes()]
    return deepest


def _walk(node: nodes.Node, names: frozenset[str], lists: frozenset[str], *, inside: bool) -> None:
    line = node.lineno or 1
    if not isinstance(node, _SHAPES):
        raise TextFault("not_allowed", line, type(node).__name__.lower())
    if isinstance(node, nodes.For):
        _walk_list(node, names, lists, inside=inside)
        return
    if isinstance(node, nodes.Name) and node.name not in names:
        raise TextFault("list_as_name" if node.name in lists else "unknown_name", line, node.name)
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or _has_arguments(node)):
        raise TextFault("unknown_filter", line, node.name)
    if isinstance(node, nodes.Operand) and node.op not in _COMPARISONS:
        raise TextFault("not_allowed", line, node.op)
    for child in _children(node, lists):
        _walk(child, names, lists, inside=inside)


def _children(node: nodes.Node, lists: frozenset[str]) -> Iterator[nodes.Node]:
    """What stands inside; of a condition that asks whether a list has lines, not the list."""
    for child in node.iter_child_nodes():
        asked = isinstance(node, nodes.If) and child is node.test
        if not (asked and isinstance(child, nodes.Name) and child.name in lists):
            yield child


def _has_arguments(node: nodes.Filter) -> bool:
    return bool(node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)


def _walk_list(
    node: nodes.For, names: frozenset[str], lists: frozenset[str], *, inside: bool
) -> None:
    if inside or node.recursive or node.test is not None:
        raise TextFault("not_allowed", node.lineno, "for")
    if not isinstance(node.iter, nodes.Name) or node.iter.name not in lists:
        word = node.iter.name if isinstance(node.iter, nodes.Name) else "for"
        raise TextFault("unknown_list", node.lineno, word)
    if not isinstance(node.target, nodes.Name) or node.target.name in lists:
        raise TextFault("not_allowed", node.lineno, "for")
    for child in node.body:
        _walk(child, names | {node.target.name}, lists, inside=True)
    for child in node.else_:
        _walk(child, names, lists, inside=True)


@lru_cache(maxsize=64)
def _template(source: str) -> Template:
    return _environment().from_string(source)


def fill(source: str, values: Mapping[str, object]) -> str:
    """The text with its values; ``TextFault`` where it grows too long. ``source`` was checked."""
    plain = {name: _plain(value) for name, value in values.items()}
    parts: list[str] = []
    size = 0
    for part in _template(source).generate(**plain):
        size += len(part)
        if size > MOST_RESULT:
            raise TextFault("result_too_long", 1)
        parts.append(part)
    return "\n".join(line.strip() for line in "".join(parts).splitlines()).strip()


def _plain(value: object) -> Any:
    """Plain values only: text, numbers, days, and lists of text."""
    if value is None or isinstance(value, str | Decimal | int | date):
        return value
    if isinstance(value, tuple | list):
        return tuple(str(one) for one in value[:MOST_LINES])
    raise TypeError(f"a text cannot speak of a {type(value).__name__}")
