"""Pages planned beforehand: which rows stand on which, each of a known height."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from welfare.core.pdf.errors import PaperTooLarge
from welfare.core.pdf.registers.breaking import Ruler
from welfare.core.pdf.registers.facts import Column, Kind, Register, Value
from welfare.core.thai.digits import on_paper, to_thai
from welfare.core.thai.money import baht_text, format_baht

POINTS = 9.5
LINE = 5.2
PADDING = 1.3
SIDE = 1.2
"""Size in points; height of a line, space above and below, and at each side of a cell, in mm."""

_TALL, _BROAD = (175.0, 262.0), (262.0, 176.0)
_RESERVE = 3.0
_NARROWEST, _LEAST, _ROOM, _HEAD_WORD = 0.45, 0.6, 0.4, 22.0
_NUMBER = Column("ที่", 11.0, Kind.CENTRED)
_HEADING, _SUBHEADING, _SUM_LINE, _SIGNATURES, _VERIFY = 8.5, 6.0, 9.0, 36.0, 30.0


def height_of(deep: int) -> float:
    """Millimetres of a row so many lines deep."""
    return round(deep * LINE + PADDING, 2)


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of one cell, how it is set, and over how many columns."""

    lines: tuple[str, ...]
    look: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: `head`, `group`, `row`, `sum` or `total`, so many lines deep."""

    kind: str
    cells: tuple[Cell, ...]
    deep: int

    @property
    def height(self) -> float:
        """Millimetres."""
        return height_of(self.deep)


@dataclass(slots=True)
class Sheet:
    """A page: its number, its lines, and whether the sums and signatures close it."""

    number: int
    lines: list[Line] = field(default_factory=list)
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole register, page by page; `totals` by column, `None` where nothing is summed."""

    widths: tuple[float, ...]
    head: Line
    sheets: tuple[Sheet, ...]
    rows: int
    totals: tuple[Decimal | None, ...]
    in_words: str


def plan(register: Register) -> Plan:
    """Break the register into pages."""
    return _Planner(register).plan()


class _Planner:
    def __init__(self, register: Register) -> None:
        self.register = register
        self.columns = (_NUMBER, *register.columns)
        self.wide, self.tall = _BROAD if register.wide else _TALL
        self.plain = Ruler("sarabun-regular.ttf", POINTS)
        self.bold = Ruler("sarabun-bold.ttf", POINTS)
        self.widths = self._widths()
        self.head = self._line(
            "head",
            [
                Cell(self._set(self.bold, c.head, nr), "centred")
                for nr, c in enumerate(self.columns)
            ],
        )
        self.sheets: list[Sheet] = []
        self.left = 0.0

    def plan(self) -> Plan:
        """All sheets, in order."""
        whole: list[Decimal | None] = [Decimal(0) if c.total else None for c in self.columns]
        number = 0
        self._turn()
        for group in self.register.groups:
            sums: list[Decimal | None] = [Decimal(0) if c.total else None for c in self.columns]
            self._open(group.title)
            for row in group.rows:
                number += 1
                self._row(group.title, (number, *row))
                sums = [_added(a, b) for a, b in zip(sums, (None, *row), strict=True)]
            self._put(self._summed("sum", f"รวม{to_thai(group.title)}", len(group.rows), sums))
            whole = [_added(a, b) for a, b in zip(whole, sums, strict=True)]
        self._close(self._summed("total", "รวมทั้งสิ้น", number, whole))
        money = [total for total, column in zip(whole, self.columns, strict=True)
                 if total is not None and column.kind is Kind.MONEY]  # fmt: skip
        in_words = baht_text(money[0]) if len(money) == 1 else ""
        return Plan(self.widths, self.head, tuple(self.sheets), number, tuple(whole[1:]), in_words)

    def _widths(self) -> tuple[float, ...]:
        """Amounts and numbers as wide as their widest; what is left goes to the texts by share."""
        needed = [self._needed(at, column) for at, column in enumerate(self.columns)]
        texts = sum(c.width for c in self.columns if c.kind is Kind.TEXT)
        left = self.wide - sum(needed)
        if left < texts * _NARROWEST:
            raise PaperTooLarge("its numbers leave no room for the texts: turn the paper")
        return tuple(
            column.width * left / texts if column.kind is Kind.TEXT else need
            for column, need in zip(self.columns, needed, strict=True)
        )

    def _needed(self, at: int, column: Column) -> float:
        """Millimetres that a column of numbers asks for; nothing for texts."""
        if column is _NUMBER:
            return _NUMBER.width
        if column.kind is Kind.TEXT:
            return 0.0
        values = [row[at - 1] for group in self.register.groups for row in group.rows]
        widest = max((self.plain.width(_said(v, column.kind)) for v in values), default=0.0)
        if column.total:
            whole = sum((Decimal(v) for v in values if isinstance(v, int | Decimal)), Decimal(0))
            widest = max(widest, self.bold.width(_said(whole, column.kind)))
        word = max((self.bold.width(word) for word in column.head.split()), default=0.0)
        return max(widest, min(word, _HEAD_WORD), column.width * _LEAST) + 2 * SIDE + _ROOM

    def _turn(self) -> None:
        self.sheets.append(Sheet(len(self.sheets) + 1))
        self.left = self.tall - self.head.height - _RESERVE
        if len(self.sheets) == 1:
            self.left -= _HEADING + _SUBHEADING * (1 + len(self.register.subtitle))

    def _put(self, line: Line) -> None:
        if line.height > self.left:
            self._turn()
        self.sheets[-1].lines.append(line)
        self.left -= line.height

    def _open(self, title: str, again: str = "") -> None:
        """The name of a group, never alone at the foot of a page."""
        cell = Cell(
            self.bold.lines(to_thai(f"{title}{again}"), self.wide - 2 * SIDE), "", len(self.columns)
        )
        line = self._line("group", [cell])
        if line.height + 2 * LINE > self.left:
            self._turn()
        self._put(line)

    def _row(self, title: str, values: tuple[Value, ...]) -> None:
        cells = [
            Cell(self._set(self.plain, _said(value, column.kind), nr), str(column.kind))
            for nr, (value, column) in enumerate(zip(values, self.columns, strict=True))
        ]
        line = self._line("row", cells)
        if line.height > self.left:
            self._turn()
            self._open(title, " (ต่อ)")
        self._put(line)

    def _summed(self, kind: str, title: str, count: int, sums: list[Decimal | None]) -> Line:
        first = next((at for at, total in enumerate(sums) if total is not None), len(sums))
        words = f"{title} จำนวน {to_thai(f'{count:,}')} {self.register.unit}"
        wide = sum(self.widths[:first]) - 2 * SIDE
        cells = [Cell(self.bold.lines(words, wide), "", first)]
        for at in range(first, len(sums)):
            said = "" if sums[at] is None else _said(sums[at], self.columns[at].kind)
            cells.append(Cell(self._set(self.bold, said, at), str(self.columns[at].kind)))
        return self._line(kind, cells)

    def _close(self, total: Line) -> None:
        needed = total.height + _SUM_LINE + (_SIGNATURES if self.register.signers else 0.0)
        needed += _VERIFY if self.register.verify is not None else 0.0
        if needed > self.left:
            self._turn()
        self.sheets[-1].lines.append(total)
        self.sheets[-1].closes = True

    def _set(self, ruler: Ruler, text: str, column: int) -> tuple[str, ...]:
        return ruler.lines(text, self.widths[column] - 2 * SIDE)

    def _line(self, kind: str, cells: list[Cell]) -> Line:
        most = max(1, *(len(cell.lines) for cell in cells), 1)
        return Line(kind, tuple(cells), most)


def _added(total: Decimal | None, value: Value) -> Decimal | None:
    """The total with one more value; what is not summed, or no number, changes nothing."""
    if total is None or not isinstance(value, int | Decimal):
        return total
    return total + Decimal(value)


def _said(value: Value, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return on_paper(value)
    if kind is Kind.MONEY:
        return format_baht(Decimal(value), satang=True, thai_digits=True)
    return to_thai(f"{value:,}")


def chunks(made: Plan, pages: int) -> Iterator[tuple[Sheet, ...]]:
    """The sheets, so many at a time."""
    for at in range(0, len(made.sheets), pages):
        yield made.sheets[at : at + pages]
