"""What is said of a tandem, in sentences."""

from __future__ import annotations

from stadtnetz.model.tandem import Tandem
from stadtnetz.network.lifecycle import TandemState, tandem_end
from stadtnetz.site.edition import Edition
from stadtnetz.site.parts import since_until

__all__ = ["period_of", "standing_sentence"]


def period_of(edition: Edition, tandem: Tandem) -> str:
    """Say when the tandem runs or ran; an end that only follows from the programme's rule is called planned."""
    t = edition.texts
    if tandem.start is None:
        if tandem.attested is not None:
            return t.gettext("start not known, named %(date)s", date=t.format_date(tandem.attested))
        return t.gettext("dates not known")
    end = tandem_end(tandem)
    if tandem.end is not None or end is None:
        return since_until(edition, tandem.start, tandem.end)
    return t.gettext("from %(start)s, planned for a year", start=t.format_date(tandem.start))


def standing_sentence(edition: Edition, id_: str) -> str:
    """Say who accompanies whom, or what is still open."""
    t = edition.texts
    network = edition.network
    entry = network.tandems[id_].entry
    state = network.tandem_states[id_]
    cities = (network.cities.get(city or "") for city in (entry.mentor, entry.mentee))
    names = [edition.name(city, short=True) if city is not None else "" for city in cities]
    mentor, mentee = names
    if entry.pending is not None:
        expected = t.format_date(entry.pending.expected)
        if mentee:
            return t.gettext(
                "%(name)s is to be accompanied; by whom was to be known by %(date)s.",
                name=mentee,
                date=expected,
            )
        return t.gettext(
            "%(name)s is to accompany a new place; which one was to be known by %(date)s.",
            name=mentor,
            date=expected,
        )
    sentences = {
        TandemState.ANNOUNCED: t.gettext(
            "%(mentor)s is going to accompany %(mentee)s.", mentor=mentor, mentee=mentee
        ),
        TandemState.RUNNING: t.gettext(
            "%(mentor)s accompanies %(mentee)s in its first year.", mentor=mentor, mentee=mentee
        ),
        TandemState.ENDED: t.gettext("%(mentor)s accompanied %(mentee)s.", mentor=mentor, mentee=mentee),
        TandemState.CONTINUED: t.gettext(
            "%(mentor)s accompanied %(mentee)s; after that year their exchange went on.",
            mentor=mentor,
            mentee=mentee,
        ),
        TandemState.UNDATED: t.gettext(
            "%(mentor)s and %(mentee)s are a tandem.", mentor=mentor, mentee=mentee
        ),
    }
    if not entry.confirmed:
        return t.gettext(
            "%(mentor)s and %(mentee)s work together; who accompanies whom is inferred.",
            mentor=mentor,
            mentee=mentee,
        )
    return sentences[state]
