"""Write the drawings of the icons we use as one Jinja dictionary, to standard output."""

import re
import sys
from pathlib import Path

HEAD = """{#- Made by scripts/update_assets.sh from bootstrap-icons (MIT, licence in
    static/vendor/bootstrap-icons). Add a name to scripts/assets/icons.txt and run it again. -#}
"""


def drawing(svg: str) -> str:
    """The inside of one SVG file, on one line."""
    inside = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if inside is None:
        raise ValueError("not an SVG file")
    return re.sub(r"\s*\n\s*", "", inside.group(1)).strip()


def main(folder: Path, names: Path) -> None:
    """Print the dictionary of every icon named in the list."""
    print(HEAD + "{%- set paths = {")
    for name in sorted(set(names.read_text(encoding="utf-8").split())):
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        print(f"  '{name}': '{drawing(svg)}',")
    print("} -%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
