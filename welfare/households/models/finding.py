"""Filling the tables of the search: for some people and houses, or for all anew.

Whoever writes people, names, memberships or houses past the session (bulk loads, an import, an
undo) calls ``index_people`` and ``index_houses`` with the ids; the session's own writes are
followed by ``following``. Works on a bare connection, so that a migration can call it too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from welfare.core.thai.sounds import one_slip, sound_keys
from welfare.core.thai.text import search_key
from welfare.households.models.household import Household
from welfare.households.models.keys import (
    address_words,
    ends_of,
    name_line,
    name_words,
    phone_end_index,
)
from welfare.households.models.membership import Membership
from welfare.households.models.person import Person, PersonName
from welfare.households.models.phones import PersonPhone
from welfare.households.models.words import (
    ANYBODYS,
    HouseEnd,
    HouseWord,
    NameEnd,
    NameSlip,
    NameSound,
    PersonWord,
    PhoneEnd,
)

CHUNK = 500
BULK = 5000

Row = dict[str, Any]


def index_people(
    connection: Connection, ids: Iterable[int], *, learned: Container[str] = frozenset()
) -> None:
    """Let the search find these people as they stand now; who is gone or merged is forgotten.

    ``learned``: words whose ends and sounds are kept already (``learning``).
    """
    for chunk in _chunks(sorted(set(ids)), CHUNK):
        connection.execute(delete(PersonWord).where(PersonWord.person_id.in_(chunk)))
        rows = _people_rows(connection, chunk)
        _insert(connection, PersonWord, rows)
        _learn_names(connection, {row["word"] for row in rows if row["word"] not in learned})
        connection.execute(delete(PhoneEnd).where(PhoneEnd.person_id.in_(chunk)))
        _insert(connection, PhoneEnd, _phone_rows(connection, chunk))


def index_houses(connection: Connection, ids: Iterable[int]) -> None:
    """Let the search find these houses as they stand now."""
    for chunk in _chunks(sorted(set(ids)), CHUNK):
        connection.execute(delete(HouseWord).where(HouseWord.household_id.in_(chunk)))
        rows = _house_rows(connection, chunk)
        _insert(connection, HouseWord, rows)
        _learn_addresses(connection, {row["word"] for row in rows})


def index_repointed(
    connection: Connection, of: Table, column: str, ids: Sequence[int], ends: tuple[int, int]
) -> None:
    """Follow memberships and names that belong to another person or house from now on."""
    if of.name not in (
        Membership.__tablename__, PersonName.__tablename__, PersonPhone.__tablename__,
    ):  # fmt: skip
        return
    people = set(ends) if column == "person_id" else set()
    for chunk in _chunks(ids, CHUNK):
        people.update(connection.scalars(select(of.c.person_id).where(of.c.id.in_(chunk))))
    index_people(connection, people)


def index_everything(connection: Connection) -> tuple[int, int]:
    """Empty the tables of the search and fill them anew; how many people and houses there are."""
    for model in (PersonWord, NameEnd, NameSound, NameSlip, PhoneEnd, HouseWord, HouseEnd):
        connection.execute(delete(model))
    names: set[str] = set()
    people = houses = 0
    for chunk in _all_ids(connection, Person.id):
        rows = _people_rows(connection, chunk)
        _insert(connection, PersonWord, rows)
        _insert(connection, PhoneEnd, _phone_rows(connection, chunk))
        names.update(row["word"] for row in rows)
        people += len(chunk)
    _learn_names(connection, names, anew=True)
    addresses: set[str] = set()
    for chunk in _all_ids(connection, Household.id):
        rows = _house_rows(connection, chunk)
        _insert(connection, HouseWord, rows)
        addresses.update(row["word"] for row in rows)
        houses += len(chunk)
    _learn_addresses(connection, addresses)
    return people, houses


def _all_ids(connection: Connection, key: Any) -> Iterator[list[int]]:
    last: int = connection.scalar(select(func.coalesce(func.max(key), 0))) or 0
    for start in range(0, last, BULK):
        ids = connection.scalars(select(key).where(key > start, key <= start + BULK)).all()
        if ids:
            yield sorted(ids)


def _people_rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    words = _words_of(connection, ids)
    areas = _areas_of(connection, ids)
    return [
        {"person_id": person, "word": word, "area": area, "earlier": earlier, "line": line}
        for person, known in words.items()
        for line in [name_line(known)]
        for word, earlier in known.items()
        for area in areas.get(person, (ANYBODYS,))
    ]


def _words_of(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, bool]]:
    """The words of each person: those of the present name, then those of earlier ones only."""
    present = select(Person.id, Person.first_name, Person.middle_name, Person.last_name).where(
        _between(Person.id, ids), _unmerged(Person)
    )
    found = {
        row.id: dict.fromkeys(name_words(row.first_name, row.middle_name, row.last_name), False)
        for row in connection.execute(present)
    }
    earlier = select(
        PersonName.person_id, PersonName.first_name, PersonName.middle_name, PersonName.last_name
    ).where(_between(PersonName.person_id, ids))
    for row in connection.execute(earlier):
        if row.person_id in found:
            for word in name_words(row.first_name, row.middle_name, row.last_name):
                found[row.person_id].setdefault(word, True)
    return found


def _areas_of(connection: Connection, ids: Sequence[int]) -> dict[int, set[int]]:
    """Where each person belongs, as ``policies.person_in_area`` has it: the villages of the houses
    they belong to; of those they belonged to, where they belong to none; nowhere: all areas."""
    rows = connection.execute(
        select(Membership.person_id, Membership.to_day, Household.village_no)
        .join(Household, Household.id == Membership.household_id)
        .where(_between(Membership.person_id, ids), _unmerged(Household))
    )
    now: dict[int, set[int]] = {}
    ever: dict[int, set[int]] = {}
    for row in rows:
        places = now if row.to_day is None else ever
        places.setdefault(row.person_id, set()).add(row.village_no or ANYBODYS)
    return ever | now


def _phone_rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """The ends of the telephone numbers of each person, the main one and the further ones."""
    own = select(Person.id, Person.phone).where(
        _between(Person.id, ids), _unmerged(Person), Person.phone_index.is_not(None)
    )
    further = select(PersonPhone.person_id, PersonPhone.phone).join(
        Person, Person.id == PersonPhone.person_id
    ).where(_between(PersonPhone.person_id, ids), _unmerged(Person))  # fmt: skip
    found = {
        (person, ending)
        for statement in (own, further)
        for person, phone in connection.execute(statement)
        if (ending := phone_end_index(phone)) is not None
    }
    return [{"person_id": person, "ending": ending} for person, ending in sorted(found)]


def _house_rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    rows = connection.execute(
        select(
            Household.id, Household.house_no, Household.search_key, Household.village_no
        ).where(_between(Household.id, ids), _unmerged(Household))
    )  # fmt: skip
    return [
        {"household_id": row.id, "word": word, "beside": beside, "area": row.village_no or ANYBODYS}
        for row in rows
        for word, beside in _address_of(row.house_no, row.search_key)
    ]


def _address_of(house_no: str, key: str) -> Iterator[tuple[str, bool]]:
    """The words of an address; with each whether it stands beside the house number."""
    number = search_key(house_no)
    own, rest = (number, key.removeprefix(number)) if key.startswith(number) else ("", key)
    yield from ((word, False) for word in address_words(own))
    yield from ((word, True) for word in address_words(rest))


def _between(key: Any, ids: Sequence[int]) -> Any:
    """A list of ids that has no gaps is a range: shorter, and the same for every chunk."""
    if len(ids) > CHUNK:
        return key.between(ids[0], ids[-1])
    return key.in_(ids)


def _unmerged(model: Any) -> Any:
    """Records that are no longer themselves are not found by their words."""
    return model.merged_into_id.is_(None)


def _learn_names(connection: Connection, words: set[str], *, anew: bool = False) -> None:
    """What is kept once for every different word; ``anew``: the tables have been emptied."""
    for chunk in _chunks(sorted(words), CHUNK):
        known: set[str] = set()
        if not anew:
            known.update(connection.scalars(select(NameEnd.word).where(_same_ends(NameEnd, chunk))))
        new = [word for word in chunk if word not in known]
        write = _insert if anew else _insert_missing
        for model, rows in _learnt(new):
            write(connection, model, rows)


def _learnt(new: Sequence[str]) -> Iterator[tuple[Any, list[Row]]]:
    sounds = {word: sound_keys(word) for word in new}
    slips = {word: sorted(set().union(*map(one_slip, sounds[word]))) for word in new}
    yield NameSound, _pairs("sound", sounds)
    yield NameSlip, _pairs("slip", slips)
    yield NameEnd, _ends(new)


def learning(connection: Connection, words: set[str]) -> Iterator[tuple[Any, list[Row]]]:
    """Rows, by table, that must be there before these words of names are looked for: for who
    writes later what was made ready before. Some may have come to be there by then."""
    for chunk in _chunks(sorted(words), CHUNK):
        known = set(connection.scalars(select(NameEnd.word).where(_same_ends(NameEnd, chunk))))
        yield from _learnt([word for word in chunk if word not in known])


def person_word_rows(person: int, names: Sequence[str], area: int | None) -> list[Row]:
    """The words of somebody new, who belongs to one area or (None) to all."""
    known = dict.fromkeys(name_words(*names), False)
    line = name_line(known)
    return [
        {"person_id": person, "word": word, "area": area or ANYBODYS, "earlier": earlier,
         "line": line}
        for word, earlier in known.items()
    ]  # fmt: skip


def phone_end_rows(person: int, phone: str | None) -> list[Row]:
    """The end of the telephone number of somebody new."""
    ending = phone_end_index(phone) if phone else None
    return [] if ending is None else [{"person_id": person, "ending": ending}]


def house_word_rows(house: int, house_no: str, key: str, village: int | None) -> list[Row]:
    """The words of a house that is new."""
    return [
        {"household_id": house, "word": word, "beside": beside, "area": village or ANYBODYS}
        for word, beside in _address_of(house_no, key)
    ]


def learning_addresses(connection: Connection, words: set[str]) -> list[Row]:
    """As ``learning``, for the words of addresses."""
    new: list[str] = []
    for chunk in _chunks(sorted(words), CHUNK):
        known = connection.scalars(select(HouseEnd.word).where(_same_ends(HouseEnd, chunk)))
        new += sorted(set(chunk) - set(known))
    return _ends(new)


def _pairs(name: str, found: Mapping[str, Sequence[str]]) -> list[Row]:
    return [{name: one, "word": word} for word, each in found.items() for one in each]


def _learn_addresses(connection: Connection, words: set[str]) -> None:
    _insert_missing(connection, HouseEnd, learning_addresses(connection, words))


def _same_ends(model: Any, words: Sequence[str]) -> Any:
    """These words, where their ends are known: what is known of one end is known of all."""
    return tuple_(model.ending, model.word).in_([(word[1:], word) for word in words])


def _ends(words: Iterable[str]) -> list[Row]:
    return [{"ending": end, "word": word} for word in words for end in ends_of(word)]


def _insert(connection: Connection, model: Any, rows: list[Row]) -> None:
    """Plain values, many at a time: past the expressions of SQLAlchemy, which cost more than the
    databases do."""
    if not rows:
        return
    names = list(rows[0])
    quoted = ", ".join(f'"{name}"' for name in names)
    values = [tuple(row.values()) for row in rows]
    table: str = model.__tablename__
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" for _ in names)
        statement = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"  # noqa: S608 - our own names
        connection.exec_driver_sql(statement, values)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        for value in values:
            copy.write_row(value)


def _insert_missing(connection: Connection, model: Any, rows: list[Row]) -> None:
    """What another has inserted meanwhile stays."""
    table: Table = model.__table__
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    for chunk in _chunks(rows, BULK):
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(chunk))


def _chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
