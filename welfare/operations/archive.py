"""The backup file: a tar of the database, the pictures and a manifest that can prove both.

Keys are not in it: whoever finds the file cannot read the encrypted columns. Keep
``WELFARE_DATA_KEY`` elsewhere; without it a restored database cannot be opened.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

MANIFEST = "manifest.json"
FORMAT = 1


class DamagedBackup(Exception):
    """The file is not whole, not ours, or was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the backup holds: digests by member, rows by table, the head of the audit."""

    format: int
    made_at: str
    dialect: str
    schema: str
    tables: dict[str, int]
    audit_head: str
    members: dict[str, str]


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_archive(target: Path, manifest: Manifest, members: dict[str, Path]) -> None:
    """Write the backup under a temporary name and rename it when it is whole."""
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        temporary = Path(part.name)
    try:
        with tarfile.open(temporary, "w:gz", compresslevel=5) as archive:
            description = temporary.with_suffix(".json")
            description.write_text(json.dumps(asdict(manifest)), encoding="utf-8")
            archive.add(description, MANIFEST)
            description.unlink()
            for name, path in members.items():
                archive.add(path, name)
        temporary.chmod(0o600)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def read_archive(source: Path, into: Path) -> Manifest:
    """Unpack a backup and check every byte of it against its manifest, or ``DamagedBackup``."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(into, filter="data")
        content = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**content)
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError, KeyError) as error:
        raise DamagedBackup(f"{source.name} cannot be read: {type(error).__name__}") from error
    except Exception as error:  # zlib.error and friends differ by version
        raise DamagedBackup(f"{source.name} cannot be read: {type(error).__name__}") from error
    if manifest.format != FORMAT:
        raise DamagedBackup(f"{source.name} has format {manifest.format}, expected {FORMAT}")
    found = {name: digest_of(path) for name, path in _members(into)}
    if found != manifest.members:
        raise DamagedBackup(f"{source.name} does not hold what its manifest says")
    return manifest


def _members(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            yield path.relative_to(root).as_posix(), path
