"""Boxes to tick: the usual ones of a form, some of them ticked."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A box with its words."""

    label: str
    ticked: bool = False


def ticked(labels: tuple[str, ...], chosen: Collection[str] = ()) -> tuple[Choice, ...]:
    """The usual labels with the chosen ones ticked; a chosen one that is not usual comes last."""
    usual = tuple(Choice(label, label in chosen) for label in labels)
    return usual + tuple(Choice(label, True) for label in chosen if label not in labels)
