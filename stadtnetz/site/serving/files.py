"""The files for servers, as site.yaml asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from stadtnetz.description.cms import origins
from stadtnetz.model.deploy import Server
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.site.edition import Edition
from stadtnetz.site.files import PlannedFile
from stadtnetz.site.redirects import Moves
from stadtnetz.site.security import SEARCHING_POLICY, STRICT_POLICY, form_policy
from stadtnetz.site.serving.apache import htaccess
from stadtnetz.site.serving.hosts import headers_file, redirects_file
from stadtnetz.site.serving.nginx import snippet
from stadtnetz.site.serving.rules import Serving

__all__ = ["server_files", "serving_of"]


def serving_of(edition: Edition, moves: Moves) -> Serving:
    """Return what a server has to know of the site."""
    site, addresses = edition.network.site, edition.addresses
    return Serving(
        base_path=addresses.base_path,
        https=urlsplit(addresses.base_url).scheme == "https",
        hsts=site.deploy.hsts,
        policies=tuple(_policies(site)),
        popups=site.cms is not None,
        compressed=site.deploy.compress,
        moves=moves,
    )


def _policies(site: SiteConfig) -> Iterator[str]:
    """Yield the policies that the pages of a site have."""
    yield STRICT_POLICY
    if site.search:
        yield SEARCHING_POLICY
    if site.cms is not None:
        yield form_policy(origins(site.cms))


def server_files(edition: Edition, moves: Moves) -> Iterator[PlannedFile]:
    """Plan what the servers of site.yaml want to be told. Names that begin with a dot are not served."""
    deploy = edition.network.site.deploy
    serving = serving_of(edition, moves)
    if Server.PAGES in deploy.servers:
        yield _planned("_headers", headers_file(serving))
        if moves.moved:
            yield _planned("_redirects", redirects_file(serving))
    if Server.APACHE in deploy.servers:
        yield _planned(".htaccess", htaccess(serving))
    if Server.NGINX in deploy.servers:
        yield _planned(".nginx.conf", snippet(serving))
    if Server.GITHUB in deploy.servers:
        yield _planned(".nojekyll", "")  # without it GitHub leaves out what begins with an underscore
    if deploy.domain is not None:
        yield _planned("CNAME", f"{deploy.domain}\n")
        yield _planned(".domains", f"{deploy.domain}\n")


def _planned(file: str, text: str) -> PlannedFile:
    data = text.encode()
    return PlannedFile(file, (text,), partial(bytes, data))
