"""What a choice of workers does to everybody's load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from welfare.core.web.forms import Form
from welfare.dispatch.queries import Ranking


@dataclass(frozen=True, slots=True)
class Effect:
    """What a worker carries now and would carry then."""

    name: str
    before: int
    after: int
    cases: int


def effects_of(rankings: Sequence[Ranking], chosen: Mapping[str, int]) -> list[Effect]:
    """Who would carry how much, those whom it changes first."""
    loads: dict[int, tuple[str, int]] = {}
    extra: dict[int, list[int]] = {}
    for ranking in rankings:
        for one in ranking.ranked:
            loads[one.member.id] = (one.member.name, one.load.weight)
            if chosen[ranking.case.number] == one.member.id:
                extra.setdefault(one.member.id, []).append(one.extra)
    found = [
        Effect(name, weight, weight + sum(extra.get(one, ())), len(extra.get(one, ())))
        for one, (name, weight) in loads.items()
    ]
    return sorted(found, key=lambda effect: (-effect.cases, effect.name))


def sent() -> MultiDict[str, str]:
    """What was chosen: in the form that was sent, else in the address."""
    return request.form if request.method == "POST" else request.args


def wants_effect(form: Form) -> bool:
    """Whether a form in order was sent to see what it would do: the answer is a page of its own,
    so that going back to it does not ask to send anything again."""
    return request.method == "POST" and request.form.get("do") == "effect" and form.sent()
