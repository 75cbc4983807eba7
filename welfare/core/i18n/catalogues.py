"""Catalogues: one .po file a domain, compiled into one .mo that Flask-Babel reads."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCES = Path(__file__).resolve().parents[2] / "translations"


def compile_catalogues(target: Path, *, language: str = "th") -> Path:
    """Compile the domain files of a language into ``target`` if any is newer; returns ``target``.

    ``target`` is a translations directory as Flask-Babel wants it. Safe when several processes
    start at once.
    """
    sources = sorted((SOURCES / language).glob("*.po"))
    compiled = target / language / "LC_MESSAGES" / "messages.mo"
    newest = max((source.stat().st_mtime for source in sources), default=0.0)
    if compiled.exists() and compiled.stat().st_mtime >= newest:
        return target
    merged = Catalog(locale=language, fuzzy=False)
    for source in sources:
        with source.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    compiled.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=compiled.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        write_mo(file, merged)
    os.replace(temporary, compiled)
    return target
