#!/bin/sh
# Prüft, zeigt eine Vorschau und veröffentlicht auf einem gewöhnlichen Webserver, mit rsync oder SFTP.
#
#   betrieb/website.sh pruefen            Inhalte prüfen
#   betrieb/website.sh vorschau NAME      diesen Stand in einem Unterordner zeigen
#   betrieb/website.sh veroeffentlichen   main bauen und auf den Webserver bringen
#   betrieb/website.sh faellig            für cron: holen, was neu ist, und veröffentlichen, wenn es nötig ist
#
# Geschrieben von „python build.py ci-init rsync“; was einzustellen ist, steht in docs/betrieb.md.
set -eu
cd "$(dirname "$0")/.."

# Wohin: benutzer@server:/pfad/ für rsync, sftp://benutzer@server/pfad/ für SFTP (braucht lftp).
ZIEL="${ZIEL:-}"
VORSCHAU_ZIEL="${VORSCHAU_ZIEL:-}"
# Unter welcher Adresse steht, was in VORSCHAU_ZIEL liegt.
VORSCHAU_URL="${VORSCHAU_URL:-}"

STAND=.build/veroeffentlicht
PYTHON=.venv/bin/python

brauche() {
    eval "wert=\$$1"
    [ -n "$wert" ] || { echo "$1 ist nicht gesetzt; siehe oben in betrieb/website.sh." >&2; exit 2; }
}

einrichten() {
    [ -x "$PYTHON" ] || python3 -m venv .venv
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    # Derselbe Augenblick für alle Schritte: Sonst sähe die Kontrolle eine andere Seite, wenn dazwischen etwas beginnt.
    SOURCE_DATE_EPOCH="$(date +%s)"
    export SOURCE_DATE_EPOCH
}

# hochladen ORDNER ZIEL: erst das Neue, dann die Seiten, zuletzt weg damit, was es nicht mehr gibt.
hochladen() {
    case "$2" in
        sftp://*)
            pfad="/${2#sftp://*/}"
            lftp -e "mirror --reverse --delete --exclude-glob .stadtnetz $1/ $pfad; bye" "${2%"$pfad"}"
            ;;
        *)
            rsync --recursive --links --times --chmod=D755,F644 --exclude=.stadtnetz --exclude='*.html' "$1/" "$2"
            rsync --recursive --links --times --chmod=D755,F644 --exclude=.stadtnetz --delay-updates --delete-delay "$1/" "$2"
            ;;
    esac
}

pruefen() {
    einrichten
    "$PYTHON" build.py check "$@"
}

vorschau() {
    brauche VORSCHAU_ZIEL
    brauche VORSCHAU_URL
    case "${1:-}" in
        "" | *[!a-z0-9-]*) echo "Der Name der Vorschau besteht aus kleinen Buchstaben, Ziffern und Bindestrichen." >&2; exit 2 ;;
        *) ;;
    esac
    einrichten
    adresse="${VORSCHAU_URL%/}/$1/"
    "$PYTHON" build.py build --output ".build/vorschau-$1" --base-url "$adresse"
    "$PYTHON" build.py verify --output ".build/vorschau-$1" --base-url "$adresse"
    hochladen ".build/vorschau-$1" "${VORSCHAU_ZIEL%/}/$1/"
    echo "Vorschau: $adresse"
}

veroeffentlichen() {
    brauche ZIEL
    # Nur was auf main steht und alle sehen können, geht online.
    git fetch --quiet origin main
    [ -z "$(git status --porcelain)" ] || { echo "Es gibt Änderungen, die nicht eingecheckt sind." >&2; exit 1; }
    [ "$(git rev-parse HEAD)" = "$(git rev-parse FETCH_HEAD)" ] || { echo "Das ist nicht der Stand von main." >&2; exit 1; }
    einrichten
    "$PYTHON" build.py build --clean --strict
    "$PYTHON" build.py verify
    hochladen output "$ZIEL"
    mkdir -p .build
    git rev-parse HEAD > "$STAND"
}

faellig() {
    brauche ZIEL
    git pull --quiet --ff-only origin main
    if [ "$(cat "$STAND" 2>/dev/null)" != "$(git rev-parse HEAD)" ]; then
        veroeffentlichen
        return
    fi
    einrichten
    code=0
    "$PYTHON" build.py due || code=$?
    case $code in
        0) veroeffentlichen ;;
        1) ;;
        *) exit "$code" ;;
    esac
}

befehl="${1:-}"
[ $# -eq 0 ] || shift
case "$befehl" in
    pruefen | vorschau | veroeffentlichen | faellig) "$befehl" "$@" ;;
    *) sed -n '4,7s/^# *//p' "$0" >&2; exit 2 ;;
esac
