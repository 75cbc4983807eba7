"""What tests change of the kinds of paper for a while."""

from dataclasses import replace

import pytest

from welfare.papers import parts


def nothing_hinders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every kind be issued whatever its domain has against it, until the test is over."""
    for kind in parts.kinds():
        free = replace(parts.registered(kind.code), hindered=None)
        monkeypatch.setitem(parts._registered, kind.code, free)
