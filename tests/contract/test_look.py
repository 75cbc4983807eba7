"""What every page's look depends on, read from the files alone."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "welfare" / "static"
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if "documents" not in path.parts
)
CALLED_ICON = re.compile(r"""\bicon\(\s*['"]([\w-]+)['"]|icon_name=['"]([\w-]+)['"]""")


def names(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_served_files_are_what_their_parts_make() -> None:
    build = script("build_css")
    stale = [path.name for path, content in build.made() if build.found(path) != content]
    assert stale == [], "run scripts/build_css.py"


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_nothing_inline_that_the_security_policy_would_drop(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\b(src|type)=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_every_icon_that_is_named_is_drawn(path: Path) -> None:
    drawn = (ROOT / "templates/components/icon_paths.html").read_text(encoding="utf-8")
    found = CALLED_ICON.findall(path.read_text(encoding="utf-8"))
    missing = {a or b for a, b in found if f"'{a or b}':" not in drawn}
    assert missing == set(), "add to scripts/assets/icons.txt, run scripts/update_assets.sh"


def test_a_citizens_page_leaves_room_for_its_words() -> None:
    """Everything but the page itself; the whole may weigh 150 kB over the wire."""
    sent = [
        STATIC / "css/public.css.gz",
        STATIC / "js/forms.js.gz",
        STATIC / "img/seal.svg.gz",
        STATIC / "img/icon.svg.gz",
        *STATIC.glob("vendor/sarabun/*.woff2"),
    ]
    assert sum(path.stat().st_size for path in sent) < 80_000


def test_every_vendored_asset_says_its_licence_and_version() -> None:
    for folder in (STATIC / "vendor").iterdir():
        assert (folder / "LICENSE").stat().st_size > 500, folder.name
        assert re.search(r"\d+\.\d+", (folder / "VERSION").read_text(encoding="utf-8"))
