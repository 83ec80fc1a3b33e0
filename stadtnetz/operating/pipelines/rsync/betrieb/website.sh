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

# hochladen ORDNER ZIEL: erst das Neue, dann die Seiten, zuletzt weg damit, was es nicht mehr gibt. Was in ZIEL dem Server
# gehört, bleibt; alles andere, was nicht zur Seite gehört, wird gelöscht. Darum muss ZIEL ein Ordner unterhalb sein.
hochladen() {
    case "$2" in
        *://*/*/*) ;;
        *://* | *:/ | /) echo "$2 ist kein Ordner für die Seite allein; dort würde alles andere gelöscht." >&2; exit 2 ;;
        *) ;;
    esac
    case "$2" in
        sftp://*)
            pfad="/${2#sftp://*/}"
            server="${2%"$pfad"}"
            bleibt="--exclude-glob .stadtnetz --exclude acme-challenge/ --exclude-glob .user.ini"
            vorab="set cmd:fail-exit yes; set xfer:use-temp-file yes; set xfer:temp-file-name .neu.*"
            seiten="--exclude-glob *.html --exclude-glob *.html.* --exclude-glob build.json"
            lftp -e "$vorab; mirror --reverse $bleibt $seiten $1/ $pfad; mirror --reverse --delete $bleibt $1/ $pfad; bye" "$server"
            ;;
        *)
            set -- "$1" "$2" --recursive --links --times --chmod=D755,F644 --exclude=.stadtnetz
            von="$1/" nach="$2"
            shift 2
            rsync "$@" --exclude='*.html' --exclude='*.html.*' --exclude=build.json "$von" "$nach"
            rsync "$@" --filter='P /.well-known/acme-challenge/' --filter='P .user.ini' --delay-updates --delete-delay "$von" "$nach"
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
    if [ "${1:-}" = faellig ]; then
        # Nach Zeitplan zählt, ob beim Einchecken alles in Ordnung war: Sonst bliebe ein Bild stehen, gerade weil seine
        # Frist um ist, und mit ihm alles, was heute erscheinen soll.
        SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" "$PYTHON" build.py check --strict
        "$PYTHON" build.py build --clean
    else
        "$PYTHON" build.py build --clean --strict
    fi
    "$PYTHON" build.py verify
    rm -f "$STAND" # bis alles oben ist: Was abbricht, wird beim nächsten Mal nachgeholt
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
        0) veroeffentlichen faellig ;;
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
