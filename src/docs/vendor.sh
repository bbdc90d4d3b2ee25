#!/usr/bin/env bash
# Renews the pages' third-party files from npm: raise a version, run this (`make docs-assets`), and set
# the same version in src/docs.rs and the two pages. Then open both pages and look for refusals of the
# Content-Security-Policy in the browser's console. The bundles are kept compressed; their licences stay
# readable beside them.
set -euo pipefail

SWAGGER_UI=5.35.0
REDOC=2.5.4

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# unpack NAME VERSION: lays the npm package out in $work/NAME and an empty folder for it under assets/.
unpack() {
    mkdir -p "$work/$1"
    (cd "$work" && npm pack --silent "$1@$2" >/dev/null && tar -xzf "$1-$2.tgz" -C "$1" --strip-components=1)
}

# keep FOLDER FILE: compresses one file into the folder, the same bytes every time.
keep() {
    gzip -9n <"$2" >"$1/$(basename "$2").gz"
}

rm -rf "$here"/assets/swagger-ui-* "$here"/assets/redoc-*

unpack swagger-ui-dist "$SWAGGER_UI"
to="$here/assets/swagger-ui-$SWAGGER_UI"
from="$work/swagger-ui-dist"
mkdir -p "$to"
sed -i '/^..# sourceMappingURL/d' "$from/swagger-ui.css"
keep "$to" "$from/swagger-ui-bundle.js"
keep "$to" "$from/swagger-ui.css"
keep "$to" "$from/favicon-32x32.png"
cp "$from/LICENSE" "$from/NOTICE" "$from/swagger-ui-bundle.js.LICENSE.txt" "$to/"

unpack redoc "$REDOC"
to="$here/assets/redoc-$REDOC"
from="$work/redoc"
mkdir -p "$to"
# The one thing that Redoc would load from elsewhere is its logo; it hides the picture when that fails to load.
sed -i 's#https://cdn.redoc.ly/redoc/logo-mini.svg#data:,#; /^..# sourceMappingURL/d' "$from/bundles/redoc.standalone.js"
keep "$to" "$from/bundles/redoc.standalone.js"
cp "$from/LICENSE" "$from/bundles/redoc.standalone.js.LICENSE.txt" "$to/"

ls -l "$here"/assets/*/
