"""The written stories, chosen by weight and season."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from welfare.demo import corpus

CATEGORIES = Path(__file__).parents[1] / "cases" / "data" / "categories.toml"


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """What the generator needs of a category."""

    code: str
    due_working_days: int
    acknowledge_days: int
    sensitivity: str
    default_priority: str


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of trouble, with the patterns of all that follows from it."""

    key: str
    category: str
    weight: float
    kind: str
    subject: str
    title: str
    told: dict[str, tuple[str, ...]]
    ack: tuple[str, ...]
    found: tuple[str, ...]
    needs: tuple[str, ...]
    help: tuple[str, ...]
    note: tuple[str, ...]
    public: tuple[str, ...]
    close: tuple[str, ...]
    tasks: tuple[str, ...]
    refer: str
    priority: str
    visit: bool
    season: tuple[int, ...]


@cache
def categories() -> dict[str, CategoryFacts]:
    """Return the municipality's first categories by code."""
    with CATEGORIES.open("rb") as file:
        rows = tomllib.load(file)["category"]
    names = CategoryFacts.__dataclass_fields__
    return {row["code"]: CategoryFacts(**{name: row[name] for name in names}) for row in rows}


@cache
def stories() -> tuple[Story, ...]:
    """Return every story of every category, in a fixed order."""
    found: list[Story] = []
    for name in corpus.story_files():
        data = corpus.load(f"stories/{name}")
        total = sum(row["weight"] for row in data["story"])
        for row in data["story"]:
            share = data["weight"] * row["weight"] / total
            found.append(_story(name, row, share))
    return tuple(found)


def story_by_key(key: str) -> Story:
    """Return one story by `category.id`. Raises StopIteration if it was never written."""
    return next(story for story in stories() if story.key == key)


def _story(category: str, row: dict[str, object], share: float) -> Story:
    def texts(key: str) -> tuple[str, ...]:
        value = row.get(key, [])
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    return Story(
        key=f"{category}.{row['id']}",
        category=category,
        weight=share,
        kind=str(row["kind"]),
        subject=str(row["subject"]),
        title=str(row["title"]),
        told={voice: texts(voice) for voice in ("self", "family", "other") if texts(voice)},
        ack=texts("ack"),
        found=texts("found"),
        needs=texts("needs"),
        help=texts("help"),
        note=texts("note"),
        public=texts("public"),
        close=texts("close"),
        tasks=texts("tasks"),
        refer=str(row.get("refer", "")),
        priority=str(row.get("prio", categories()[category].default_priority)),
        visit=not row.get("novisit", False),
        season=tuple(int(month) for month in texts("season")),
    )


def choose(rng: random.Random, month: int) -> Story:
    """Draw a story for that month: trouble with a season comes thrice as often in it."""
    weights = [
        story.weight * ((3.0 if month in story.season else 0.02) if story.season else 1.0)
        for story in stories()
    ]
    return rng.choices(stories(), weights)[0]
