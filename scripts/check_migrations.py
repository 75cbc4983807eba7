"""Do the migrations end at the tables the models describe, with one head and a way back?

Walks them on an empty SQLite file: up, compared with the models, down to nothing, up again. Exits 1
with the difference when there is one.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Walk the migrations; 0 when they agree with the models."""
    from flask_migrate import check, downgrade, upgrade

    from config import Settings
    from welfare import create_app

    with tempfile.TemporaryDirectory(prefix="welfare-migrations-") as directory:
        settings = Settings(env="test", data_dir=Path(directory), database_url="")
        with create_app(settings).app_context():
            upgrade()
            check()
            downgrade(revision="base")
            upgrade()
    return 0


if __name__ == "__main__":
    sys.exit(main())
