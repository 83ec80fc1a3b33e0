"""The shell steps of each pipeline, run: what is checked, built, shown and published, and what never is."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pipelines.project import GitHubRunner, Project

WEBSITE = ".github/workflows/website.yml"
LATER = "2099-01-01T00:00:00+01:00"
"""When a site that was published last will still hold."""


def names(tar: Path) -> set[str]:
    with tarfile.open(tar) as archive:
        return {name.removeprefix("./") for name in archive.getnames()}


class TestGitHub:
    """With the real program on a small site; the others run a stub of it, and share its options."""

    @pytest.fixture
    def project(self, tmp_path: Path) -> Project:
        return Project(tmp_path, "github", real=True)

    @pytest.fixture
    def runner(self, project: Project) -> GitHubRunner:
        values = {
            "vars.PREVIEW_URL || 'https://vorschau.example/'": "https://vorschau.example/netz",
            "vars.PREVIEW_URL": "https://vorschau.example/netz",
            "github.event.pull_request.number": "12",
            "github.event_name": "push",
            "github.event.pull_request.base.sha": project.git("rev-parse", "HEAD"),
        }
        return GitHubRunner(project, WEBSITE, values)

    def test_a_pull_request_is_checked_and_its_preview_comes_and_goes(
        self, project: Project, runner: GitHubRunner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        news = project.root / "content/news/2021/meldung.md"
        news.write_text(news.read_text("utf-8").replace("zeigt, wie", "macht vor, wie"), "utf-8")
        assert runner.run("check") == 0, runner.said
        home = (project.root / "output/index.html").read_text("utf-8")
        assert 'href="/netz/pr-12/' in home
        assert "https://vorschau.example/netz/pr-12/" in home
        assert "macht vor" in runner.summary
        packed = names(project.root / "vorschau.tar")
        assert "index.html" in packed
        assert ".stadtnetz" not in packed
        assert project.calls("python")[0].endswith("--require-hashes -r requirements.lock")

        # The preview goes to a repository of its own, and only what was packed goes there.
        shutil.copy(project.root / "vorschau.tar", runner.temp)
        bare = project.remote("vorschau")
        clone = project.folder / "vorschau-clone"
        project.git("clone", "--quiet", str(bare), str(clone))  # what checkout does there
        monkeypatch.setattr(project, "root", clone)
        assert runner.run("preview") == 0, runner.said
        assert {"alt.txt", ".nojekyll", "pr-12/index.html"} <= project.files(bare)
        assert "https://vorschau.example/netz/pr-12/" in runner.summary
        assert runner.run("preview") == 0  # nothing new
        assert runner.run("preview-gone") == 0
        assert project.files(bare) == {"alt.txt", ".nojekyll"}

    def test_what_main_says_is_built_strictly_compared_and_packed(
        self, project: Project, runner: GitHubRunner
    ) -> None:
        assert runner.run("build") == 0, runner.said
        packed = names(project.root / "artifact.tar")
        assert "index.html" in packed
        assert ".stadtnetz" not in packed
        assert {"build --strict --format github", "verify"} <= set(project.commands())

    def test_a_mistake_is_annotated_and_ends_the_job(self, project: Project, runner: GitHubRunner) -> None:
        wrong = project.root / "content/cities/falsch.yaml"
        wrong.write_text("name: Falsch\ntype: dorf\nstate: DE-NI\n", "utf-8")
        try:
            assert runner.run("check") == 1
        finally:
            wrong.unlink()
        assert "::error title=unknown-choice,file=content/cities/falsch.yaml,line=2," in runner.said
        assert "`content/cities/falsch.yaml:2:7`" in runner.summary

    def test_the_schedule_says_whether_something_is_due(self, project: Project, runner: GitHubRunner) -> None:
        script = next(step for step in runner.jobs["due"]["steps"] if step.get("id") == "due")
        # A file in the place of the address that would have to be asked.
        script["run"] = script["run"].replace(
            "build.py due", "build.py due build.json --as-of 2022-08-01T12:00"
        )
        assert runner.run("due") == 0
        assert runner.outputs == "due=yes\n"
        assert runner.run("build") == 0
        shutil.copy(project.root / "output/.well-known/build.json", project.root)
        assert runner.run("due") == 0
        assert runner.outputs == "due=no\n", runner.said


def script(job: dict[str, Any], key: str = "script") -> str:
    return "\n".join(job[key])


class TestGitLab:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Project:
        return Project(tmp_path, "gitlab")

    def run(self, project: Project, name: str, **env: str) -> tuple[int, str]:
        jobs = yaml.safe_load((project.root / ".gitlab-ci.yml").read_text("utf-8"))
        job = jobs[name]
        before = script(jobs[job["extends"]], "before_script") if "extends" in job else ""
        return project.shell(f"set -eo pipefail\n{before}\n{script(job)}", {"CI": "true", **env})

    MERGE_REQUEST = {"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD"}  # noqa: RUF012 - never changed

    def test_a_merge_request_gets_both_reports_even_when_it_is_wrong(self, project: Project) -> None:
        assert self.run(project, "check", CHECK="1", **self.MERGE_REQUEST)[0] == 1
        assert project.commands() == [
            "check --strict --format gitlab --report gl-code-quality-report.json",
            "check --quiet --format junit --report junit.xml",
        ]

    def test_its_preview_is_shown_in_a_project_of_its_own(self, project: Project) -> None:
        assert (
            self.run(project, "check", PREVIEW_SITE="gruppe.example/vorschau", **self.MERGE_REQUEST)[0] == 0
        )
        assert "build --base-url https://gruppe.example/vorschau/mr-7/" in project.commands()
        bare = project.remote("vorschau")
        for _ in range(2):
            code, said = self.run(project, "preview", PREVIEW_REMOTE=str(bare), **self.MERGE_REQUEST)
            assert code == 0, said
        assert {"alt.txt", "public/mr-7/index.html"} <= project.files(bare)
        assert self.run(project, "preview-gone", PREVIEW_REMOTE=str(bare), **self.MERGE_REQUEST)[0] == 0
        assert project.files(bare) == {"alt.txt"}

    @pytest.mark.parametrize(
        ("source", "due", "code", "published"),
        [
            ("push", "1", 0, True),
            ("schedule", "0", 0, True),
            ("schedule", "1", 80, False),
            ("schedule", "3", 3, False),
        ],
    )
    def test_main_is_published_when_it_must_be(
        self, project: Project, source: str, due: str, code: int, published: bool
    ) -> None:
        assert self.run(project, "pages", CI_PIPELINE_SOURCE=source, DUE=due)[0] == code
        assert (project.root / "public/index.html").exists() == published
        # By schedule it counts what was in order when it was committed: time alone must not hold the site back.
        built = {"check --strict", "build"} if source == "schedule" else {"build --strict"}
        assert (built <= set(project.commands())) == published
        if published:
            assert (project.root / "public/index.html").read_text("utf-8").strip().isdigit()


class TestForgejo:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Project:
        return Project(tmp_path, "forgejo")

    def test_a_pull_request_is_checked_and_shown(self, project: Project) -> None:
        bare = project.remote("vorschau", "pages")
        values = {
            "vars.PREVIEW_URL || 'https://vorschau.example/'": "https://verein.example/vorschau/",
            "github.event.pull_request.number": "3",
            "github.event.pull_request.base.sha": "HEAD",
            "secrets.PREVIEW_REMOTE": str(bare),
        }
        runner = GitHubRunner(project, ".forgejo/workflows/website.yml", values)
        assert runner.run("check") == 0, runner.said
        assert "build --base-url https://verein.example/vorschau/pr-3/" in project.commands()
        assert {"alt.txt", "pr-3/index.html"} <= project.files(bare, "pages")
        assert project.calls("apt-get")[-1].endswith("python3-venv")

    @pytest.mark.parametrize(
        ("event", "due", "told"), [("push", "1", "yes"), ("schedule", "0", "yes"), ("schedule", "1", "no")]
    )
    def test_what_follows_depends_on_whether_something_is_due(
        self, project: Project, event: str, due: str, told: str
    ) -> None:
        runner = GitHubRunner(project, ".forgejo/workflows/website.yml", {"github.event_name": event})
        assert runner.run("publish", DUE=due) == 0, runner.said
        assert runner.outputs == f"due={told}\n"
        after = [
            one
            for one in runner.jobs["publish"]["steps"]
            if "build.py build" in one.get("run", "") or "with" in one
        ]
        assert [one.get("if") for one in after[1:]] == ["steps.due.outputs.due == 'yes'"] * 2

    def test_a_bug_ends_the_job(self, project: Project) -> None:
        runner = GitHubRunner(project, ".forgejo/workflows/website.yml", {"github.event_name": "schedule"})
        assert runner.run("publish", DUE="3") == 3


class TestWoodpecker:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Project:
        return Project(tmp_path, "woodpecker")

    def run(self, project: Project, event: str, **env: str) -> tuple[int, str]:
        """Run the steps for an event in order, up to the first that fails."""
        pipeline = yaml.safe_load((project.root / ".woodpecker/website.yaml").read_text("utf-8"))
        told = ""
        for step in pipeline["steps"]:
            events = step.get("when", [{"event": event}])[0]["event"]
            if event not in events:
                continue
            variables = {"CI": "woodpecker", "CI_PIPELINE_EVENT": event, **env}
            code, said = project.shell(f"set -e\n{script(step, 'commands')}", variables, by=("sh",))
            told += said
            if code:
                return code, told
        return 0, told

    def test_a_pull_request_is_checked_and_nothing_published(self, project: Project) -> None:
        env = {"CI_COMMIT_PULL_REQUEST": "5", "CI_COMMIT_TARGET_BRANCH": "main"}
        code, said = self.run(project, "pull_request", **env)
        assert code == 0, said
        assert project.commands()[-1] == "diff --base origin/main --format text"

    @pytest.mark.parametrize(
        ("event", "due", "published"), [("push", "1", True), ("cron", "0", True), ("cron", "1", False)]
    )
    def test_main_becomes_the_branch_pages(
        self, project: Project, event: str, due: str, published: bool
    ) -> None:
        bare = project.remote("pages", "pages")
        code, said = self.run(project, event, DUE=due, PAGES_REMOTE=str(bare))
        assert code == 0, said
        assert project.files(bare, "pages") == ({"index.html", ".stadtnetz"} if published else {"alt.txt"})


class TestRsync:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Project:
        return Project(tmp_path, "rsync")

    def run(self, project: Project, arguments: str, **env: str) -> tuple[int, str]:
        return project.shell(f"betrieb/website.sh {arguments}", env, by=("sh",))

    def test_main_is_built_from_scratch_and_uploaded(self, project: Project) -> None:
        target = project.folder / "server"
        code, said = self.run(project, "veroeffentlichen", ZIEL=str(target))
        assert code == 0, said
        assert project.commands() == ["build --clean --strict", "verify"]
        assert (target / "index.html").exists()
        first, second = project.calls("rsync")
        assert "--exclude=*.html" in first
        assert "--delete-delay" in second
        assert "--exclude=.stadtnetz" in second

    def test_nothing_else_than_main_is_published(self, project: Project) -> None:
        (project.root / "content/cities/neu.yaml").write_text("name: Neu\n", "utf-8")
        assert self.run(project, "veroeffentlichen", ZIEL="x")[0] == 1
        project.git("add", "--all")
        project.git("commit", "--quiet", "--message", "nur hier")
        code, said = self.run(project, "veroeffentlichen", ZIEL="x")
        assert code == 1
        assert "Das ist nicht der Stand von main." in said
        assert project.calls("rsync") == []

    def test_cron_publishes_what_is_new_or_due(self, project: Project) -> None:
        target = str(project.folder / "server")

        def uploads(due: str) -> int:
            before = len(project.calls("rsync"))
            code, said = self.run(project, "faellig", ZIEL=target, DUE=due)
            assert code == 0, said
            return len(project.calls("rsync")) - before

        assert uploads(due="1") == 2  # never published before
        assert uploads(due="1") == 0
        assert uploads(due="0") == 2
        project.git("commit", "--quiet", "--allow-empty", "--message", "neu")
        project.git("push", "--quiet")
        assert uploads(due="1") == 2
        assert self.run(project, "faellig", ZIEL=target, DUE="3")[0] == 3

    def test_a_preview_stands_in_a_folder_of_its_own(self, project: Project) -> None:
        target = project.folder / "vorschau"
        env = {"VORSCHAU_ZIEL": f"{target}/", "VORSCHAU_URL": "https://vorschau.musterstadt.de"}
        code, said = self.run(project, "vorschau freiwilligentag", **env)
        assert code == 0, said
        assert said.endswith("Vorschau: https://vorschau.musterstadt.de/freiwilligentag/\n")
        assert (target / "freiwilligentag/index.html").exists()
        assert self.run(project, "vorschau ../../weg", **env)[0] == 2

    def test_sftp_takes_another_program(self, project: Project) -> None:
        assert self.run(project, "veroeffentlichen", ZIEL="sftp://ich@server.example/www/netz/")[0] == 0
        (call,) = project.calls("lftp")
        assert call.endswith("output/ /www/netz/; bye sftp://ich@server.example")

    def test_a_check_passes_its_options_on_and_without_a_command_it_says_how(self, project: Project) -> None:
        assert self.run(project, "pruefen --strict", CHECK="1")[0] == 1
        assert project.commands() == ["check --strict"]
        code, said = self.run(project, "")
        assert code == 2
        assert said.count("betrieb/website.sh") == 4
        assert self.run(project, "veroeffentlichen")[0] == 2
