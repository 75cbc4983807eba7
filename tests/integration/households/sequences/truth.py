"""What must hold of the rows of the registry, told without the program's own checks."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import combinations

from tests.integration.households.sequences.world import Row, Rows


def faults(rows: Rows, *, headless: AbstractSet[int] = frozenset()) -> list[str]:
    """Everything that is wrong; ``headless``: households said to be without a head."""
    stays = [row for (table, _), row in rows.items() if table == "memberships"]
    people = {key[1]: row for key, row in rows.items() if key[0] == "people"}
    return [
        *_heads(stays, headless),
        *_overlaps(stays),
        *_lives(stays, people),
        *_gone_houses(rows, stays),
        *_orphans(rows, stays, people),
    ]


def living(rows: Rows) -> dict[int, list[Row]]:
    """Those who live there now, by household."""
    found: dict[int, list[Row]] = defaultdict(list)
    for (table, _), row in rows.items():
        if table == "memberships" and row["to_day"] is None and row["de_facto"]:
            found[row["household_id"]].append(row)
    return found


def without_head(rows: Rows) -> set[int]:
    """Households in which somebody lives and nobody is head."""
    return {
        house for house, stays in living(rows).items()
        if not any(str(stay["relation"]) == "head" for stay in stays)
    }  # fmt: skip


def strays(rows: Rows) -> set[str]:
    """Numbers of living people who belong nowhere."""
    belonging = {
        row["person_id"] for (table, _), row in rows.items()
        if table == "memberships" and row["to_day"] is None
    }  # fmt: skip
    return {
        row["number"] for (table, row_id), row in rows.items()
        if table == "people" and row["deceased_on"] is None and row_id not in belonging
        and row["merged_into_id"] is None
    }  # fmt: skip


def _heads(stays: list[Row], headless: AbstractSet[int]) -> list[str]:
    found = []
    open_now = [stay for stay in stays if stay["to_day"] is None]
    for house in {stay["household_id"] for stay in open_now}:
        here = [stay for stay in open_now if stay["household_id"] == house]
        heads = [stay for stay in here if str(stay["relation"]) == "head"]
        if len(heads) > 1:
            found.append(f"household {house} has {len(heads)} heads")
        lived_in = any(stay["de_facto"] for stay in here)
        if lived_in and not any(head["de_facto"] for head in heads) and house not in headless:
            found.append(f"household {house} has no head")
    return found


def _overlaps(stays: list[Row]) -> list[str]:
    found = []
    for one, other in combinations(stays, 2):
        if one["person_id"] != other["person_id"] or not _share_a_day(one, other):
            continue
        if one["household_id"] == other["household_id"]:
            found.append(f"person {one['person_id']} twice in household {one['household_id']}")
        elif one["de_facto"] and other["de_facto"]:
            found.append(f"person {one['person_id']} lives in two households")
    return found


def _share_a_day(one: Row, other: Row) -> bool:
    begin = max(one["from_day"] or date.min, other["from_day"] or date.min)
    end = min(one["to_day"] or date.max, other["to_day"] or date.max)
    return begin < end


def _lives(stays: list[Row], people: dict[int, Row]) -> list[str]:
    found = []
    for stay in stays:
        person = people[stay["person_id"]]
        begin, end = stay["from_day"], stay["to_day"]
        if person["merged_into_id"] is not None:
            found.append(f"person {stay['person_id']} belongs somewhere though merged")
        if begin and end and end < begin:
            found.append(f"a membership of {stay['person_id']} ends before it begins")
        if begin and person["birth_date"] and begin < person["birth_date"]:
            found.append(f"person {stay['person_id']} came before birth")
        died = person["deceased_on"]
        if died and (end is None or end > died):
            found.append(f"person {stay['person_id']} lived somewhere after death")
    return found


def _gone_houses(rows: Rows, stays: list[Row]) -> list[str]:
    return [
        f"person {stay['person_id']} is in household {stay['household_id']}, which was merged away"
        for stay in stays
        if stay["to_day"] is None
        and rows["households", stay["household_id"]]["merged_into_id"] is not None
    ]


def _orphans(rows: Rows, stays: list[Row], people: dict[int, Row]) -> list[str]:
    ids = {row_id for table, row_id in rows if table == "memberships"}
    found = [f"nobody is {stay['person_id']}" for stay in stays if stay["person_id"] not in people]
    for (table, row_id), row in rows.items():
        if table == "earlier_relations" and row["membership_id"] not in ids:
            found.append(f"earlier relation {row_id} of no membership")
        if (
            table == "people"
            and row["merged_into_id"] is None
            and not any(
                key[0] == "person_names" and name["person_id"] == row_id and name["to_day"] is None
                for key, name in rows.items()
            )
        ):
            found.append(f"person {row_id} has no present name")
    return found
