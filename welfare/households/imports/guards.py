"""What a file is, by its content, and whether it may be opened at all: asked before any reading."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Final

LARGEST: Final = 25_000_000
"""Bytes of a file. 15,000 people with 30 columns take 2 to 4 MB."""
UNPACKED: Final = 300_000_000
"""Bytes that the parts of a packed file may add up to."""
RATIO: Final = 150
"""How many times larger a packed file may become; sheets of Excel become 10 to 40 times larger."""
RATIO_FROM: Final = 20_000_000
ENTRIES: Final = 2_000


class Kind(StrEnum):
    """What can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"
    """A web page with one table: what many programs call an Excel file (.xls)."""


class Fault(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_SPREADSHEET = "not_spreadsheet"
    NAMED_OTHERWISE = "named_otherwise"
    OLD_FORMAT = "old_format"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    BOMB = "bomb"
    DAMAGED = "damaged"
    ENCODING = "encoding"
    TOO_MANY_ROWS = "too_many_rows"
    NO_ROWS = "no_rows"
    NO_HEADER = "no_header"
    TOO_LONG = "too_long"


class BadFile(ValueError):
    """The file is not read; ``fault`` says why. Its content is never part of the message."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


_TEXT_ENDINGS: Final = frozenset({"", ".csv", ".txt", ".tsv", ".tab", ".asc", ".prn", ".xls"})
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_HTML: Final = re.compile(rb"\A\s*(<!doctype html|<html|<head|<meta|<table|<style|<div)", re.I)
_FOREIGN: Final = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b",
    b"{\\rtf",
)  # fmt: skip


def kind_of(path: Path) -> Kind:
    """The kind of spreadsheet in this file. Raises :class:`BadFile` for anything that is refused.

    Nothing is unpacked: sizes come from the directory of the archive; that they are true is held
    by the limits of the process that reads.
    """
    size = path.stat().st_size
    if size == 0:
        raise BadFile(Fault.EMPTY)
    if size > LARGEST:
        raise BadFile(Fault.TOO_LARGE)
    with path.open("rb") as file:
        start = file.read(2048)
    if start.startswith(b"PK"):
        return _packed(path)
    if start.startswith(_OLE):
        return _compound(path.read_bytes())
    if start[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"):
        raise BadFile(Fault.OLD_FORMAT)
    if start.startswith(_FOREIGN):
        raise BadFile(Fault.NOT_SPREADSHEET)
    if _HTML.match(start.removeprefix(b"\xef\xbb\xbf")):
        return Kind.HTML
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        raise BadFile(Fault.OLD_FORMAT)
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile(Fault.NOT_SPREADSHEET)
    return Kind.CSV


def must_bear(name: str, kind: Kind) -> None:
    """Refuse text under a name that says it is something else: a program, or a workbook. What
    other systems call .xls is often a web page or text with separators, and is taken."""
    ending = Path(name).suffix.casefold()
    if kind is Kind.CSV and ending in (".xlsx", ".xlsm", ".xlsb", ".ods"):
        raise BadFile(Fault.NAMED_OTHERWISE)
    if kind is Kind.CSV and ending not in _TEXT_ENDINGS:
        raise BadFile(Fault.NOT_SPREADSHEET)


def _packed(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadFile(Fault.DAMAGED) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > ENTRIES or unpacked > UNPACKED:
        raise BadFile(Fault.BOMB)
    if unpacked > RATIO_FROM and unpacked / packed > RATIO:
        raise BadFile(Fault.BOMB)
    names = {entry.filename for entry in entries}
    lowered = {name.casefold() for name in names}
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadFile(Fault.ENCRYPTED)
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in lowered):
        raise BadFile(Fault.MACROS)
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in lowered:
        raise BadFile(Fault.OLD_FORMAT)
    if "mimetype" in names and "content.xml" in names:
        return _open_document(path)
    raise BadFile(Fault.NOT_SPREADSHEET)


def _open_document(path: Path) -> Kind:
    with zipfile.ZipFile(path) as archive:
        try:
            if b"opendocument.spreadsheet" not in archive.open("mimetype").read(200):
                raise BadFile(Fault.NOT_SPREADSHEET)
            manifest = archive.open("META-INF/manifest.xml").read(2_000_000)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, OSError):
            raise BadFile(Fault.DAMAGED) from None
    if b"encryption-data" in manifest:
        raise BadFile(Fault.ENCRYPTED)
    return Kind.ODS


def _compound(data: bytes) -> Kind:
    """An OLE file: its directory holds the names of its streams in UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise BadFile(Fault.ENCRYPTED)
    if has("_VBA_PROJECT") or has("_VBA_PROJECT_CUR"):
        raise BadFile(Fault.MACROS)
    if has("Workbook"):
        return Kind.XLS
    if has("Book"):
        raise BadFile(Fault.OLD_FORMAT)
    raise BadFile(Fault.NOT_SPREADSHEET)
