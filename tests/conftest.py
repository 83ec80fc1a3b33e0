"""What all tests share, one of each: the site, the browser, the code of templates; and the figures they report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from stadtnetz import groundwork
from stadtnetz.render.compiled import Compiled
from tests.browser.chromium import NoBrowserError, chromium
from tests.browser.host import Host, hosted

FIGURES = "figures"
"""What a test records under this name is printed at the end, whether it passes or fails."""


# Timings never decide a test: a busy machine is no reason to fail.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "quality: measures the whole built site; takes minutes, not seconds")
    config.addinivalue_line("markers", "alone: depends on how fast the machine is; nothing may run beside it")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [text for one in reports for name, text in one.user_properties if name == FIGURES]
    if told:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(sorted(set(told))))


class _Kept(Compiled):
    """Code of templates that stays: after a site with three templates comes the next one with all of them."""

    def limit(self, templates: int) -> None:
        """Let nothing go."""


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Let builds share the code of templates with the same name and text, as those of a preview do.

    Most sites of tests have the real templates, and compiling these takes four times as long as building the rest.
    """
    kept = _Kept()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groundwork, "Compiled", lambda: kept)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with hosted(tmp_path_factory.mktemp("browser")) as host:
        yield host


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as started:
            yield started
    except NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)
