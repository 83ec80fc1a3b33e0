"""What every record of the content model is made of: base class, text and date types, choices, references.

Each field carries its German label as `title` and its German help text as `description`, because forms, the
editors' handbook and the JSON Schema are made from them. The field's own name is the English term.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from stadtnetz.dates import DateFormatError, ImpossibleDateError, PartialDate

__all__ = [
    "ID_FORM",
    "WEB_ADDRESS",
    "AnyDate",
    "BackgroundRef",
    "Choice",
    "CityRef",
    "DateForm",
    "Day",
    "DayOrMinute",
    "Email",
    "EventRef",
    "Form",
    "NetworkRef",
    "OldAddress",
    "PageRef",
    "PartnerRef",
    "Phone",
    "Record",
    "Reference",
    "TandemRef",
    "Text",
    "TopicRef",
    "Url",
    "YesNo",
]


class Record(BaseModel):
    """A frozen record; unknown fields are errors, so that a misspelt name is never silently ignored."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        # Each validator is made when a record of its class is first read: a build may need only a few of them.
        defer_build=True,
    )


class Choice(StrEnum):
    """One of a fixed set of values; what stands in the file is English, readers see the label."""

    label_de: str
    label_en: str

    def __new__(cls, value: str, label_de: str, label_en: str) -> Self:
        """Make a member that is its value and carries its labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label_de = label_de
        member.label_en = label_en
        return member

    def label(self, language: str) -> str:
        """Return the label for readers of a language: German for `de` and its variants, else English."""
        return self.label_de if language.partition("-")[0] == "de" else self.label_en


class Reference(Struct, frozen=True):
    """Marks a text field as the id of an entry of a kind; the network checks it."""

    kind: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "x-reference": self.kind}


class Form(Struct, frozen=True):
    """How the value of a field is written, for schemas, the field reference and the form in the browser.

    `pattern` holds for every text that is accepted; it is understood alike by Python and by JavaScript, and does not
    say all that a validator does. Blanks around it are let pass, as they are when a file is read.
    """

    name: str
    label: str
    """In German, for editors."""
    pattern: str


ID_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id, and so a file's name, looks like."""


def _checked_id(value: str) -> str:
    if not ID_FORM.fullmatch(value):
        raise PydanticCustomError("id_form", "not an id")
    return value


_Id = Annotated[str, AfterValidator(_checked_id), Form("id", "Kennung", ID_FORM.pattern)]
BackgroundRef = Annotated[_Id, Reference("background")]
CityRef = Annotated[_Id, Reference("city")]
EventRef = Annotated[_Id, Reference("event")]
NetworkRef = Annotated[_Id, Reference("network")]
PageRef = Annotated[_Id, Reference("page")]
PartnerRef = Annotated[_Id, Reference("partner")]
TandemRef = Annotated[_Id, Reference("tandem")]
TopicRef = Annotated[_Id, Reference("topic")]


def _filled(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("text_empty", "empty text")
    return value


Text = Annotated[str, AfterValidator(_filled), Form("text", "Text", r"(?:.|\n)*\S(?:.|\n)*")]
"""Plain text that says something."""


_PLAIN_URL = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]+(?:/[\w./~%+,;=&?#-]*)?", re.ASCII)
"""What nearly every address looks like; there is nothing about it to take apart."""


def _checked_url(value: str) -> str:
    if _PLAIN_URL.fullmatch(value):
        return value
    if value != value.strip() or re.search(r"[\s<>\"{}|\\^`\x00-\x1f]", value):
        raise PydanticCustomError("url_form", "not a web address")
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise PydanticCustomError("url_form", "not a web address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname:
        raise PydanticCustomError("url_form", "not a web address")
    return value


WEB_ADDRESS = Form("url", "Webadresse", r"[hH][tT][tT][pP][sS]?://[^\s<>\"{}|\\^`]+")

Url = Annotated[str, AfterValidator(_checked_url), WEB_ADDRESS]
"""A complete web address, http or https; nothing else, so that no script can hide in a link."""


_ADDRESS_PART = re.compile(r"[\w~+@(][\w.~+,@() -]*")
_LONGEST_PART = 200
"""Bytes: file systems have room for 255, and something must fit behind."""


def _checked_address(value: str) -> str:
    # Nothing here needs quoting in the configuration of a server, nor leads out of the site. What is no UTF-8 becomes
    # a sign that no part may have.
    parts = unquote(value).removeprefix("/").removesuffix("/").split("/")
    proper = all(_ADDRESS_PART.fullmatch(part) and len(part.encode()) <= _LONGEST_PART for part in parts)
    if not value.startswith("/") or value.startswith("//") or not (proper or value == "/"):
        raise PydanticCustomError("address_form", "not an address on this site")
    return value


OldAddress = Annotated[
    str, AfterValidator(_checked_address), Form("address", "Adresse auf dieser Seite", r"/.*")
]
"""Where a page of this site stood: from the site's root, without host, question mark and place in the text."""
_EMAIL = r"[^\s@<>\"'&?%]+@[^\s@<>\"'&?%]+\.[^\s@<>\"'&?%.]{2,}"


def _checked_email(value: str) -> str:
    # The form only: whether anyone reads the mailbox can't be seen from here.
    if not re.fullmatch(_EMAIL, value):
        raise PydanticCustomError("email_form", "not a mail address")
    return value


Email = Annotated[str, AfterValidator(_checked_email), Form("email", "E-Mail-Adresse", _EMAIL)]

_PHONE = r"\+?[0-9][0-9 ()/-]{4,}"


def _checked_phone(value: str) -> str:
    if not re.fullmatch(_PHONE, value):
        raise PydanticCustomError("phone_form", "not a telephone number")
    return value


Phone = Annotated[str, AfterValidator(_checked_phone), Form("phone", "Telefonnummer", _PHONE)]

_TRUE, _FALSE = ("true", "ja", "yes", "on"), ("false", "nein", "no", "off")


def _any_case(words: tuple[str, ...]) -> str:
    """Return a pattern for words in any letter case; JavaScript has no sign for that inside a pattern."""
    return "|".join("".join(f"[{one.upper()}{one}]" for one in word) for word in words)


def _read_yes_no(value: object) -> object:
    if isinstance(value, str):
        if value.lower() in _TRUE:
            return True
        if value.lower() in _FALSE:
            return False
        raise PydanticCustomError("yes_no_form", "neither yes nor no")
    return value


YesNo = Annotated[
    bool, BeforeValidator(_read_yes_no), Form("yes-no", "ja oder nein", _any_case(_TRUE + _FALSE))
]
"""`true` or `false`; `ja`, `nein`, `yes`, `no` as well."""


class DateForm(Struct, frozen=True):
    """Reads a PartialDate and demands at least, and at most, some precision."""

    precisions: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """Return a pattern for every text that is accepted, as that of a Form."""
        return "|".join(_PATTERNS[precision] for precision in self.precisions)

    @property
    def examples(self) -> tuple[str, ...]:
        """Return a date of each precision."""
        return tuple(_EXAMPLES[precision] for precision in self.precisions)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "examples": list(self.examples)}

    def read(self, value: object) -> PartialDate:
        """Read a date. Raises PydanticCustomError for what is none, or of another precision."""
        if isinstance(value, PartialDate):
            found = value
        elif isinstance(value, str):
            try:
                found = PartialDate.parse(value)
            except DateFormatError as error:
                raise PydanticCustomError("date_form", "not a date") from error
            except ImpossibleDateError as error:
                raise PydanticCustomError("date_impossible", "no such date") from error
        else:
            raise PydanticCustomError("date_form", "not a date")
        if found.precision not in self.precisions:
            raise PydanticCustomError("date_precision", "wrong precision", {"example": self.examples[0]})
        return found


_YEAR, _PART, _TIME = "(?:1[89]|2[01])[0-9]{2}", "[0-9]{1,2}", "[0-9]{1,2}:[0-9]{2}"
_ISO_DAY, _GERMAN_DAY = rf"{_YEAR}-{_PART}-{_PART}", rf"{_PART}\.\s?{_PART}\.{_YEAR}"
_PATTERNS = {
    "year": _YEAR,
    "month": rf"{_YEAR}-{_PART}|{_PART}\.{_YEAR}",
    "day": f"{_ISO_DAY}|{_GERMAN_DAY}",
    "minute": rf"{_ISO_DAY}[T ]+{_TIME}|{_GERMAN_DAY},?\s+{_TIME}(?: Uhr)?",
}
"""What `PartialDate.parse` reads, as patterns that JavaScript understands as well."""
_EXAMPLES = {"year": "2022", "month": "2022-07", "day": "2022-07-08", "minute": "2022-07-08 18:30"}
AnyDate = Annotated[PartialDate, DateForm(("day", "month", "year"))]
"""A date as precise as its source."""
Day = Annotated[PartialDate, DateForm(("day",))]
DayOrMinute = Annotated[PartialDate, DateForm(("day", "minute"))]
EventDate = Annotated[PartialDate, DateForm(("day", "minute", "month", "year"))]
