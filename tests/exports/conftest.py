"""The two sites that are read: an invented one with every difficulty, and the real one."""

from __future__ import annotations

import pytest

from tests.exports.rich import RICH
from tests.minisite import ROOT, MiniSite
from tests.test_site import Site, published


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = MiniSite(tmp_path_factory.mktemp("rich"), RICH)
    return published(site.root, site.output, "2022-08-01")


@pytest.fixture(scope="session", params=["rich", "real"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    if request.param == "rich":
        found: Site = request.getfixturevalue("rich")
        return found
    return published(ROOT, tmp_path_factory.mktemp("real") / "output")
