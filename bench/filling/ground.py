"""What of the base the many cases are made from: people, houses, staff, and how people write."""

from dataclasses import dataclass, field


@dataclass
class Ground:
    """Ids and texts read from the base."""

    first_case: int
    first_complaint: int
    workers: list[int]
    officers: list[int]
    categories: dict[int, int]
    """Working days of the deadline by category id, the most frequent first."""
    sensitivity: dict[int, str]
    subjects: list[tuple[int, int, int, str, str]]
    """Person, household, village, search words of both, house number."""
    titles: dict[int, list[str]]
    stories: dict[int, list[str]]
    remarks: list[str]
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)


def read_ground(url: str) -> Ground:
    """Read it; needs a filled base."""
    from sqlalchemy import text

    from bench.filling.base import make_app
    from welfare.core.db import db

    app = make_app(url)
    with app.app_context():

        def rows(statement: str) -> list[tuple]:
            return [tuple(row) for row in db.session.execute(text(statement))]

        ground = Ground(
            first_case=rows("SELECT max(id) + 1 FROM cases")[0][0],
            first_complaint=rows("SELECT max(id) + 1 FROM complaints")[0][0],
            workers=_staff(rows, "caseworker"),
            officers=_staff(rows, "officer"),
            categories=dict(rows(
                "SELECT c.id, c.due_working_days FROM categories c LEFT JOIN cases x"
                " ON x.category_id = c.id WHERE c.active GROUP BY c.id, c.due_working_days"
                " ORDER BY count(x.id) DESC, c.id")),
            sensitivity=dict(rows("SELECT id, sensitivity FROM categories")),
            subjects=[
                (person, house, village, f"{name} {home}", house_no)
                for person, house, village, name, home, house_no in rows(
                    "SELECT p.id, h.id, h.village_no, p.search_key, h.search_key, h.house_no"
                    " FROM people p JOIN memberships m ON m.person_id = p.id"
                    " JOIN households h ON h.id = m.household_id"
                    " WHERE h.village_no IS NOT NULL ORDER BY p.id")
            ],
            titles=_grouped(rows("SELECT DISTINCT category_id, title FROM cases ORDER BY 1, 2")),
            stories=_grouped(rows(
                "SELECT DISTINCT category_id, description FROM complaints ORDER BY 1, 2")),
            remarks=[row[0] for row in rows(
                "SELECT DISTINCT text FROM case_events WHERE text <> '' ORDER BY 1")],
            numbers={(kind, year): last for kind, year, last in rows(
                "SELECT kind, fiscal_year, last FROM running_numbers")},
        )  # fmt: skip
        db.session.remove()
        db.engine.dispose()
    return ground


def _staff(rows: object, role: str) -> list[int]:
    found = rows(  # type: ignore[operator]
        f"SELECT user_id FROM user_roles WHERE role = '{role}' ORDER BY user_id"
    )
    return [row[0] for row in found]


def _grouped(rows: list[tuple]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
