"""Where the benchmark keeps what it makes. `data` is kept for the next run, `out` is the result."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "bench" / "data"
OUT = ROOT / "bench" / "out"
INSTANCE = DATA / "instance"
"""Keys and catalogues, the same for every database: what one encrypted the other can read."""

PASSWORD = "a password for the benchmark"


def fingerprint() -> str:
    """What the kept databases depend on: the migrations, and how they are filled."""
    digest = hashlib.sha256()
    sources = [*(ROOT / "migrations/versions").glob("*.py"), *(ROOT / "bench/filling").glob("*.py")]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
