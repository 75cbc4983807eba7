"""What the domains above put on the page of a case: a query and a template for each slot; what
they know to be still open when it is closed; what dates ask for; by what ways, beside the desk,
they can tell somebody that a deadline needs them; and which rules they keep, with what each did
and whether it can run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from welfare.cases.kinds import Channel, Fault, RuleKind
from welfare.core.security.permissions import Viewer

SLOTS = ("people", "complaints", "assignments", "visits", "referrals", "papers")
"""The places of the page in their order."""

Loader = Callable[[int, Viewer], Any]
"""``loader(case_id, viewer)`` returns plain values for the template, or something empty."""


@dataclass(frozen=True, slots=True)
class Part:
    """A filled place of the page: ``content`` is what the template knows as ``part``."""

    slot: str
    template: str
    content: Any


_parts: dict[str, tuple[Loader, str]] = {}


def register_part(slot: str, loader: Loader, template: str) -> None:
    """Fill a slot of the case page; the application does it once at its start."""
    if slot not in SLOTS:
        raise ValueError(f"the case page has no place called {slot}")
    _parts[slot] = (loader, template)


def load_parts(case_id: int, viewer: Viewer) -> list[Part]:
    """All filled slots for one case, in the order of the page."""
    filled = []
    for slot in SLOTS:
        if slot in _parts:
            loader, template = _parts[slot]
            filled.append(Part(slot, template, loader(case_id, viewer)))
    return filled


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something still open when a case is to be closed, in words, and where it is settled.

    ``hinders``: the case cannot be closed before it is settled; otherwise whoever closes says
    that they know of it.
    """

    text: str
    url: str = ""
    hinders: bool = False
    failed: str = ""
    """The name of a check that could not be made: whoever closes looks for themselves."""


Duties = Callable[[Any], Any]
"""``loader(which)``: a SELECT of ``queries.work_lines.duty_line`` over open cases for which the
condition ``which`` on ``Case`` holds; it joins ``Case``."""

_duties: dict[str, Duties] = {}


def register_duties(name: str, loader: Duties) -> None:
    """Derive something to be done from dates; the application does so at its start."""
    _duties[name] = loader


def duties_of(which: Any) -> list[Any]:
    """One SELECT for each of those, for the cases asked for."""
    return [loader(which) for loader in _duties.values()]


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """Something looked at before a case is closed, as one text that the database makes, so that
    all checks stand in one statement; who asks may see the case.

    ``packed(case_id)``: a scalar expression of that text, for the id of a case, itself a number or
    an expression. ``read(text)``: what is open by it, in words.
    """

    packed: Callable[[Any], Any]
    read: Callable[[str], Sequence[OpenMatter]]


_closing: dict[str, ClosingCheck] = {}


def register_closing_check(name: str, check: ClosingCheck) -> None:
    """Have something looked at before a case is closed; the application does so at its start."""
    _closing[name] = check


def closing_checks() -> Mapping[str, ClosingCheck]:
    """What is looked at before a case is closed, by name."""
    return _closing


Reach = Callable[[int], bool]
"""Whether a channel reaches the member of staff with this id now."""

_channels: dict[Channel, tuple[Reach, Callable[[], bool]]] = {}


def register_channel(channel: Channel, reaches: Reach, offered: Callable[[], bool]) -> None:
    """Offer a way to tell staff, where ``offered`` says that it is there. What is to be told
    stands in the outbox (``case.escalated``, with its channel and the ids of those who are told),
    for whoever keeps the channel to send."""
    _channels[channel] = (reaches, offered)


def reaches(channel: Channel, user_id: int) -> bool:
    """Whether somebody can be told that way; everybody who signs in has a desk."""
    if channel is Channel.DESK:
        return True
    return is_offered(channel) and _channels[channel][0](user_id)


def is_offered(channel: Channel) -> bool:
    """Whether a channel is there at all."""
    known = _channels.get(channel)
    return channel is Channel.DESK or (known is not None and known[1]())


@dataclass(frozen=True, slots=True)
class Fired:
    """What a rule did: last when, of what (a number, empty where of nothing alone), how often in
    thirty days, how often of these somebody else had to; ``fault``: of the last time."""

    at: datetime | None = None
    of: str = ""
    count: int = 0
    fell_back: int = 0
    fault: Fault | None = None


NEVER = Fired()


@dataclass(frozen=True, slots=True)
class RuleState:
    """One rule as the administrator sees it. ``name`` and ``about`` are words of the request's
    language; ``fault``: why it cannot run; ``url``: where it is changed."""

    key: str
    kind: RuleKind
    name: str
    about: str = ""
    url: str = ""
    active: bool = True
    fault: Fault | None = None
    fault_at: datetime | None = None
    fired: Fired = NEVER

    @property
    def red(self) -> bool:
        """Whether it is in use and cannot do as it says."""
        return self.active and self.fault is not None


RulesLoader = Callable[[Mapping[str, Fired]], Sequence[RuleState]]
"""``loader(fired)`` returns the rules of a domain; ``fired``: what is noted, by rule key."""

_rules: dict[str, tuple[RuleKind, RulesLoader]] = {}


def register_rules(name: str, kind: RuleKind, loader: RulesLoader) -> None:
    """Have the rules of a domain stand on the administrator's page."""
    _rules[name] = (kind, loader)


def rule_loaders() -> Mapping[str, tuple[RuleKind, RulesLoader]]:
    """All that were registered."""
    return _rules
