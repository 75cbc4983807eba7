"""Pictures of the municipality's own (its seal) in the place of ours of the same name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

StandIn = Callable[[str], bytes | None]
"""The picture for a name of an asset; ``None`` where ours is to be used."""

_asked: list[StandIn] = []


def use_stand_ins(stand_in: StandIn) -> None:
    """Ask this before one of our own assets is drawn; the application does so at its start."""
    _asked[:] = [stand_in]


def lay_out(pictures: Mapping[str, bytes]) -> None:
    """Use these: in a process that draws and has no database to ask (`Presses(prepare=…)`)."""
    use_stand_ins(pictures.get)


def own(name: str) -> bytes | None:
    """The municipality's own picture, if it has one."""
    return next((found for asked in _asked if (found := asked(name)) is not None), None)
