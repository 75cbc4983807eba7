"""What the domains above say of papers: which kinds there are, and what papers are about.

A kind that a domain registers is issued, numbered, kept, signed, listed and verified like every
other; the domain brings the values and the template.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Select

from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.papers.kinds import Keep, Layout, Secrecy


@dataclass(frozen=True, slots=True)
class Option:
    """A part of a paper that can be left out, or taken in; ``given``: it is there unless asked."""

    name: str
    label_th: str
    label_en: str
    given: bool = True

    def label(self, lang: str) -> str:
        """In words."""
        return self.label_en if lang == "en" else self.label_th


@dataclass(frozen=True, slots=True)
class Preset:
    """A usual choice of parts."""

    label_th: str
    label_en: str
    options: frozenset[str]

    def label(self, lang: str) -> str:
        """In words."""
        return self.label_en if lang == "en" else self.label_th


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
    number_told: bool = False
    """Whether a stranger who verifies one is told that number; those of books are always told."""
    of_course: bool = False
    """Whether it is issued by something else that was done, as a receipt is: lists leave these out
    until they are asked for."""
    public_th: str = ""
    public_en: str = ""
    detail: str = ""
    """Of which of several things in its subject the text speaks, where nobody says."""
    title: str = ""
    body: str = ""
    """Our text, in the language of texts (``texts``), where it is written here."""
    must_say: tuple[str, ...] = ()
    """What its text must not lose, without spaces: grounds, and the way to appeal."""
    writer_reads: bool = False
    """Whether whoever issued it may open it where ``may_open`` would keep others out: it was filled
    with what they may see."""
    once: bool = False
    """Whether one of them at most holds of one thing, as of one handing over."""
    options: tuple[Option, ...] = ()
    presets: tuple[Preset, ...] = ()

    def name(self, lang: str) -> str:
        """Its name in a language."""
        return self.name_en if lang == "en" else self.name_th

    def public_name(self, lang: str) -> str:
        """What a stranger may know of it."""
        if lang == "en":
            return self.public_en or self.name_en
        return self.public_th or self.name_th

    def lost(self, body: str) -> tuple[str, ...]:
        """What a text does not say any more that it must."""
        said = "".join(body.split())
        return tuple(one for one in self.must_say if one not in said)

    @property
    def usual(self) -> frozenset[str]:
        """The parts that are there unless asked otherwise."""
        return frozenset(one.name for one in self.options if one.given)

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
    called: str = ""
    """What people call it, where they do not speak of its number."""

    @property
    def shown(self) -> str:
        """By what a page speaks of it."""
        return self.called or self.number


def no_values(_id: int, _viewer: Viewer, _detail: str) -> Mapping[str, object]:
    """No letter is written about such a thing alone: texts have nothing to speak of."""
    return {}


def tell_nothing(_actor: Viewer, _id: int, _told: Mapping[str, str]) -> None:
    """The thing keeps no history of its own beside the register of papers and the audit."""


@dataclass(frozen=True, slots=True)
class Subject:
    """How a domain answers for its things. All take the viewer and show what they may see.

    ``by_number`` and ``by_id`` raise ``NotFound``; ``visible`` selects the ids of those that the
    viewer may see, ``named`` of those of which lists say to them whom they concern; ``values`` are
    the plain values that texts may speak of (of which one, ``detail`` may say), by the ``names``
    and ``lists`` that are given here with examples; ``tell`` writes a line of its history;
    ``numbers`` says by their ids what those that the viewer may see are called; ``in_use`` selects
    the ids of those that are not settled, whose papers are not destroyed.
    """

    name: str
    by_number: Callable[[str, Viewer], About]
    by_id: Callable[[int, Viewer], About]
    visible: Callable[[Viewer], Select[Any]]
    named: Callable[[Viewer], Select[Any]]
    numbers: Callable[[Collection[int], Viewer], Mapping[int, str]]
    values: Callable[[int, Viewer, str], Mapping[str, object]] = no_values
    tell: Callable[[Viewer, int, Mapping[str, str]], None] = tell_nothing
    names: Mapping[str, object] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_use: Callable[[], Select[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """What whoever reads a paper must be allowed, beside the kind's own rule: rights, and villages
    (``None``: all of them). Kept with the paper as it is issued."""

    rights: frozenset[Permission] = frozenset()
    villages: frozenset[int] | None = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a paper, as its domain fills it now for one viewer: plain values, with nothing
    in them that this viewer may not see.

    ``source``: what in its subject it came from. ``own_number``: the number it carries, where it
    takes none from a book. ``hindrance``: why it cannot be issued now, in words; it can still be
    printed. ``link``: an address of ours behind a QR code in it (the drawing ``link``).
    """

    title: str
    template: str
    values: Mapping[str, object] | object
    recipient: str = ""
    source: str = ""
    own_number: str = ""
    hindrance: str = ""
    link: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    drawings: Mapping[str, bytes] = field(default_factory=dict)
    """Charts of ours, by the names that its template gives them."""
    reads: tuple[tuple[str, str], ...] = ()
    """What is read by printing it, for the audit: kinds and numbers."""
    needs: Needs | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of several things in a subject a sheet is asked of, and with which parts."""

    source: str = ""
    options: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Later:
    """A paper that was issued and is not drawn yet: what was frozen of it (``words``), what it was
    given, and the public address of the program where it is set."""

    words: str
    language: str
    number: str
    dated: date
    code: str
    base_url: str


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote in a letter, as far as rules ask for it."""

    recipient: str
    body: str


Words: TypeAlias = Any
"""Words in the language of whoever reads them; empty: there is nothing to say."""
Objection = Callable[[Kind, About, Written, Viewer], Words]
"""What stands against issuing a letter about a thing, as its domain knows."""
Fill = Callable[[About, Asked, Viewer], Sheet]
"""Fills the sheet of a kind about a thing that the viewer may see; ``NotFound`` where there is
nothing to fill it from."""
Blank = Callable[[], Sheet]
"""The sheet with nothing in it, to be filled by hand."""
DrawLater = Callable[[Later], bytes]
"""Draws what was issued, from nothing but what was frozen."""
MayOpen = Callable[[str, Viewer], bool]
"""Whether a viewer may read all that stands in a paper, given what it came from."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A kind with what its domain does for it. ``may_open``: who may read the file, where seeing
    what it is about is not enough. ``fill``: how it is filled from what is known, for kinds that
    are not written at the desk; ``blank``: to be filled by hand; ``later``: how it is drawn, where
    it is issued first and drawn afterwards; ``hindered``: why one that was written at the desk
    cannot be issued; ``warned``: what whoever issues it must have seen first."""

    kind: Kind
    may_open: MayOpen | None = None
    fill: Fill | None = None
    blank: Blank | None = None
    later: DrawLater | None = None
    hindered: Objection | None = None
    warned: Objection | None = None


T = TypeVar("T")
_registered: dict[str, Registered] = {}
_subjects: dict[str, Subject] = {}


def register_kind(
    kind: Kind,
    may_open: MayOpen | None = None,
    *,
    fill: Fill | None = None,
    blank: Blank | None = None,
    later: DrawLater | None = None,
    hindered: Objection | None = None,
    warned: Objection | None = None,
) -> None:
    """Let there be a kind of paper; the application does so at its start. What the words mean:
    :class:`Registered`."""
    _registered[kind.code] = Registered(kind, may_open, fill, blank, later, hindered, warned)


def registered(code: str) -> Registered:
    """The kind of this code with what is done for it; ``NotFound`` when there is none."""
    if code not in _registered:
        raise NotFound
    return _registered[code]


def hindrance_of(kind: Kind, about: About | None, written: Written, viewer: Viewer) -> Words:
    """Why a paper of this kind, so written, cannot be issued about this; empty: it can."""
    ask = registered(kind.code).hindered
    return ask(kind, about, written, viewer) if ask and about else ""


def warning_of(kind: Kind, about: About | None, written: Written, viewer: Viewer) -> Words:
    """What must be known before a paper of this kind is issued about this; empty: nothing."""
    ask = registered(kind.code).warned
    return ask(kind, about, written, viewer) if ask and about else ""


def later_of(code: str) -> DrawLater:
    """How a paper of this kind is drawn after it was issued; ``NotFound`` where it is not."""
    return _there(registered(code).later)


def fill_of(code: str) -> Fill:
    """How sheets of this kind are filled; ``NotFound`` where it has none."""
    return _there(registered(code).fill)


def blank_of(code: str) -> Blank:
    """The empty sheet of this kind; ``NotFound`` where it has none."""
    return _there(registered(code).blank)


def _there(what: T | None) -> T:
    if what is None:
        raise NotFound
    return what


def kinds_drawn_later() -> list[str]:
    """The codes of the kinds that are issued first and drawn afterwards."""
    return [code for code, one in _registered.items() if one.later is not None]


def blank_kinds() -> list[Kind]:
    """Those of which there is an empty form."""
    return [one.kind for one in _registered.values() if one.blank is not None]


def filled_kinds() -> list[Kind]:
    """Those that are filled from what is known."""
    return [one.kind for one in _registered.values() if one.fill is not None]


def register_subject(subject: Subject) -> None:
    """Let papers be about something; the application does so at its start."""
    _subjects[subject.name] = subject


def kinds() -> list[Kind]:
    """All kinds, in the order in which they were registered."""
    return [one.kind for one in _registered.values()]


def may_open(kind: Kind, source: str, viewer: Viewer) -> bool:
    """Whether a viewer who may see what a paper is about may read all that stands in it."""
    guard = registered(kind.code).may_open
    return guard is None or guard(source, viewer)


def kind_of(code: str) -> Kind:
    """The kind of this code; ``NotFound`` when there is none."""
    return registered(code).kind


def subject_of(name: str) -> Subject:
    """Who answers for things of this name; ``NotFound`` when nobody does."""
    if name not in _subjects:
        raise NotFound
    return _subjects[name]


def subjects() -> list[Subject]:
    """All of them."""
    return list(_subjects.values())
