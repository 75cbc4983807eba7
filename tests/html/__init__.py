"""Whether pages are valid HTML, by the Nu checker (the one behind the W3C's)."""

import json
import subprocess
import tempfile
from pathlib import Path

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def problems(pages: dict[str, str]) -> list[str]:
    """Errors and warnings of pages, given by name; one start of the checker (about 2 s) for all."""
    with tempfile.TemporaryDirectory(prefix="welfare-html-") as directory:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(directory) / f"{number}.html"
            path.write_text(html, encoding="utf-8")
            names[path.name] = name
        found = _check(Path(directory))
    return [
        f"{names.get(each.get('url', '').rsplit('/', 1)[-1], '?')}:{each.get('lastLine', '?')}: "
        f"{each['message']}"
        f" | {each.get('extract', '').strip()}"
        for each in found
        if each.get("type") == "error" or each.get("subType") == "warning"
    ]


def _check(directory: Path) -> list[dict[str, str]]:
    result = subprocess.run(
        ["java", "-Xss2m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", directory],
        capture_output=True,
        text=True,
        check=True,
    )
    messages: list[dict[str, str]] = json.loads(result.stderr)["messages"]
    return messages
