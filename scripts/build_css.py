"""Join the parts of our CSS into the two files that are served, and compress what travels as text.

Run after any change under welfare/static. `--check` only says whether the served files are up to
date, and exits 1 when they are not.
"""

import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "welfare" / "static"
BOOTSTRAP = STATIC / "vendor" / "bootstrap" / "bootstrap.css"
SHARED = ("tokens", "base", "forms", "blocks", "status")
BUNDLES = {
    "public.css": (*SHARED, "public", "print"),
    "desk.css": (
        *SHARED,
        "records",
        "households",
        "house",
        "duplicates",
        "imports",
        "triage",
        "desk",
        "dispatch",
        "admin",
        "deadlines",
        "care",
        "print",
        "papers",
    ),
}
PACKED = (
    "js/forms.js", "js/desk.js", "vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css",
    "img/seal.svg", "img/icon.svg", "img/umong.svg",
)  # fmt: skip
"""Other files that every page or the first page needs, packed too."""


def squeeze(css: str) -> str:
    """Drop comments and needless white space; strings and urls here hold neither."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(";}", "}").strip()


def bundle(parts: tuple[str, ...]) -> str:
    """Bootstrap's part first, then ours in order."""
    vendored = BOOTSTRAP.read_text(encoding="utf-8").replace('@charset "UTF-8";', "")
    texts = [vendored.lstrip("\ufeff").strip()]
    for part in parts:
        path = STATIC / "css" / "parts" / f"{part}.css"
        texts.append(squeeze(path.read_text(encoding="utf-8")))
    return '@charset "UTF-8";\n' + "\n".join(texts) + "\n"


def made() -> Iterator[tuple[Path, bytes]]:
    """Every file that is made, with what belongs in it; a `.gz` is given uncompressed."""
    for name, parts in BUNDLES.items():
        text = bundle(parts).encode()
        yield STATIC / "css" / name, text
        yield STATIC / "css" / f"{name}.gz", text
    for name in PACKED:
        yield STATIC / f"{name}.gz", (STATIC / name).read_bytes()


def found(path: Path) -> bytes | None:
    """What the file holds now, unpacked; none where there is none."""
    if not path.exists():
        return None
    held = path.read_bytes()
    return gzip.decompress(held) if path.suffix == ".gz" else held


def main() -> int:
    """Write what is out of date, or with --check name it."""
    stale = [(path, content) for path, content in made() if found(path) != content]
    if "--check" in sys.argv:
        for path, _content in stale:
            print(f"{path.name} is out of date: run scripts/build_css.py")
        return int(bool(stale))
    for path, content in stale:
        packed = path.suffix == ".gz"
        path.write_bytes(gzip.compress(content, 9, mtime=0) if packed else content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
