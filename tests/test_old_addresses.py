"""Old addresses lead on, are gone for good, or are reported: in an entry, in site.yaml, against what was published."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.authoring.difference import compare
from stadtnetz.authoring.revision import clean_commit
from stadtnetz.cli import cli
from stadtnetz.cli.diff_formats import render
from stadtnetz.diagnostics import Severity
from stadtnetz.site.redirects import tidy
from tests.minisite import (
    BEISPIELHAUSEN,
    CITIES,
    MELDUNG,
    MUSTERSTADT,
    NETWORK,
    SITE,
    MiniSite,
    snapshot,
    without_mark,
)

PAGE = "---\ntitle: Fragen\nlead: Erfundene Antworten.\n---\nEin erfundener Text.\n"
PAGE_EN = "---\ntitle: Questions\nlead: Invented answers.\n{more}---\nInvented words.\n"
LONG_AGO = {"GIT_AUTHOR_DATE": "2022-02-01T12:00:00+0000", "GIT_COMMITTER_DATE": "2022-02-01T12:00:00+0000"}


def moved(addresses: str) -> str:
    return f"{SITE}addresses:\n  {addresses}\n"


class TestWhatTheyBecome:
    def test_an_entry_s_old_address_leads_to_it_for_every_server(self, tmp_path: Path) -> None:
        city = MUSTERSTADT + "aliases: [/orte/alt]\n"
        site = MiniSite(tmp_path, {**CITIES, "content/cities/musterstadt.yaml": city})
        assert site.build().published is not None
        redirects = (site.output / "_redirects").read_text()
        assert redirects == "/orte/alt/ /staedte/musterstadt/ 301\n/orte/alt /staedte/musterstadt/ 301\n"
        apache = (site.output / ".htaccess").read_text()
        assert 'RedirectMatch 301 "^/orte/alt/?$" "/staedte/musterstadt/"' in apache
        nginx = (site.output / ".nginx.conf").read_text()
        assert 'location = "/orte/alt" { return 301 "/staedte/musterstadt/"; }' in nginx
        page = site.html("orte/alt")
        assert '<meta http-equiv="refresh" content="0; url=/staedte/musterstadt/">' in page
        assert "Diese Seite ist umgezogen" in page
        assert "orte/alt" not in (site.output / "sitemap.xml").read_text()

    def test_what_belongs_to_a_place_moves_with_its_page(self, tmp_path: Path) -> None:
        event = "title: Fest\nlead: V\nstart: 2022-10-01\ncities: [musterstadt]\n"
        files = {
            **NETWORK,
            "content/cities/musterstadt.yaml": MUSTERSTADT + "aliases: [/staedte/alt/]\n",
            "content/events/fest.yaml": event
            + "sources: [{url: 'https://musterstadt.de/f', seen: 2022-01}]\n",
        }
        site = MiniSite(tmp_path, files)
        site.build()
        redirects = (site.output / "_redirects").read_text()
        assert "/staedte/alt/termine.ics /staedte/musterstadt/termine.ics 301\n" in redirects
        assert "/aktuelles/ort/alt/ /aktuelles/ort/musterstadt/ 301\n" in redirects
        assert "/aktuelles/ort/alt/feed.xml /aktuelles/ort/musterstadt/feed.xml 301\n" in redirects

    def test_a_translation_has_old_addresses_of_its_own(self, tmp_path: Path) -> None:
        files = {
            "content/pages/fragen.md": PAGE,
            "content/pages/fragen.en.md": PAGE_EN.format(more="aliases: [/en/faq/]\n"),
        }
        site = MiniSite(tmp_path, files)
        assert site.build().published is not None
        page = site.html("en/faq")
        assert '<html lang="en">' in page
        assert '<a href="/en/fragen/">Questions</a>' in page

    @pytest.mark.parametrize("hidden", ["draft: ja", "embargo: 2022-12-01"])
    def test_what_is_hidden_leaves_no_trace_of_its_old_addresses(self, tmp_path: Path, hidden: str) -> None:
        news = MELDUNG.replace("cities:", f"{hidden}\naliases: [/geheimsache/]\ncities:")
        site = MiniSite(tmp_path, {**CITIES, "content/news/2021/meldung.md": news})
        assert site.build().published is not None
        assert [path for path, data in snapshot(site.output).items() if b"geheimsache" in data] == []
        other = MiniSite(tmp_path / "other", CITIES)
        other.build()
        assert snapshot(site.output) == snapshot(other.output)

    def test_what_is_gone_for_good_has_a_page_that_says_so(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {**CITIES, "site.yaml": moved("gone: [/weg/, /weg.pdf]")})
        assert site.build().published is not None
        assert "Diese Seite gibt es nicht mehr" in (site.output / "410.html").read_text()
        assert 'RedirectMatch 410 "^/weg\\.pdf$"' in (site.output / ".htaccess").read_text()
        assert 'location = "/weg" { return 410; }' in (site.output / ".nginx.conf").read_text()
        assert not (site.output / "_redirects").exists()

    def test_a_page_for_an_old_address_never_takes_the_place_of_a_file(self, tmp_path: Path) -> None:
        aliases = (
            "aliases: [/Staedte/, /feed.xml/alt/, /assets/alt/, /staedte.html, /STAEDTE/Beispielhausen/]\n"
        )
        site = MiniSite(tmp_path, {**CITIES, "content/cities/musterstadt.yaml": MUSTERSTADT + aliases})
        assert site.build().published is not None
        assert (site.output / "staedte.html").is_file()
        assert {path.name for path in site.output.iterdir()} & {"Staedte", "STAEDTE"} == set()
        assert "/Staedte/ /staedte/musterstadt/ 301" in (site.output / "_redirects").read_text()

    def test_an_alias_renders_one_page_and_the_server_s_files(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, NETWORK)
        site.build()
        site.edit(
            "content/cities/musterstadt.yaml", "name: Musterstadt", "name: Musterstadt\naliases: [/alt/]"
        )
        built = site.build()
        servers = {".htaccess", ".nginx.conf", "_redirects"}
        assert set(built.reasons) == {"alt/index.html", *servers}
        assert site.build().reasons == {}


@given(st.text("abcä/. ", min_size=1).map(lambda text: f"/{text}"))
def test_tidying_an_address_twice_is_as_good_as_once(address: str) -> None:
    assert tidy(f"/{tidy(address)}") == tidy(address) or tidy(address).startswith("/")


class TestWhatIsReported:
    @pytest.mark.parametrize(
        ("aliases", "code"),
        [
            ("[▶/staedte/beispielhausen/]", "alias-live"),
            ("[▶/staedte/musterstadt/]", "alias-live"),
            ("[▶/feed.xml]", "alias-live"),
            ("[/a/, ▶/a]", "alias-twice"),
            ("[▶https://anderswo.de/alt/]", "address-form"),
            ("[▶//anderswo.de/alt/]", "address-form"),
            ("[▶/../alt/]", "address-form"),
            ("[▶alt]", "address-form"),
            ("[▶'/alt/?seite=3']", "address-form"),
            ("['/a/', ▶'/b/\"; }']", "address-form"),
            ("[▶/.well-known/alt]", "address-form"),
            ("[▶/%2e%2e/alt]", "address-form"),
        ],
    )
    def test_in_an_entry(self, tmp_path: Path, aliases: str, code: str) -> None:
        files = {**CITIES, "content/cities/musterstadt.yaml": MUSTERSTADT + f"aliases: {aliases}\n"}
        marked, place = without_mark(files)
        assert MiniSite(tmp_path, marked).findings() == [f"{place} {code}"]

    @pytest.mark.parametrize(
        ("addresses", "code"),
        [
            ("gone: [▶/staedte/]", "alias-live"),
            ("moved: [{old: /a/, new: ▶/nirgends/}]", "redirect-nowhere"),
            ("moved: [{old: /a/, new: /staedte/}, {old: /b/, new: ▶/a/}]", "redirect-chain"),
            ("moved: [{old: /a/, new: ▶/a/}]", "redirect-loop"),
            ("{gone: [/a/], moved: [{old: ▶/a/, new: /staedte/}]}", "alias-twice"),
        ],
    )
    def test_in_site_yaml(self, tmp_path: Path, addresses: str, code: str) -> None:
        marked, place = without_mark({**CITIES, "site.yaml": moved(addresses).replace("\n  {", " {")})
        found = MiniSite(tmp_path, marked).findings()
        assert [one.rpartition(" ")[2] for one in found] == [code]
        assert code == "alias-twice" or found == [f"{place} {code}"]

    def test_a_circle_is_found_on_all_its_sides(self, tmp_path: Path) -> None:
        site = MiniSite(
            tmp_path, {**CITIES, "site.yaml": moved("moved: [{old: /a/, new: /b/}, {old: /b/, new: /a/}]")}
        )
        assert [one.rpartition(" ")[2] for one in site.findings()] == ["redirect-loop"] * 2

    def test_two_entries_with_the_same_one(self, tmp_path: Path) -> None:
        files = {
            "content/cities/musterstadt.yaml": MUSTERSTADT + "aliases: [/alt/]\n",
            "content/cities/beispielhausen.yaml": BEISPIELHAUSEN + "aliases: [/alt]\n",
        }
        (found,) = [d for d in MiniSite(tmp_path, files).examine().diagnostics if d.code == "alias-twice"]
        assert found.path == "content/cities/musterstadt.yaml"
        assert found.related[0].path == "content/cities/beispielhausen.yaml"

    def test_a_draft_may_claim_the_address_of_what_it_will_replace_and_an_embargoed_text_may_not(
        self, tmp_path: Path
    ) -> None:
        news = MELDUNG.replace("cities:", "draft: ja\naliases: [/staedte/musterstadt/]\ncities:")
        site = MiniSite(tmp_path, {**CITIES, "content/news/2021/meldung.md": news})
        assert site.findings() == []
        site.edit("content/news/2021/meldung.md", "draft: ja", "embargo: 2022-12-01")
        assert [one.rpartition(" ")[2] for one in site.findings()] == ["alias-live"]

    def test_an_entry_without_a_page(self, tmp_path: Path) -> None:
        milestone = "date: 2021\ntitle: Erfunden\naliases: [/alt/]\n"
        source = "sources: [{url: 'https://musterstadt.de/f', seen: 2022-01}]\n"
        site = MiniSite(tmp_path, {**CITIES, "content/milestones/eins.yaml": milestone + source})
        assert [one.rpartition(" ")[2] for one in site.findings()] == ["alias-without-page"]


def git(site: MiniSite, *arguments: str) -> None:
    who = (
        "-c",
        "user.name=Erfunden",
        "-c",
        "user.email=erfunden@musterstadt.de",
        "-c",
        "init.defaultBranch=main",
    )
    subprocess.run(
        ["git", *who, *arguments],
        cwd=site.root,
        check=True,
        capture_output=True,
        env={**os.environ, **LONG_AGO},
    )


def commit(site: MiniSite) -> None:
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "Erfunden")


@pytest.fixture
def published(tmp_path: Path) -> MiniSite:
    site = MiniSite(
        tmp_path,
        {
            **NETWORK,
            "content/pages/fragen.md": PAGE,
            "content/pages/fragen.en.md": PAGE_EN.format(more=""),
            "content/news/2021/geheim.md": MELDUNG.replace("cities:", "embargo: 2031-01-01\ncities:"),
            "content/news/2021/entwurf.md": MELDUNG.replace("cities:", "draft: ja\ncities:"),
        },
        templates=False,
    )
    git(site, "init", "--quiet")
    commit(site)
    return site


def lost(site: MiniSite, **options: object) -> list[str]:
    """Return what is reported about addresses that got lost, and what could not be found out."""
    found = site.examine(**{"history": True, **options}).diagnostics
    codes = ("address-lost", "history-missing", "history-partial")
    return [
        f"{dict(d.params).get('address', d.code)} {dict(d.params).get('suggestion', '')}".strip()
        for d in found
        if d.code in codes
    ]


class TestAgainstHistory:
    def test_nothing_is_lost_as_long_as_everything_is_there(self, published: MiniSite) -> None:
        assert lost(published) == []

    def test_a_renamed_entry_is_missed_before_and_after_the_commit_until_it_says_where_it_was(
        self, published: MiniSite
    ) -> None:
        (published.root / "content/pages/fragen.md").rename(published.root / "content/pages/faq.md")
        (published.root / "content/pages/fragen.en.md").rename(published.root / "content/pages/faq.en.md")
        expected = ["/en/fragen/ content/pages/faq.en.md", "/fragen/ content/pages/faq.md"]
        assert sorted(lost(published)) == expected
        commit(published)
        assert sorted(lost(published)) == expected
        assert sorted(lost(published)) == expected  # as it is remembered
        published.edit("content/pages/faq.md", "title:", "aliases: [/fragen/]\ntitle:")
        published.edit("content/pages/faq.en.md", "title:", "aliases: [/en/fragen/]\ntitle:")
        assert lost(published) == []

    def test_a_removed_entry_is_missed_until_it_is_gone_for_good(self, published: MiniSite) -> None:
        published.remove("content/news/2021/meldung.md")
        commit(published)
        assert lost(published) == ["/aktuelles/2021/meldung/"]
        published.write("site.yaml", moved("gone: [/aktuelles/2021/meldung/]"))
        assert lost(published) == []

    def test_what_readers_never_saw_may_go(self, published: MiniSite) -> None:
        published.remove("content/news/2021/geheim.md")
        published.remove("content/news/2021/entwurf.md")
        assert lost(published) == []
        commit(published)
        assert lost(published) == []

    def test_another_year_is_another_address(self, published: MiniSite) -> None:
        published.edit("content/news/2021/meldung.md", "published: 2021-07-08", "published: 2022-01-08")
        assert lost(published) == ["/aktuelles/2021/meldung/"]
        commit(published)
        assert lost(published) == ["/aktuelles/2021/meldung/"]

    @pytest.mark.parametrize("against", ["history", "manifest"])
    def test_an_entry_with_mistakes_is_not_lost_as_well(self, published: MiniSite, against: str) -> None:
        options: dict[str, object] = {"history": True}
        if against == "manifest":
            options = {"published": ("aktuelles/2021/meldung/", "staedte/musterstadt/", "staedte/neustadt/")}
        published.edit("content/news/2021/meldung.md", "published: ", "published: 2021-02-31 # ")
        published.edit("content/cities/musterstadt.yaml", "state: ", "state: DE-XX # ")
        found = published.examine(**options).diagnostics
        codes = [(one.path, one.code) for one in found if one.severity is Severity.ERROR]
        expected = [
            ("content/cities/musterstadt.yaml", "unknown-state"),
            ("content/news/2021/meldung.md", "date-impossible"),
        ]
        if against == "manifest":
            expected.insert(0, ("content", "address-lost"))  # of the place that is not there at all
        assert codes == expected

    def test_what_happened_on_a_branch_before_it_was_merged_was_never_published(
        self, published: MiniSite
    ) -> None:
        git(published, "switch", "--quiet", "--create", "zweig")
        published.write("content/pages/falsch.md", PAGE)
        commit(published)
        (published.root / "content/pages/falsch.md").rename(published.root / "content/pages/richtig.md")
        commit(published)
        git(published, "switch", "--quiet", "main")
        git(published, "merge", "--quiet", "--no-ff", "--message", "Zusammengeführt", "zweig")
        assert lost(published) == []

    def test_what_is_back_again_is_not_missed(self, published: MiniSite) -> None:
        text = (published.root / "content/pages/fragen.md").read_text()
        (published.root / "content/pages/fragen.en.md").unlink()
        published.remove("content/pages/fragen.md")
        commit(published)
        published.write("content/pages/fragen.md", text)
        assert lost(published) == ["/en/fragen/"]

    def test_without_git_or_with_a_part_of_its_history_it_says_so_and_goes_on(
        self, published: MiniSite, tmp_path: Path
    ) -> None:
        published.remove("content/news/2021/meldung.md")
        commit(published)
        shallow = MiniSite(tmp_path / "shallow", templates=False)
        for path in shallow.root.iterdir():
            path.unlink() if path.is_file() else path.rmdir()
        origin = published.root.as_uri()
        subprocess.run(
            ["git", "clone", "--quiet", "--depth=1", origin, shallow.root], check=True, capture_output=True
        )
        none = MiniSite(tmp_path / "none", CITIES, templates=False)
        # Told before publishing, and no reason to stop then.
        assert lost(shallow, strict=True) == ["history-partial"]
        assert lost(none, strict=True) == ["history-missing"]
        assert (lost(shallow), lost(none)) == ([], [])

    def test_a_commit_is_told_only_where_all_is_as_committed(self, published: MiniSite) -> None:
        commit_ = clean_commit(published.root)
        assert commit_ is not None
        assert len(commit_) == 40
        published.write(".gitignore", "/.build/\n")
        published.write(".build/etwas", "x")
        assert clean_commit(published.root) == commit_
        published.write("content/pages/neu.md", PAGE)
        assert clean_commit(published.root) is None


def test_a_difference_names_what_leads_on_now(tmp_path: Path) -> None:
    before, after = MiniSite(tmp_path / "before", NETWORK), MiniSite(tmp_path / "after", NETWORK)
    (after.root / "content/news/2021/meldung.md").rename(after.root / "content/news/2021/umbenannt.md")
    after.edit("content/news/2021/umbenannt.md", "type:", "aliases: [/aktuelles/2021/meldung/]\ntype:")
    after.write("site.yaml", moved("moved: [{old: /archiv/, new: /aktuelles/}]"))
    assert before.build().published is not None
    assert after.build().published is not None
    found = compare(before.output, after.output)
    leading = [(one.before, one.address) for one in found.redirected]
    assert leading == [
        ("/aktuelles/2021/meldung/", "/aktuelles/2021/umbenannt/"),
        ("/archiv/", "/aktuelles/"),
    ]
    assert [(one.before, one.address) for one in found.moved] == leading[:1]
    assert (found.added, found.removed) == ((), ())
    assert "Adressen, die jetzt weiterleiten (2)" in render(found, "vorher", "markdown", "de")
    assert compare(after.output, after.output).is_empty


class TestAgainstAManifest:
    def test_every_entry_of_the_published_site_must_be_somewhere(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, NETWORK)
        site.build()
        manifest = site.output / ".well-known" / "build.json"
        assert "aktuelles/2021/meldung/" in json.loads(manifest.read_text())["entries"]
        command = [
            "check",
            "--root",
            str(site.root),
            "--as-of",
            "2022-08-01",
            "--format",
            "json",
            "--published",
        ]
        assert CliRunner().invoke(cli, [*command, str(manifest)]).exit_code == 0
        site.remove("content/news/2021/meldung.md")
        result = CliRunner().invoke(cli, [*command, str(manifest)])
        assert result.exit_code == 1
        told = [
            one["message"]
            for one in json.loads(result.stdout)["diagnostics"]
            if one["code"] == "address-lost"
        ]
        assert [message.split(" ")[2] for message in told] == ["/aktuelles/2021/meldung/"]
        site.write("site.yaml", moved("gone: [/aktuelles/2021/meldung/]"))
        assert CliRunner().invoke(cli, [*command, str(manifest)]).exit_code == 0

    def test_what_is_no_manifest_is_reported(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, CITIES)
        for text in ("", "[]", '{"format": 1, "files": []}', "{" * 5000):
            site.write("build.json", text)
            result = CliRunner().invoke(
                cli, ["check", "--root", str(site.root), "--published", str(site.root / "build.json")]
            )
            assert result.exit_code == 1
            assert "lässt sich nicht lesen" in result.stderr
