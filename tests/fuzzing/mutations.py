"""Changes to the bytes of a file that somebody could have made, by accident or on purpose.

Every choice comes from the generator that is given, so that a number names an input for good.
"""

from __future__ import annotations

from random import Random

__all__ = ["mutated"]

_WORDS = (
    *("---\n", "\n---\n", "...\n", ": ", "- ", "? ", "[", "]", "{", "}", "&a ", "*a "),
    *("!!python/object:os.system ", "!x ", "|\n", ">\n", "|-9\n", '"', "'", "\\", '"\\x', '"\\ud800"'),
    *("%YAML 9.9\n", "# ", "<<: ", "\t", "\0", "\x1b[31m", "\x85", "{{", "}}", "{%", "{#", "${"),
    *("<script>", "</script>", "<!--", "-->", "<details>", "<summary>", "<a href=", "<![CDATA[", "[a](b)"),
    *("](", "![", "[^1]", "[^1]: ", "[a]: ", "javascript:", "city:", "page:x#", "mailto:", "tel:", "//"),
    *("http://[", "http://a:b/", "`", "```\n", "~~~\n", "**", "*", "__", "_", "> ", "#", "|", "|-|-|\n"),
    *("!!! note\n", "{.button}", "{#s-x}", "&#", "&#x110000;", "&amp;", "2022-13-45", "2022-02-30 25:61"),
    *("0000", "-1", "1e999", "nan", "9" * 400, "9" * 5000, "01067", "ja", "null", "~", "1:00:00:00"),
    *("\ufdd0", "\ufdd11\ufdd2", "\x02amp\x03", "\x02wzxhzdk:0\x03", "\u202e", "\u2066", "\u2028"),
    *("\ufeff", "\u0130", "ß", "\u0301", "\U0001f469\u200d", "a" * 300, " " * 300, "[" * 300, ">" * 300),
    *("- " * 60, "(" * 300, "\n\n" * 100, "*a _b " * 60),
)  # fmt: skip
_BAD_BYTES = (
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\r",
    b"\0\0",
)
_MOST = 6
_LONGEST = 20_000
"""Bytes; a longer input takes longer and is no odder."""


def mutated(data: bytes, others: list[bytes], random: Random) -> bytes:
    """Return the bytes with one to six changes; some are pieces of others."""
    for _ in range(random.randint(1, _MOST)):
        if random.random() < 0.1:
            data = _spliced(data, random.choice(others), random)
        else:
            data = random.choice(_CHANGES)(data, random)
        data = data[:_LONGEST]
    return data


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.choice((0, 1, 2, 5, 20, 100, 500)))


def _spliced(data: bytes, other: bytes, random: Random) -> bytes:
    start, end = _stretch(other, random)
    at = random.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]


def _some_word(random: Random) -> bytes:
    return random.choice(_WORDS).encode("utf-8", "surrogatepass")


def _word(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + _some_word(random) + data[random.choice((start, end)) :]


def _byte(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    byte = random.choice(_BAD_BYTES) if random.random() < 0.2 else random.randbytes(1)
    return data[:at] + byte + data[at + 1 :]


def _gone(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def _twice(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 50)) + data[end:]


def _lines(data: bytes, random: Random) -> bytes:
    """Move a line, or change how far it is indented: what a YAML file is most easily spoilt by."""
    lines = data.split(b"\n")
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    line = lines.pop(at)
    lines.insert(to, random.choice((line, b"  " + line, line.lstrip(), b"\t" + line)))
    return b"\n".join(lines)


def _value(data: bytes, random: Random) -> bytes:
    """Give a field another value."""
    lines = data.split(b"\n")
    fields = [number for number, line in enumerate(lines) if b":" in line]
    if fields:
        at = random.choice(fields)
        lines[at] = lines[at].partition(b":")[0] + b": " + _some_word(random)
    return b"\n".join(lines)


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


_CHANGES = (_word, _word, _word, _byte, _gone, _twice, _lines, _value, _value, _cut)
