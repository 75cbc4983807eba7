"""Reads the word lists and stories that lie beside the code."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def load(name: str) -> dict[str, Any]:
    """Return the TOML file `data/<name>.toml`, read once."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """Return a list of words kept as one space-separated string at `path`."""
    value: Any = load(name)
    for key in path:
        value = value[key]
    return tuple(dict.fromkeys(str(value).split()))


@cache
def surnames() -> tuple[str, ...]:
    """Return every pair of halves that do not repeat one another."""
    first, second = words("surnames", "first"), words("surnames", "second")
    return tuple(
        a + b for a in first for b in second if a not in b and b not in a and len(a + b) >= 5
    )


@cache
def story_files() -> tuple[str, ...]:
    """Return the names of the story files, one a category, sorted."""
    return tuple(sorted(path.stem for path in (DATA / "stories").glob("*.toml")))
