"""docs/pipelines.md, made from the pipelines themselves so that it can't show others; `make docs` writes it."""

from __future__ import annotations

from pathlib import PurePosixPath

from stadtnetz.operating.pipelines import TARGETS, files_of

__all__ = ["pipelines_document"]

_INTRO = """\
# Die Pipelines im Wortlaut

Diese Dateien schreibt `python build.py ci-init ZIEL`. Wie man sie einrichtet, steht in [betrieb.md](betrieb.md).
Diese Seite wird aus dem Programm erzeugt (`make docs`).
"""
_LANGUAGES = {".yml": "yaml", ".yaml": "yaml", ".sh": "sh"}


def pipelines_document() -> str:
    """Return docs/pipelines.md."""
    parts = [_INTRO]
    for target in TARGETS:
        parts.append(f"\n## `ci-init {target}`\n")
        for path, data in files_of(target).items():
            language = _LANGUAGES[PurePosixPath(path).suffix]
            parts.append(f"\n`{path}`\n\n```{language}\n{data.decode('utf-8')}```\n")
    return "".join(parts)


if __name__ == "__main__":
    print(pipelines_document(), end="")
