"""What became of a link, and the answers that are kept between runs.

The file is data from outside (a CI cache may have brought it): whatever has another form counts as absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

__all__ = ["BROKEN", "FINE", "KINDS", "Answer", "keep_answers", "kept_answers"]

BROKEN = ("gone", "unreachable", "tls", "failing", "loop")
"""Leads nowhere: 404 and 410; no answer; no valid certificate; an error of the server; redirects without an end."""
FINE = ("ok", "moved")
KINDS = (*BROKEN, "moved", "closed", "busy", "robots", "inside", "ok")
"""Also: "moved" for ever; "closed" to programs (401, 403 and the like); "busy", to be asked another time;
"robots", where programs are not wanted; "inside", in a network of its own; "ok"."""

_LIMIT = 20_000_000
"""Bytes; an answer takes two hundred."""


class Answer(Struct, frozen=True):
    """What a server said to one address: one of `KINDS`, when, the last status, where it moved to, what went wrong."""

    url: str
    kind: str
    at: datetime
    status: int = 0
    target: str = ""
    detail: str = ""


def kept_answers(path: Path, now: datetime, age: timedelta) -> dict[str, Answer]:
    """Return the answers in a file that are fine and not older than that. Others are asked for again."""
    try:
        with path.open("rb") as file:
            rows = json.loads(file.read(_LIMIT))
    except (OSError, ValueError, RecursionError):
        return {}
    answers = (_answer(row, now, age) for row in rows) if isinstance(rows, list) else ()
    return {answer.url: answer for answer in answers if answer is not None}


def _answer(row: object, now: datetime, age: timedelta) -> Answer | None:
    if not isinstance(row, dict):
        return None
    try:
        at = datetime.fromisoformat(row["at"])
        url, kind, status, target = (row[name] for name in ("url", "kind", "status", "target"))
        fresh = now - age <= at <= now
    except (KeyError, TypeError, ValueError):
        return None
    well_formed = all(isinstance(one, str) for one in (url, kind, target)) and isinstance(status, int)
    return Answer(url, kind, at, status, target) if well_formed and fresh and kind in FINE else None


def keep_answers(path: Path, answers: Iterable[Answer]) -> None:
    """Write answers. Raises OSError."""
    rows = [{**asdict(one), "at": one.at.isoformat()} for one in answers]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
