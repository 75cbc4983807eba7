"""Pictures of every paper, to be looked at: `python scripts/paper_sheets.py FOLDER [NAME…]`.

For each paper of `tests/papers/samples.py` a picture of all its pages, with usual values, with the
longest names and ten-line addresses, and with the hard Thai strings; and one sheet of those strings
alone, large. Look for marks that touch, syllables cut at a line's end, and what runs off the paper.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.papers.hard_thai import HARD_THAI  # noqa: E402 - the path is set just above
from tests.papers.samples import LONGEST, PAPERS, Words  # noqa: E402 - the same
from welfare.core import pdf  # noqa: E402 - the same

HARD = Words(
    note="\n".join(" ".join(HARD_THAI[at : at + 10]) for at in range(0, len(HARD_THAI), 10))
)
COLUMNS = 4


def pages(made: bytes, dpi: int) -> list[Image.Image]:
    """The pages as pictures."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.pdf"
        source.write_bytes(made)
        subprocess.run(
            ["pdftoppm", "-r", str(dpi), "-png", str(source), f"{folder}/page"],
            check=True,
        )
        return [Image.open(path).convert("RGB") for path in sorted(Path(folder).glob("*.png"))]


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """The pages beside each other on grey."""
    width = max(one.width for one in pictures) + 8
    height = max(one.height for one in pictures) + 8
    across = min(COLUMNS, len(pictures))
    made = Image.new("RGB", (width * across, height * -(-len(pictures) // across)), "gray")
    for nr, one in enumerate(pictures):
        made.paste(one, (nr % across * width + 4, nr // across * height + 4))
    return made


def main(folder: Path, names: list[str]) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    strings = "".join(f"<p>{text} <b>{text}</b></p>" for text in HARD_THAI)
    large = (
        "<html lang=th><title>ตัวอักษร</title><body>"
        f"<div style='columns:4;font-size:15pt;line-height:1.65'>{strings}</div>"
    )
    sheet(pages(pdf.draw(large), 100)).save(folder / "hard_strings.png")
    for name in names or list(PAPERS):
        for which, words in (("usual", Words()), ("longest", LONGEST), ("hard", HARD)):
            made = PAPERS[name](words).pdf()
            (folder / f"{name}-{which}.pdf").write_bytes(made)
            sheet(pages(made, 75)).save(folder / f"{name}-{which}.png")
            print(folder / f"{name}-{which}.png")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
