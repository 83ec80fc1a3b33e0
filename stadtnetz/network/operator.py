"""What the operator must fill in before a site may go live (warnings, and errors with --strict), and what can't be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from stadtnetz.clock import Clock
from stadtnetz.dates import PartialDate
from stadtnetz.diagnostics import Diagnostic, Severity, problem
from stadtnetz.diagnostics.catalogue import all_rules
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.model.accessibility import Accessibility, Conformity
from stadtnetz.model.cms import Backend
from stadtnetz.model.deploy import SecurityContact
from stadtnetz.model.site_config import LANGUAGES
from stadtnetz.network.standins import says_nothing
from stadtnetz.readings import SiteFile

__all__ = ["ORIGINAL", "REQUIRED", "assessment_ages", "check_operator", "security_ages", "usable_languages"]

ORIGINAL = "de"
"""The language that entries are written in, and so the first of every site."""

REQUIRED: tuple[tuple[str, str], ...] = (
    # § 5 DDG: name, address, quick electronic contact, representative.
    ("imprint", "name"),
    ("imprint", "address"),
    ("imprint", "represented_by"),
    ("imprint", "email"),
    # § 18 Abs. 2 MStV: a natural person answers for journalistic content.
    ("responsible", "name"),
    ("responsible", "address"),
    # Art. 13 GDPR: who processes data, and whom to ask.
    ("privacy", "controller"),
    ("privacy", "email"),
    ("privacy", "hosting"),
    # State accessibility laws after Directive (EU) 2016/2102: assessment, feedback; enforcement follows the state.
    ("accessibility", "assessed"),
    ("accessibility", "method"),
    ("accessibility", "state"),
    ("accessibility", "email"),
    ("press", "email"),
)
"""Section and field of site.yaml."""

_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+")
"""Owner and name, with groups in between on GitLab."""

RESERVED = (".example", ".invalid", ".test", ".localhost", "example.org", "example.com", "example.net")
"""Names that RFC 2606 keeps for documentation: no site stands there."""


def check_operator(site: SiteFile, base_url: str | None, clock: Clock) -> Iterator[Diagnostic]:
    """Report languages that can't be, empty fields, an address that is nobody's, an old statement, unknown advice."""
    languages = site.config.languages
    if not languages or languages[0] != ORIGINAL:
        yield _languages_problem(
            site, ("languages", 0) if languages else ("languages",), "".join(languages[:1])
        )
    for number, language in enumerate(languages):
        if language not in LANGUAGES or language in languages[:number]:
            yield _languages_problem(site, ("languages", number), language)
    yield from _check_filled_in(site)
    host = urlsplit(base_url or "").hostname or ""
    if base_url is None:
        yield problem("base-url-missing", "site.yaml", site.spans.key(("base_url",)))
    elif host.endswith(RESERVED) and base_url == site.config.base_url:
        yield problem("base-url-example", "site.yaml", site.spans.value(("base_url",)), url=base_url)
    yield from _check_statement(site, clock)
    yield from _check_security(site, clock)
    yield from _check_cms(site)
    if site.config.advice_off:
        yield from _check_advice(site)


def _check_advice(site: SiteFile) -> Iterator[Diagnostic]:
    """Report what can't be switched off: only advice can."""
    known = [rule.code for rule in all_rules() if rule.severity is Severity.ADVICE]
    for number, off in enumerate(site.config.advice_off):
        if off.rule not in known:
            span = site.spans.value(("advice_off", number, "rule"))
            suggestion = nearest(off.rule, known)
            yield problem("advice-unknown", "site.yaml", span, rule=off.rule, suggestion=suggestion)


def _check_filled_in(site: SiteFile) -> Iterator[Diagnostic]:
    """Report the required fields that are empty or say nothing, together for each section, at the first of them."""
    missing: dict[str, list[str]] = {}
    for section, field in REQUIRED:
        value = getattr(getattr(site.config, section), field)
        if value is None or (isinstance(value, str) and says_nothing(value)):
            missing.setdefault(section, []).append(field)
    for section, fields in missing.items():
        model = type(getattr(site.config, section))
        labels = ", ".join(model.model_fields[field].title or field for field in fields)
        span = site.spans.key((section, fields[0]))
        names = ", ".join(fields)
        yield problem("operator-missing", "site.yaml", span, section=section, fields=names, labels=labels)


def assessment_ages(accessibility: Accessibility) -> PartialDate | None:
    """Return the day from which an assessment counts as old: a year after its last possible day."""
    assessed = accessibility.assessed
    return None if assessed is None else PartialDate.of(assessed.last_day).plus_years(1)


def _check_statement(site: SiteFile, clock: Clock) -> Iterator[Diagnostic]:
    """Report an old assessment, and claims about accessibility that nothing bears out."""
    stated = site.config.accessibility
    ages = assessment_ages(stated)
    if ages is not None and clock.reached(ages):
        span = site.spans.value(("accessibility", "assessed"))
        yield problem("statement-old", "site.yaml", span, date=str(stated.assessed))
    span = site.spans.value(("accessibility", "conformity"))
    found = stated.conformity is not Conformity.NOT_ASSESSED
    if found and (stated.assessed is None or stated.method is None):
        yield problem("statement-unfounded", "site.yaml", span)
    if stated.conformity is Conformity.FULL and stated.barriers:
        yield problem("statement-contradiction", "site.yaml", span, number=len(stated.barriers))


def security_ages(security: SecurityContact) -> PartialDate | None:
    """Return the day from which a security contact is about to lapse: thirty days before it does."""
    if security.expires is None:
        return None
    return PartialDate.of(security.expires.last_day - timedelta(days=30))


def _check_security(site: SiteFile, clock: Clock) -> Iterator[Diagnostic]:
    """Report a contact for security holes that lapses, and one of which half is missing (RFC 9116, 2.5)."""
    stated = site.config.security
    contact, expires, ages = stated.email or stated.url, stated.expires, security_ages(stated)
    if bool(contact) != (expires is not None):
        field = "expires" if contact else "email, url"
        yield problem("security-incomplete", "site.yaml", site.spans.key(("security",)), field=field)
    elif expires is not None and ages is not None:
        span = site.spans.value(("security", "expires"))
        if clock.passed(expires):
            yield problem("security-expired", "site.yaml", span, date=str(expires))
        elif clock.reached(ages):
            yield problem("security-ages", "site.yaml", span, date=str(expires))


def _check_cms(site: SiteFile) -> Iterator[Diagnostic]:
    """Report what keeps the form in the browser from finding its repository."""
    cms = site.config.cms
    if cms is None:
        return
    if cms.backend is Backend.TEST:
        yield problem("cms-test", "site.yaml", site.spans.value(("cms", "backend")))
        return
    if cms.repository is None or not _REPOSITORY.fullmatch(cms.repository):
        yield problem(
            "cms-repository", "site.yaml", site.spans.key(("cms", "repository")), value=cms.repository or ""
        )
    if cms.backend is Backend.GITEA and cms.url is None:
        yield problem("cms-url-missing", "site.yaml", site.spans.value(("cms", "backend")))
    if cms.backend is Backend.GITEA and cms.review:
        yield problem("cms-review", "site.yaml", site.spans.value(("cms", "review")))


def _languages_problem(site: SiteFile, loc: tuple[str | int, ...], language: str) -> Diagnostic:
    span = site.spans.value(loc)
    return problem("site-languages", "site.yaml", span, language=language, known=", ".join(LANGUAGES))


def usable_languages(site: SiteFile) -> tuple[str, ...]:
    """Return the site's languages without what `check_operator` reports, so that the rest can be checked as well."""
    known = [language for language in site.config.languages if language in LANGUAGES and language != ORIGINAL]
    return (ORIGINAL, *dict.fromkeys(known))
