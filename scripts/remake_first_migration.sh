#!/usr/bin/env bash
# Write migrations/versions/0001 anew from the models. Only until the first release.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rm -f migrations/versions/0001_*.py
mkdir "$scratch/later"
find migrations/versions -name '0*.py' -exec mv {} "$scratch/later/" \;
WELFARE_ENV=test WELFARE_DATA_DIR="$scratch/data" .venv/bin/flask --app wsgi db revision \
  --autogenerate --rev-id 0001 -m "first tables" >/dev/null
find "$scratch/later" -name '*.py' -exec mv {} migrations/versions/ \;
.venv/bin/ruff format -q migrations/versions/0001_*.py
