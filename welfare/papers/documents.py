"""Letters and memos (หนังสือภายนอก, บันทึกข้อความ) as PDF, and what stands on every issued paper.

Order and margins follow the Regulation on Records 2526.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from urllib.parse import urlsplit

import segno

from welfare.core import pdf
from welfare.core.pdf.letterhead import Office
from welfare.core.pdf.marking import Mark, marked
from welfare.core.thai.digits import to_thai
from welfare.papers.facts import Draw, LetterFacts, Stamp
from welfare.papers.kinds import Layout
from welfare.papers.parts import Kind, Sheet
from welfare.papers.queries.office import the_office

VERIFY_PATH = "/verify"
_TEMPLATES = {Layout.LETTER: "documents/letter.html", Layout.MEMO: "documents/memo.html"}
PRINTED = "พิมพ์จากระบบ ยังไม่ได้ออกเป็นเอกสารของเทศบาล"
DRAFT = Mark(across="ร่าง", above="ร่าง ยังไม่ได้ออกเลขที่ ใช้อ้างอิงไม่ได้")


@dataclass(frozen=True, slots=True)
class LetterOnPaper:
    """All that stands in a letter or memo; a draft has no number, no day and no code."""

    office: Office
    kind: str
    title: str
    recipient: str
    body: str
    refers: tuple[str, ...]
    enclosures: tuple[str, ...]
    closing: str
    signer: str
    signer_position: str
    number: str = ""
    dated: date | None = None


def verify_link(base_url: str, code: str) -> str:
    """The address behind the QR code."""
    return f"{base_url.rstrip('/')}{VERIFY_PATH}/{code}"


def typed_verify_address(base_url: str) -> str:
    """The same to be typed."""
    return f"{urlsplit(base_url).netloc}{VERIFY_PATH}"


def written_code(code: str) -> str:
    """``1234-5678-9012``, as on papers."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def verify_values(stamp: Stamp, base_url: str) -> dict[str, object]:
    """What ``documents/base.html`` shows at the end of a paper that was issued."""
    code = {"code": written_code(stamp.code), "address": typed_verify_address(base_url)}
    return {"verify": code}


def verify_drawing(stamp: Stamp, base_url: str) -> dict[str, bytes]:
    """The QR code as a drawing called ``verify``."""
    return {"verify": _qr(verify_link(base_url, stamp.code))}


def letter_pdf(
    kind: Kind, facts: LetterFacts, *, office: Office, base_url: str, stamp: Stamp | None = None
) -> bytes:
    """A letter or memo as PDF, A4, in Thai; without ``stamp`` the draft of one, not yet marked."""
    values = asdict(_on_paper(kind, facts, office)) | {"office": office}
    drawings: dict[str, bytes] = {}
    if stamp is not None:
        values |= verify_values(stamp, base_url)
        values |= {"number": stamp.number, "dated": stamp.dated}
        drawings = verify_drawing(stamp, base_url)
    return pdf.render(_TEMPLATES[kind.layout], values, lang="th", drawings=drawings)


def letter_drawer(base_url: str) -> Callable[[Kind, LetterFacts, Stamp], bytes]:
    """Draws letters and memos as they are issued, for the worker."""

    def draw(kind: Kind, facts: LetterFacts, stamp: Stamp) -> bytes:
        return letter_pdf(kind, facts, office=the_office(), base_url=base_url, stamp=stamp)

    return draw


def _on_paper(kind: Kind, facts: LetterFacts, office: Office) -> LetterOnPaper:
    return LetterOnPaper(
        office=office,
        kind=kind.name_th,
        title=facts.title,
        recipient=facts.recipient,
        body=facts.body,
        refers=_lines(facts.refers),
        enclosures=_lines(facts.enclosures),
        closing=facts.closing,
        signer=facts.signer,
        signer_position=facts.signer_position,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def as_draft(content: bytes, *, reader: str = "") -> bytes:
    """Marked ร่าง; ``reader`` names who reads a sensitive one."""
    return marked(content, Mark(DRAFT.across, DRAFT.above, reader))


def as_copy(content: bytes, *, words: str, reader: str = "", withdrawn: bool = False) -> bytes:
    """Marked สำเนา, or ยกเลิกแล้ว where it was taken back; ``words`` say of what, when, for whom."""
    across = "ยกเลิกแล้ว" if withdrawn else "สำเนา"
    return marked(content, Mark(across, to_thai(words), reader))


def sheet_pdf(kind: Kind, sheet: Sheet, *, base_url: str, stamp: Stamp | None = None) -> bytes:
    """The sheet as PDF, A4; with ``stamp`` as it is issued."""
    values = _names(sheet.values)
    drawings: dict[str, bytes] = {}
    if sheet.link:
        drawings["link"] = _qr(base_url.rstrip("/") + sheet.link)
    if stamp is not None:
        values |= verify_values(stamp, base_url)
        drawings |= verify_drawing(stamp, base_url)
        if kind.series:
            values["number"] = stamp.number
    return pdf.render(sheet.template, values, pictures=sheet.pictures, drawings=drawings)


def sheet_drawer(kind: Kind, sheet: Sheet, base_url: str) -> Draw:
    """Draws it once its number and code are known."""

    def draw(stamp: Stamp) -> bytes:
        return sheet_pdf(kind, sheet, base_url=base_url, stamp=stamp)

    return draw


def as_print(kind: Kind, sheet: Sheet, content: bytes, *, reader: str) -> bytes:
    """Marked as what it is: a draft of what will take a number; else a print, whose reader stands
    on it where the kind is a sensitive one."""
    if kind.series and not sheet.hindrance:
        return as_draft(content, reader=reader)
    return marked(content, Mark(above=PRINTED, reader=reader))


def _names(values: Mapping[str, object] | object) -> dict[str, object]:
    if isinstance(values, Mapping):
        return dict(values)
    if is_dataclass(values) and not isinstance(values, type):
        return {one.name: getattr(values, one.name) for one in fields(values)}
    raise TypeError("a sheet is filled with a mapping or a dataclass")


def _qr(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=4)
    return out.getvalue()
