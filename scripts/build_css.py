"""Join the parts of our CSS into the two files that are served: public.css and desk.css.

Run after any change under welfare/static/css/parts. `--check` only says whether the served
files are up to date, and exits 1 when they are not.
"""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "welfare" / "static"
BOOTSTRAP = STATIC / "vendor" / "bootstrap" / "bootstrap.css"
SHARED = ("tokens", "base", "forms", "blocks", "status")
BUNDLES = {
    "public.css": (*SHARED, "public", "print"),
    "desk.css": (*SHARED, "records", "desk", "print"),
}


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


def main() -> int:
    """Write the bundles, or with --check compare them."""
    stale = False
    for name, parts in BUNDLES.items():
        path = STATIC / "css" / name
        made = bundle(parts)
        if "--check" not in sys.argv:
            path.write_text(made, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != made:
            print(f"{name} is not what its parts make: run scripts/build_css.py")
            stale = True
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
