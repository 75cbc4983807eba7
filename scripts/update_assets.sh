#!/usr/bin/env bash
# Brings the vendored assets up to date from npm and builds what is served.
#
#   scripts/update_assets.sh            newest release inside the ranges below
#
# Needs node and npm; nothing at run time does. What it makes is committed, each
# package with its licence and version beside it.
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)"
vendor="$root/welfare/static/vendor"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts --loglevel=error \
  bootstrap@5.3 @fontsource/sarabun@5 bootstrap-icons@1 sass@1 leaflet@1.9

version_of() { node -p "require('./node_modules/$1/package.json').version"; }

vendored() { # package, folder: its licence and version
  mkdir -p "$vendor/$2"
  cp "node_modules/$1/LICENSE" "$vendor/$2/LICENSE"
  echo "$1 $(version_of "$1")" >"$vendor/$2/VERSION"
}

vendored bootstrap bootstrap
node_modules/.bin/sass --quiet --no-source-map --style=compressed \
  --load-path=node_modules/bootstrap/scss \
  "$root/scripts/assets/bootstrap.scss" "$vendor/bootstrap/bootstrap.css"

vendored @fontsource/sarabun sarabun
for subset in thai latin; do
  for weight in 400 600; do
    cp "node_modules/@fontsource/sarabun/files/sarabun-$subset-$weight-normal.woff2" \
      "$vendor/sarabun/"
  done
done

vendored leaflet leaflet
cp node_modules/leaflet/dist/leaflet.js node_modules/leaflet/dist/leaflet.css "$vendor/leaflet/"

vendored bootstrap-icons bootstrap-icons
python3 "$root/scripts/assets/icon_paths.py" \
  node_modules/bootstrap-icons/icons "$root/scripts/assets/icons.txt" \
  >"$root/templates/components/icon_paths.html"

python3 "$root/scripts/build_css.py"
