"""`ci-init`: what it writes, that it replaces nothing unasked, and what each system's own linter says of it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner, Result

from stadtnetz.cli import cli
from stadtnetz.cli.ci_words import NEXT_STEPS
from stadtnetz.operating import pipelines
from stadtnetz.operating.pipelines import TARGETS, files_of
from stadtnetz.operating.pipelines.document import pipelines_document
from tests.minisite import ROOT

HERE = Path(pipelines.__file__).parent
TOOLS = Path(sys.executable).parent


def ci_init(target: str, root: Path, *options: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["ci-init", target, "--root", str(root), *options], prog_name="build.py")
    assert result.exit_code == code, result.output
    return result


def lint(*command: str) -> None:
    done = subprocess.run([TOOLS / command[0], *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def has_the_form(schema: str, *arguments: str) -> None:
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", f"vendor.{schema}", *arguments])
    assert done.exit_code == 0, done.output


def workflows() -> list[Path]:
    return sorted(HERE.rglob("*.y*ml"))


class TestWriting:
    @pytest.mark.parametrize("target", TARGETS)
    def test_it_writes_what_the_documentation_shows_and_says_what_to_do(
        self, tmp_path: Path, target: str
    ) -> None:
        result = ci_init(target, tmp_path)
        document = (ROOT / "docs/pipelines.md").read_text("utf-8")
        written = {
            path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*") if path.is_file()
        }
        assert set(written) == set(files_of(target)) != set()
        for path, file in written.items():
            assert f"geschrieben:  {path}" in result.output
            assert f"`{path}`\n\n```" in document
            assert file.read_text("utf-8") in document
            assert bool(file.stat().st_mode & 0o100) == path.endswith(".sh")
        for language, steps in NEXT_STEPS.items():
            again = ci_init(target, tmp_path, "--lang", language)
            assert all(step in again.output for step in steps[target])

    def test_the_documentation_is_made_from_them(self) -> None:
        assert (ROOT / "docs/pipelines.md").read_text("utf-8") == pipelines_document()

    def test_what_is_there_stays_unless_it_is_forced(self, tmp_path: Path) -> None:
        mine = tmp_path / ".gitlab-ci.yml"
        mine.write_text("# meine\n", "utf-8")
        told = ci_init("gitlab", tmp_path, code=1)
        assert "steht schon da und ist anders:  .gitlab-ci.yml" in told.stderr
        assert mine.read_text("utf-8") == "# meine\n"
        ci_init("gitlab", tmp_path, "--force")
        assert mine.read_bytes() == files_of("gitlab")[".gitlab-ci.yml"]
        assert "unverändert:  .gitlab-ci.yml" in ci_init("gitlab", tmp_path).output

    def test_a_link_that_leads_elsewhere_is_replaced_and_not_followed(self, tmp_path: Path) -> None:
        other = tmp_path / "anderswo"
        other.write_text("fremd\n", "utf-8")
        (tmp_path / ".gitlab-ci.yml").symlink_to(other)
        ci_init("gitlab", tmp_path, code=1)
        ci_init("gitlab", tmp_path, "--force")
        assert other.read_text("utf-8") == "fremd\n"
        assert not (tmp_path / ".gitlab-ci.yml").is_symlink()

    def test_a_disk_that_refuses_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "betrieb").write_text("eine Datei\n", "utf-8")
        assert "lässt sich nicht schreiben" in ci_init("rsync", tmp_path, code=2).stderr


class TestLinters:
    def test_github_and_forgejo_workflows_have_the_form(self) -> None:
        files = [str(path) for path in workflows() if "workflows" in path.parts]
        assert len(files) == 2
        has_the_form("github-workflows", *files)

    def test_gitlab_ci_has_the_form(self) -> None:
        has_the_form("gitlab-ci", "--data-transform", "gitlab-ci", str(HERE / "gitlab/.gitlab-ci.yml"))

    def test_woodpecker_has_the_form(self) -> None:
        has_the_form("woodpecker-ci", str(HERE / "woodpecker/.woodpecker/website.yaml"))

    def test_pre_commit_accepts_its_configuration(self) -> None:
        lint("pre-commit", "validate-config", str(HERE / "pre-commit/.pre-commit-config.yaml"))

    def test_zizmor_finds_no_hole_in_the_workflow(self) -> None:
        file = HERE / "github/.github/workflows/website.yml"
        lint("zizmor", "--offline", "--quiet", "--no-config", "--persona", "pedantic", str(file))

    def test_shellcheck_finds_nothing_in_any_script(self, tmp_path: Path) -> None:
        files = [str(HERE / "rsync/betrieb/website.sh")]
        for number, (dialect, text) in enumerate(scripts()):
            file = tmp_path / f"{number}.sh"
            file.write_text(f"#!/bin/{dialect}\n{text}\n", "utf-8")
            files.append(str(file))
        assert len(files) > 20
        lint("shellcheck", "--norc", "--severity", "style", *files)


def scripts() -> Iterator[tuple[str, str]]:
    """Yield every script in a pipeline, with the shell that it runs in."""
    for path in workflows():
        found: list[Any] = [yaml.safe_load(path.read_text("utf-8"))]
        dialect = "sh" if "woodpecker" in path.parts else "bash"
        while found:
            one = found.pop()
            if isinstance(one, dict):
                for name, value in one.items():
                    if name == "run":
                        yield dialect, value
                    elif name in ("script", "commands", "before_script"):
                        yield dialect, "\n".join(value)
                    else:
                        found.append(value)
            elif isinstance(one, list):
                found += one


class TestTrust:
    def test_every_action_is_held_by_its_commit_or_says_that_it_is_not(self) -> None:
        for path in workflows():
            text = path.read_text("utf-8")
            for action in re.findall(r"uses: (\S+)(.*)", text):
                if not re.fullmatch(r" # v\d+\.\d+\.\d+", action[1]):
                    assert action[0] == "https://codeberg.org/git-pages/action@v2"
                    assert "ihr Commit nicht festzustellen" in text
                else:
                    assert re.search(r"@[0-9a-f]{40}$", action[0]), action

    def test_what_goes_online_is_built_without_a_cache(self) -> None:
        github = yaml.safe_load((HERE / "github/.github/workflows/website.yml").read_text("utf-8"))["jobs"]
        for name in ("build", "deploy"):
            assert not any("cache" in one.get("uses", "") for one in github[name]["steps"])
        gitlab = yaml.safe_load((HERE / "gitlab/.gitlab-ci.yml").read_text("utf-8"))
        assert "cache" in gitlab["check"]
        assert "cache" not in gitlab["pages"] | gitlab["default"] | gitlab[".setup"]

    def test_what_goes_online_comes_from_main_alone(self) -> None:
        github = yaml.safe_load((HERE / "github/.github/workflows/website.yml").read_text("utf-8"))["jobs"]
        assert "github.ref == 'refs/heads/main'" in github["build"]["if"]
        assert github["deploy"]["needs"] == "build"
        forgejo = yaml.safe_load((HERE / "forgejo/.forgejo/workflows/website.yml").read_text("utf-8"))["jobs"]
        assert "github.ref == 'refs/heads/main'" in forgejo["publish"]["if"]
        gitlab = yaml.safe_load((HERE / "gitlab/.gitlab-ci.yml").read_text("utf-8"))
        assert gitlab["pages"]["rules"] == [{"if": '$CI_COMMIT_BRANCH == "main"'}]
        woodpecker = yaml.safe_load((HERE / "woodpecker/.woodpecker/website.yaml").read_text("utf-8"))
        publish = next(one for one in woodpecker["steps"] if one["name"] == "publish")
        assert publish["when"] == [{"event": ["push", "manual", "cron"], "branch": "main"}]

    def test_schedules_run_at_odd_minutes(self) -> None:
        text = (ROOT / "docs/pipelines.md").read_text("utf-8")
        minutes = re.findall(r"(\d+) \* \* \* \*", text)
        assert len(minutes) >= 4
        assert all(int(minute) % 5 for minute in minutes)


class TestHandbook:
    TEXT = (ROOT / "docs/betrieb.md").read_text("utf-8")

    @pytest.mark.parametrize("target", TARGETS)
    def test_it_names_everything_that_a_pipeline_expects_to_be_set(self, target: str) -> None:
        text = "\n".join(data.decode("utf-8") for data in files_of(target).values())
        expected = set(
            re.findall(
                r"(?:vars|secrets)\.(\w+)|\$\{?(PREVIEW_\w+|ZIEL|VORSCHAU_\w+)|from_secret: (\w+)", text
            )
        )
        for name in {one for found in expected for one in found if one}:
            assert f"`{name}`" in self.TEXT or f"`{name}=" in self.TEXT, name
        assert f"ci-init {target}" in self.TEXT

    def test_the_project_for_previews_has_the_form(self, tmp_path: Path) -> None:
        (block,) = re.findall(r"```yaml\n(.*?)```", self.TEXT, re.DOTALL)
        file = tmp_path / ".gitlab-ci.yml"
        file.write_text(block, "utf-8")
        has_the_form("gitlab-ci", "--data-transform", "gitlab-ci", str(file))
