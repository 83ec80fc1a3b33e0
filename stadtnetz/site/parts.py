"""Parts that many pages show: sources, contacts, files, milestones, periods."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from stadtnetz.dates import PartialDate
from stadtnetz.model.city import Membership
from stadtnetz.model.milestone import Milestone
from stadtnetz.model.picture import Attachment
from stadtnetz.model.shared import Contact, Entry, Period, Source
from stadtnetz.network.library import Item
from stadtnetz.site.addresses import permalink
from stadtnetz.site.edition import Edition
from stadtnetz.site.views import ContactView, Link, MilestoneView, PeriodView, SourceView

__all__ = [
    "attachment_path",
    "attachments",
    "card_path",
    "contact_view",
    "external",
    "file_path",
    "membership_view",
    "milestone_view",
    "milestones",
    "partnership_view",
    "phone_url",
    "reachable",
    "since_until",
    "source_views",
    "website",
]


_LONGEST_NAME = 60
"""Characters of a page's name in the list of sources."""


def external(url: str, text: str = "") -> Link:
    """Return a link to another site, named by its host where nothing better is known."""
    return Link(text or (urlsplit(url).hostname or url).removeprefix("www."), url, external=True)


def website(url: str | None) -> Link | None:
    """Return a link to an entry's own site."""
    return None if url is None else external(url)


def source_views(edition: Edition, sources: Iterable[Source]) -> tuple[SourceView, ...]:
    """Return the list of sources, each address once."""
    found: dict[str, SourceView] = {}
    for source in sources:
        text = source.title or _short_address(source.url)
        seen = edition.texts.gettext("seen %(date)s", date=edition.texts.format_date(source.seen))
        found.setdefault(source.url, SourceView(text, source.url, seen, edition.original_mark))
    return tuple(found.values())


def _short_address(url: str) -> str:
    """Return an address as readers tell it apart from another: the host with the end of the path."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    if not last:
        return host
    return f"{host}: {last if len(last) <= _LONGEST_NAME else last[:_LONGEST_NAME].rstrip('-') + '…'}"


def contact_view(edition: Edition, item: Item[Entry]) -> ContactView | None:
    """Return an entry's public contact."""
    contact: Contact | None = getattr(item.entry, "contact", None)
    if contact is None:
        return None
    lines = tuple(
        line for line in (contact.name, contact.role, contact.organisation, contact.address) if line
    )
    return ContactView(
        lines=lines,
        email=contact.email or "",
        phone=contact.phone or "",
        phone_url=phone_url(contact.phone),
        website=website(contact.url),
        card_url=edition.addresses.url(card_path(item)) if reachable(contact) else "",
    )


def reachable(contact: Contact) -> bool:
    """Tell whether an address book has any use for a contact: a web page alone is none."""
    return bool(contact.email or contact.phone or contact.address)


def card_path(item: Item[Entry]) -> str:
    """Return where an entry's contact stands as a file for address books."""
    return f"{permalink(item)}kontakt.vcf"


def phone_url(phone: str | None) -> str:
    """Return the `tel:` address of a German number: "030 629" becomes tel:+4930629."""
    digits = "".join(character for character in phone or "" if character in "+0123456789")
    return f"tel:{'+49' + digits[1:] if digits.startswith('0') else digits}" if digits else ""


def attachment_path(item: Item[Entry], attachment: Attachment) -> str:
    """Return where an attachment stands in output/."""
    return file_path(item, attachment.file)


def file_path(item: Item[Entry], file: str) -> str:
    """Return where a file of an entry stands in output/: by its entry, so that two can have files of one name."""
    return f"dateien/{item.kind}/{item.id}/{file.rpartition('/')[2]}"


def attachments(edition: Edition, item: Item[Entry]) -> tuple[Link, ...]:
    """Return links to an entry's files."""
    t = edition.texts
    files: tuple[Attachment, ...] = getattr(item.entry, "attachments", ())
    found = []
    for attachment in files:
        about = [attachment.file.rpartition(".")[2].upper()]
        if attachment.accessible is not None:
            about.append(t.gettext("accessible") if attachment.accessible else t.gettext("not accessible"))
        url = edition.addresses.url(attachment_path(item, attachment))
        found.append(Link(f"{attachment.title} ({', '.join(about)})", url))
    return tuple(found)


def since_until(edition: Edition, since: PartialDate | None, until: PartialDate | None) -> str:
    """Say from when until when, as far as known."""
    t = edition.texts
    if since is not None and until is not None:
        return t.format_range(since, until)
    if since is not None:
        return t.gettext("since %(date)s", date=t.format_date(since))
    if until is not None:
        return t.gettext("until %(date)s", date=t.format_date(until))
    return t.gettext("dates not known")


def partnership_view(edition: Edition, period: Period) -> PeriodView:
    """Say when a partner took part, and as what."""
    return PeriodView(since_until(edition, period.since, period.until), period.role or "")


def membership_view(edition: Edition, period: Membership) -> PeriodView:
    """Say what is known of a period of membership."""
    t = edition.texts
    parts = []
    if period.selected is not None:
        parts.append(t.gettext("selected %(date)s", date=t.format_date(period.selected)))
    if period.admitted is not None:
        parts.append(t.gettext("admitted %(date)s", date=t.format_date(period.admitted)))
    elif period.attested is not None:
        parts.append(
            t.gettext("start not known, named as a member %(date)s", date=t.format_date(period.attested))
        )
    else:
        parts.append(t.gettext("start not known"))
    if period.until is not None:
        parts.append(t.gettext("until %(date)s", date=t.format_date(period.until)))
    if not period.confirmed:
        parts.append(t.gettext("today's status not confirmed"))
    return PeriodView(", ".join(parts), period.remark or "")


def milestone_view(edition: Edition, item: Item[Milestone]) -> MilestoneView:
    """Return a milestone with links to everything that it names."""
    entry = item.entry
    links = (
        *edition.links("city", entry.cities),
        *edition.links("partner", entry.partners),
        *edition.links("network", entry.networks),
        *edition.links("event", entry.events),
    )
    return MilestoneView(
        edition.date_text(entry.date), entry.title, links, source_views(edition, entry.sources)
    )


def milestones(edition: Edition, kind: str, id_: str) -> tuple[MilestoneView, ...]:
    """Return the milestones that name an entry, oldest first."""
    items = [edition.network.milestones[m] for m in edition.network.related(kind, id_, "milestone")]
    ordered = sorted(items, key=lambda item: (str(item.entry.date), item.id))
    return tuple(milestone_view(edition, item) for item in ordered)
