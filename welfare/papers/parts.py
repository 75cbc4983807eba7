"""What the domains above say of papers: which kinds there are, and what papers are about.

A kind that a domain registers is issued, numbered, kept, signed, listed and verified like every
other; the domain brings the values and the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.papers.kinds import Keep, Layout, Secrecy


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper. ``public_th`` and ``public_en`` are what a stranger reads who verifies
    one: where the name would say something of a person, they say less.

    ``issues``: who may issue it, besides seeing what it is about. ``about``: of what subjects it
    may be ("" stands for none).
    """

    code: str
    name_th: str
    name_en: str
    issues: frozenset[Permission]
    layout: Layout = Layout.OWN
    series: str | None = None
    about: tuple[str, ...] = ("case",)
    secrecy: Secrecy = Secrecy.NORMAL
    keep: Keep = Keep.TEN_YEARS
    given_out: bool = True
    numbered_by_others: bool = False
    """Whether it carries the number of what it is about, and takes none from a book."""
    public_th: str = ""
    public_en: str = ""
    detail: str = ""
    """Of which of several things in its subject the text speaks, where nobody says."""
    title: str = ""
    body: str = ""
    """Our text, in the language of texts (``texts``), where it is written here."""

    def name(self, lang: str) -> str:
        """Its name in a language."""
        return self.name_en if lang == "en" else self.name_th

    def public_name(self, lang: str) -> str:
        """What a stranger may know of it."""
        if lang == "en":
            return self.public_en or self.name_en
        return self.public_th or self.name_th

    @property
    def composed(self) -> bool:
        """Whether it is written at the desk, as a letter or memo."""
        return self.layout is not Layout.OWN


@dataclass(frozen=True, slots=True)
class About:
    """A thing that a paper is about, as the viewer may know it."""

    subject: str
    id: int
    number: str
    title: str
    url: str
    may_write: bool = False
    may_issue: bool = False
    secrecy: Secrecy = Secrecy.NORMAL


@dataclass(frozen=True, slots=True)
class Subject:
    """How a domain answers for its things. All take the viewer and show what they may see.

    ``by_number`` and ``by_id`` raise ``NotFound``; ``visible`` selects the ids of those that the
    viewer may see, ``named`` of those of which lists say to them whom they concern; ``values`` are
    the plain values that texts may speak of (of which one, ``detail`` may say), by the ``names``
    and ``lists`` that are given here with examples; ``tell`` writes a line of its history.
    """

    name: str
    by_number: Callable[[str, Viewer], About]
    by_id: Callable[[int, Viewer], About]
    visible: Callable[[Viewer], Select[Any]]
    named: Callable[[Viewer], Select[Any]]
    values: Callable[[int, Viewer, str], Mapping[str, object]]
    tell: Callable[[Viewer, int, Mapping[str, str]], None]
    names: Mapping[str, object]
    lists: Mapping[str, tuple[str, ...]]


_kinds: dict[str, Kind] = {}
_subjects: dict[str, Subject] = {}


def register_kind(kind: Kind) -> None:
    """Let there be a kind of paper; the application does so at its start."""
    _kinds[kind.code] = kind


def register_subject(subject: Subject) -> None:
    """Let papers be about something; the application does so at its start."""
    _subjects[subject.name] = subject


def kinds() -> list[Kind]:
    """All kinds, in the order in which they were registered."""
    return list(_kinds.values())


def kind_of(code: str) -> Kind:
    """The kind of this code; ``NotFound`` when there is none."""
    if code not in _kinds:
        raise NotFound
    return _kinds[code]


def subject_of(name: str) -> Subject:
    """Who answers for things of this name; ``NotFound`` when nobody does."""
    if name not in _subjects:
        raise NotFound
    return _subjects[name]


def subjects() -> list[Subject]:
    """All of them."""
    return list(_subjects.values())
