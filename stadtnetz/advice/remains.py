"""What an import left for an editor to do: advice in a draft, an error in what is to be published."""

from __future__ import annotations

from collections.abc import Iterator

from stadtnetz.diagnostics import Diagnostic, Span, problem
from stadtnetz.schema import Parsed

__all__ = ["REMAINS", "UNSURE", "of_remains"]

REMAINS = "Noch nicht zugeordnet"
"""The heading under which an imported draft keeps what nobody could place."""
UNSURE = "unsicher:"
"""How a comment begins that asks an editor to look."""


def of_remains(parsed: Parsed) -> Iterator[Diagnostic]:
    """Yield what is still to be done in a Markdown file that was imported."""
    heading, comment = f"## {REMAINS}", f"# {UNSURE}"
    path, parts = parsed.path, parsed.parts
    if parts is None or (heading not in parsed.text and comment not in parsed.text):
        return
    for number, line in enumerate(parts.yaml.split("\n"), parts.yaml_line):
        if line.startswith(comment):
            yield problem(
                "import-unsure", path, Span.at(number, 1, len(line)), text=line.removeprefix(comment).strip()
            )
    for number, line in enumerate(parts.body.split("\n"), parts.body_line):
        if line.strip() == heading:
            code = "import-rest" if parsed.entry.draft else "import-rest-public"
            yield problem(code, path, Span.at(number, 1, len(line)), heading=REMAINS)
