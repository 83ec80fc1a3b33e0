"""What `ci-init` says is to be done next, in German and English."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NEXT_STEPS"]

_ADDRESS = "In site.yaml unter „base_url“ die Adresse eintragen, unter der die Seite stehen wird."
_ADDRESS_EN = 'Put the address that the site will have into site.yaml, under "base_url".'

NEXT_STEPS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "de": {
        "github": (
            _ADDRESS,
            "Settings > Pages: Source „GitHub Actions“.",
            "Settings > Environments > github-pages: nur den Zweig main zulassen.",
            "Settings > Rules: Änderungen an main nur als Pull Request, „Prüfen und Vorschau bauen“ muss bestehen.",
            "Auf Wunsch eine Vorschau im Netz: Variablen PREVIEW_REPOSITORY und PREVIEW_URL, Geheimnis PREVIEW_KEY.",
        ),
        "gitlab": (
            _ADDRESS,
            "Settings > Repository: main schützen. Settings > Merge requests: „Pipelines must succeed“.",
            "Build > Pipeline schedules: Zweig main, etwa „17 * * * *“.",
            "Auf Wunsch eine Vorschau im Netz: Variablen PREVIEW_REMOTE (maskiert) und PREVIEW_SITE.",
        ),
        "forgejo": (
            _ADDRESS,
            "Einstellungen > Einheiten: Actions einschalten.",
            "Einstellungen > Actions > Variablen: PAGES_SITE mit der Adresse bei Codeberg Pages, mit „/“ am Ende.",
            "Einstellungen > Zweige: main schützen, „Prüfen und Vorschau bauen“ muss bestehen.",
            "Auf Wunsch eine Vorschau im Netz: Variable PREVIEW_URL, Geheimnis PREVIEW_REMOTE.",
        ),
        "woodpecker": (
            _ADDRESS,
            "Einen leeren Zweig „pages“ anlegen und ihn bei Codeberg Pages als Quelle eintragen.",
            "In Woodpecker das Geheimnis pages_remote anlegen, nicht für Pull Requests.",
            "In Woodpecker unter Crons einen Eintrag für main anlegen, etwa „17 * * * *“.",
        ),
        "rsync": (
            _ADDRESS,
            "ZIEL setzen: benutzer@server:/pfad/ oder sftp://benutzer@server/pfad/, mit SSH-Schlüssel.",
            "Einmal von Hand: betrieb/website.sh veroeffentlichen",
            "In die crontab: 17 * * * * ZIEL=… /pfad/zum/projekt/betrieb/website.sh faellig",
        ),
        "pre-commit": (
            "Einmal auf jedem Rechner: make site, dann pipx run pre-commit install",
            "Ausprobieren: pipx run pre-commit run --all-files",
        ),
    },
    "en": {
        "github": (
            _ADDRESS_EN,
            'Settings > Pages: source "GitHub Actions".',
            "Settings > Environments > github-pages: allow the branch main only.",
            "Settings > Rules: change main by pull request only, „Prüfen und Vorschau bauen“ must pass.",
            "For previews on the web, if wanted: variables PREVIEW_REPOSITORY and PREVIEW_URL, secret PREVIEW_KEY.",
        ),
        "gitlab": (
            _ADDRESS_EN,
            'Settings > Repository: protect main. Settings > Merge requests: "Pipelines must succeed".',
            'Build > Pipeline schedules: branch main, for instance "17 * * * *".',
            "For previews on the web, if wanted: variables PREVIEW_REMOTE (masked) and PREVIEW_SITE.",
        ),
        "forgejo": (
            _ADDRESS_EN,
            "Settings > Units: enable actions.",
            'Settings > Actions > Variables: PAGES_SITE, the address at Codeberg Pages, with "/" at its end.',
            "Settings > Branches: protect main, „Prüfen und Vorschau bauen“ must pass.",
            "For previews on the web, if wanted: variable PREVIEW_URL, secret PREVIEW_REMOTE.",
        ),
        "woodpecker": (
            _ADDRESS_EN,
            'Make an empty branch "pages" and name it as the source at Codeberg Pages.',
            "In Woodpecker, make the secret pages_remote, not for pull requests.",
            'In Woodpecker, add a cron for main, for instance "17 * * * *".',
        ),
        "rsync": (
            _ADDRESS_EN,
            "Set ZIEL: user@server:/path/ or sftp://user@server/path/, with an SSH key that needs no password.",
            "Once by hand: betrieb/website.sh veroeffentlichen",
            "Into the crontab: 17 * * * * ZIEL=… /path/to/the/project/betrieb/website.sh faellig",
        ),
        "pre-commit": (
            "Once on each machine: make site, then pipx run pre-commit install",
            "To try it: pipx run pre-commit run --all-files",
        ),
    },
}
