#!/usr/bin/env bash
# Write migrations/versions/0001 anew from the models. Only until the first release.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
mkdir "$scratch/versions"
cp migrations/versions/0*.py "$scratch/versions/"
put_back() {
    [ -e "$scratch/made" ] || cp "$scratch/versions/"*.py migrations/versions/
    rm -rf "$scratch"
}
trap put_back EXIT
rm -f migrations/versions/0*.py
WELFARE_ENV=test WELFARE_DATA_DIR="$scratch/data" .venv/bin/flask --app wsgi db revision \
  --autogenerate --rev-id 0001 -m "first tables" >/dev/null
rm -f "$scratch/versions/"0001_*.py
find "$scratch/versions" -name '*.py' -exec cp {} migrations/versions/ \;
touch "$scratch/made"
.venv/bin/ruff format -q migrations/versions/0001_*.py
