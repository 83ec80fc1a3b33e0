"""A project with a pipeline in it, and the machine that runs the pipeline: what leads outside is a stub in PATH.

`pip` installs nothing, since the tests' environment is there; `apt-get`, `rsync` and `lftp` write down how they were
called, `rsync` copies, and `date` always says the same. Git is git, with folders as its remotes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml

from stadtnetz.cli import cli
from stadtnetz.operating.pipelines import write_pipeline
from tests.minisite import LAWFUL, NETWORK, ROOT, MiniSite

GIT = {
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Test"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "test@invalid"),
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
MOMENT = 1659348000
"""When every pipeline runs: on 1 August 2022 at noon in Berlin."""
STATED = """\

search: nein
"""

_PYTHON3 = """\
#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
    mkdir -p "$3/bin"
    cp "$STUBS/python" "$3/bin/python"
    exit 0
fi
exec {python} "$@"
"""
_PYTHON = """\
#!/bin/sh
echo "python $*" >> "$CALLS"
[ "$1 $2" = "-m pip" ] && exit 0
exec {python} "$@"
"""
_PYTHON_WITHOUT_SITE = """\
#!/bin/sh
echo "python $*" >> "$CALLS"
case "$2" in
    due) exit "${{DUE:-0}}" ;;
    check) exit "${{CHECK:-0}}" ;;
    build)
        folder=output
        while [ $# -gt 0 ]; do [ "$1" = --output ] && folder="$2"; shift; done
        mkdir -p "$folder"
        echo "$SOURCE_DATE_EPOCH" > "$folder/index.html"
        touch "$folder/.stadtnetz" ;;
esac
"""
_RSYNC = """\
#!/bin/sh
echo "rsync $*" >> "$CALLS"
while [ $# -gt 2 ]; do shift; done
case "$1$2" in *:*) exit 0 ;; esac
mkdir -p "$2" && cp -R "$1/." "$2"
"""
_NOTED = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'


class Project:
    """A clone of a small site on the branch main, with a bare repository `origin` and a target's pipeline in it."""

    def __init__(self, folder: Path, target: str, *, real: bool = False) -> None:
        self.folder = folder
        self.root = MiniSite(folder, {**NETWORK, **LAWFUL}, templates=real).root
        site = self.root / "site.yaml"
        site.write_text(site.read_text("utf-8") + STATED, "utf-8")
        shutil.copy(ROOT / "requirements.lock", self.root)
        shutil.copy(ROOT / ".gitignore", self.root)
        if real:
            shutil.copy(ROOT / "build.py", self.root)
            shutil.copytree(ROOT / "stadtnetz", self.root / "stadtnetz")
        write_pipeline(target, self.root, force=False)
        self._stubs(folder / "bin", real=real)
        self.origin = self.remote("origin")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Anfang")
        self.git("remote", "add", "origin", str(self.origin))
        self.git("push", "--quiet", "--set-upstream", "origin", "main")

    def _stubs(self, folder: Path, *, real: bool) -> None:
        folder.mkdir()
        self.calls_file = folder.parent / "calls"
        python = sys.executable
        texts = {
            "python3": _PYTHON3.format(python=python),
            "python": _PYTHON.format(python=python) if real else _PYTHON_WITHOUT_SITE.format(),
            "rsync": _RSYNC,
            "lftp": _NOTED,
            "apt-get": _NOTED,
            "date": f"#!/bin/sh\necho {MOMENT}\n",
        }
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
            (folder / name).chmod(0o755)
        self.env = {
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder.parent),
            "LANG": "C.UTF-8",
            "STUBS": str(folder),
            "CALLS": str(self.calls_file),
            **GIT,
        }

    def remote(self, name: str, branch: str = "main") -> Path:
        """Make a bare repository whose branch has one commit, but for `origin`, which is empty."""
        bare = self.folder / f"{name}.git"
        self._run("git", "init", "--quiet", "--bare", "--initial-branch", branch, str(bare), cwd=self.folder)
        if name != "origin":
            seed = self.folder / f"{name}-seed"
            self._run("git", "clone", "--quiet", str(bare), str(seed), cwd=self.folder)
            (seed / "alt.txt").write_text("war schon da\n", "utf-8")
            self._run("git", "add", "--all", cwd=seed)
            self._run("git", "commit", "--quiet", "--message", "Anfang", cwd=seed)
            self._run("git", "push", "--quiet", "origin", f"HEAD:{branch}", cwd=seed)
        return bare

    def files(self, bare: Path, branch: str = "main") -> set[str]:
        """Return the paths in a bare repository's branch."""
        listed = self._run("git", "ls-tree", "-r", "-z", "--name-only", branch, cwd=bare)
        return {name for name in listed.stdout.split("\0") if name}

    def git(self, *arguments: str) -> str:
        return self._run("git", *arguments, cwd=self.root).stdout.strip()

    def _run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, **GIT}
        return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=True)

    def shell(
        self, script: str, env: Mapping[str, str], *, by: tuple[str, ...] = ("bash", "-e")
    ) -> tuple[int, str]:
        """Run a script as a CI system does; return its exit code and everything that it said."""
        done = subprocess.run(
            [*by, "-c", script],
            cwd=self.root,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    def calls(self, program: str) -> list[str]:
        """Return how a program was called, in order."""
        lines = self.calls_file.read_text("utf-8").splitlines() if self.calls_file.exists() else []
        return [line.removeprefix(f"{program} ") for line in lines if line.startswith(f"{program} ")]

    def commands(self) -> list[str]:
        """Return how build.py was called, each line understood by its own options."""
        calls = [
            line.removeprefix("build.py ") for line in self.calls("python") if line.startswith("build.py ")
        ]
        for line in calls:
            name, *arguments = line.split(" ")
            command = cli.get_command(click.Context(cli), name)
            assert command is not None, name
            command.make_context(name, arguments)
        return calls


class GitHubRunner:
    """Runs the `run:` steps of a workflow's job, with the files that steps speak to each other through.

    `values` says what each expression `${{ … }}` is; one that is not named there fails the test.
    """

    def __init__(self, project: Project, workflow: str, values: Mapping[str, str]) -> None:
        self.project = project
        self.jobs: dict[str, Any] = yaml.safe_load((project.root / workflow).read_text("utf-8"))["jobs"]
        self.values = values
        self.files = {
            name: project.folder / name.lower()
            for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        }
        self.temp = project.folder / "runner"
        self.temp.mkdir()
        self.said = ""

    def run(self, job: str, *, skip: tuple[str, ...] = (), **env: str) -> int:
        """Run a job up to the first step that fails, and return the exit code."""
        for file in self.files.values():
            file.write_text("", "utf-8")
        shutil.rmtree(self.project.root / ".venv", ignore_errors=True)
        steps = [one for one in self.jobs[job]["steps"] if "run" in one and one["name"] not in skip]
        assert len(steps) >= 1
        for step in steps:
            names = {**self.jobs[job].get("env", {}), **step.get("env", {})}
            variables = {
                **{name: self._filled(str(value)) for name, value in names.items()},
                **{name: str(file) for name, file in self.files.items()},
                **dict(
                    re.findall(r"^(\w+)=(.*)$", self.files["GITHUB_ENV"].read_text("utf-8"), re.MULTILINE)
                ),
                "RUNNER_TEMP": str(self.temp),
                "CI": "true",
                **env,
            }
            assert "${{" not in step["run"], "an expression in a script could be code of others"
            code, said = self.project.shell(step["run"], variables)
            self.said += said
            if code:
                return code
        return 0

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.values[found[1]], text)

    @property
    def outputs(self) -> str:
        return self.files["GITHUB_OUTPUT"].read_text("utf-8")

    @property
    def summary(self) -> str:
        return self.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
