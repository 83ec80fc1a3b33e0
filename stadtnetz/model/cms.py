"""The form in the browser under admin/: off unless site.yaml says which repository it writes to."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import Choice, Record, Text, Url, YesNo

__all__ = ["Backend", "Cms"]


class Backend(Choice):
    """Where the repository lies."""

    GITHUB = "github", "GitHub", "GitHub"
    GITLAB = "gitlab", "GitLab", "GitLab"
    GITEA = "gitea", "Forgejo oder Gitea", "Forgejo or Gitea"
    TEST = "test", "zum Ausprobieren, ohne Repositorium", "for a trial, without a repository"


class Cms(Record):
    """Which repository the form writes to, and how its editors sign in."""

    backend: Backend = Field(title="Dienst", description="Wo das Repositorium liegt.")
    repository: Text | None = Field(
        None, title="Repositorium", description="Wem es gehört und wie es heißt, etwa „stadt/netz“."
    )
    branch: Text = Field("main", title="Zweig", description="In welchen Zweig geschrieben wird.")
    url: Url | None = Field(
        None,
        title="Adresse des Dienstes",
        description="Bei einer eigenen Instanz, etwa https://git.musterstadt.de; bei Forgejo und Gitea nötig.",
    )
    app_id: Text | None = Field(
        None,
        title="Kennung der Anwendung",
        description="Client-ID der OAuth-Anwendung (GitLab, Forgejo, Gitea); ohne sie bleibt die Anmeldung mit Token.",
    )
    sign_in_url: Url | None = Field(
        None,
        title="Anmeldedienst",
        description="Nur bei GitHub: Adresse des Dienstes, der die Anmeldung vermittelt; ohne ihn bleibt das Token.",
    )
    review: YesNo = Field(
        False,
        title="Freigabe",
        description="„ja“: Änderungen gehen als Vorschlag ein, den jemand freigibt (GitHub und GitLab).",
    )
