"""A register from its values to its bytes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from welfare.core.pdf.errors import PaperError, PaperTooLarge
from welfare.core.pdf.limits import Limits
from welfare.core.pdf.presses import Job, Presses
from welfare.core.pdf.registers.facts import Register
from welfare.core.pdf.registers.joining import join, page_count
from welfare.core.pdf.registers.paging import Plan, Sheet, chunks, height_of, plan

TEMPLATE = "documents/register.html"
MOST_ROWS = 50_000
PAGES_AT_ONCE = 10
_LIMITS = Limits(characters=2_000_000, pages=2 * PAGES_AT_ONCE, seconds=120.0)


@dataclass(frozen=True, slots=True)
class MadeRegister:
    """The file, and what is in it: to be shown beside it and checked."""

    pdf: bytes
    pages: int
    rows: int
    totals: tuple[Decimal | None, ...]
    worked: float
    """Seconds of processor time spent on drawing, all processes together."""


def render_register(
    register: Register,
    *,
    presses: Presses | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> MadeRegister:
    """The register as one PDF. `progress` is told pages done and pages in all.

    Takes seconds for each thousand rows: for the worker, not for a request. `presses` are the
    processes to draw with; its own, ended afterwards, when not given. Raises `PaperError`.
    """
    rows = sum(len(group.rows) for group in register.groups)
    if rows > MOST_ROWS:
        raise PaperTooLarge(f"{rows} rows, at most {MOST_ROWS}")
    made = plan(register)
    if presses is not None:
        parts, worked = _drawn(register, made, presses, progress)
    else:
        with Presses() as own:
            parts, worked = _drawn(register, made, own, progress)
    # Joined after the processes have ended: both hold some hundred megabytes for ten thousand rows.
    return MadeRegister(join(parts), len(made.sheets), made.rows, made.totals, worked)


def jobs(register: Register, made: Plan) -> Iterator[Job]:
    """The drawing of it, in parts that several processes can take."""
    for sheets in chunks(made, PAGES_AT_ONCE):
        values = {
            "office": register.office,
            "title": register.title,
            "subtitle": register.subtitle,
            "wide": register.wide,
            "signers": register.signers,
            "printed_at": register.printed_at,
            "printed_by": register.printed_by,
            "pages": len(made.sheets),
            "widths": made.widths,
            "head": made.head,
            "heights": _heights(made, sheets),
            "in_words": made.in_words,
            "sheets": sheets,
        }
        drawings: Mapping[str, bytes] = {}
        if register.verify is not None and sheets[-1].closes:
            values["verify"], drawings = register.verify, register.drawings
        yield Job(TEMPLATE, values, drawings=drawings, limits=_LIMITS, by_columns=True)


def _heights(made: Plan, sheets: tuple[Sheet, ...]) -> list[tuple[int, float]]:
    """The heights that occur, by how many lines deep a row is."""
    deep = {line.deep for sheet in sheets for line in sheet.lines} | {made.head.deep}
    return [(lines, height_of(lines)) for lines in sorted(deep)]


def _drawn(
    register: Register,
    made: Plan,
    presses: Presses,
    progress: Callable[[int, int], None] | None,
) -> tuple[list[bytes], float]:
    """The parts, and the seconds of processor time that they took."""
    parts: list[bytes] = []
    worked = 0.0
    for drawn in presses.draw_all(jobs(register, made)):
        if drawn.error is not None:
            raise drawn.error
        expected = min(PAGES_AT_ONCE, len(made.sheets) - len(parts) * PAGES_AT_ONCE)
        if (pages := page_count(drawn.pdf)) != expected:
            raise PaperError(f"{pages} pages drawn where {expected} were planned")
        parts.append(drawn.pdf)
        worked += drawn.worked
        if progress is not None:
            progress(min(len(parts) * PAGES_AT_ONCE, len(made.sheets)), len(made.sheets))
    return parts, worked
