"""The small network that the invented releases are about, and how a release is read against it."""

from __future__ import annotations

from pathlib import Path

from stadtnetz.dates import PartialDate
from stadtnetz.importing.known import Known, KnownBackground, KnownName
from stadtnetz.importing.reading import read_release
from stadtnetz.importing.release import Release, recognise
from tests.importing.made import MADE
from tests.minisite import CITIES

RELEASES = Path(__file__).with_name("releases")
_CITY = """
name: {name}
type: city
state: DE-NI
membership:
  - {{selected: 2019-06-01, admitted: 2019-07-01}}
updated: 2022-01-10
sources:
  - {{url: "https://musterstadt.de/netz", seen: 2022-01}}
"""
_PARTNER = """
name: {name}
level: local
cities: [{cities}]
updated: 2022-01-10
sources:
  - {{url: "https://musterstadt.de/netz", seen: 2022-01}}
"""
_NAMES = (
    KnownName("city", "musterstadt", ("Musterstadt",)),
    KnownName("city", "beispielhausen", ("Beispielhausen",)),
    KnownName("city", "muehlenbrueck", ("Mühlenbrück",)),
    KnownName("city", "bad-beispiel", ("Bad Beispiel (Musterland)",)),
    KnownName("city", "neu-musterburg", ("Neu-Musterburg",)),
    KnownName("partner", "hansestadt-musterstadt", ("Hansestadt Musterstadt",), ("musterstadt",)),
    KnownName("partner", "buergerstiftung-musterstadt", ("Bürgerstiftung Musterstadt",), ("musterstadt",)),
    KnownName("partner", "freiwilligenagentur-beispielhausen", ("Freiwilligenagentur Beispielhausen e. V.",),
              ("beispielhausen",)),
    KnownName("partner", "mosaik", ("Mosaik – Haus der Vielfalt",), ("musterstadt",)),
    KnownName("partner", "anna-beispiel-haus", ("Anna-Beispiel-Haus Musterstadt",), ("musterstadt",)),
    KnownName("partner", "musterstaedtetag", ("Deutscher Musterstädtetag",), ("musterstadt",)),
    KnownName("partner", "mme", ("Ministerium für Muster und Engagement (MME)",), ("neu-musterburg",)),
)  # fmt: skip
_BACKGROUND = (
    "Das Musternetz bringt erfundene Gemeinden zusammen. Sie bekommen Begleitung und treffen sich jährlich. Dahinter "
    "stehen Verbände und Stiftungen."
)
KNOWN = Known(
    _NAMES, (KnownBackground("programm-2022", "Zum Programm", _BACKGROUND, PartialDate.parse("2022-01-01")),)
)

NETWORK_FILES: dict[str, str | bytes] = {
    **CITIES,
    **{
        f"content/cities/{one.id}.yaml": _CITY.format(name=one.names[0])
        for one in _NAMES
        if one.kind == "city" and f"content/cities/{one.id}.yaml" not in CITIES
    },
    **{
        f"content/partners/{one.id}.yaml": _PARTNER.format(name=one.names[0], cities=", ".join(one.cities))
        for one in _NAMES
        if one.kind == "partner"
    },
    "content/backgrounds/programm-2022.md": (
        "---\ntitle: Zum Programm\nas_of: 2022-01-01\nupdated: 2022-01-01\nsources:\n"
        f'  - {{url: "https://musterstadt.de/netz", seen: 2022-01}}\n---\n{_BACKGROUND}\n'
    ),
}
TODAY = PartialDate.parse("2024-02-01")


def names() -> list[str]:
    """Return all releases of the test data."""
    return sorted([*(path.name for path in RELEASES.iterdir()), *MADE])


def data_of(name: str) -> bytes:
    """Return a release's bytes."""
    return MADE[name]() if name in MADE else (RELEASES / name).read_bytes()


def release_of(name: str) -> Release:
    """Read and recognise a release."""
    return recognise(read_release(data_of(name), name), KNOWN, TODAY)
