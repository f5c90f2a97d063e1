"""Setting up: the lock agrees with the list of dependencies, and what is missing on a machine is said in one sentence."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

FILES = ("run", "dev", "engine")


@pytest.fixture(scope="module")
def project(pytestconfig):
    return tomllib.loads((pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts(pytestconfig):
    return {name: (pytestconfig.rootpath / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in FILES}


@pytest.fixture(scope="module")
def locks(texts):
    """What each file locks: versions by name."""
    return {name: dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE)) for name, text in texts.items()}


def asked(project, *lists):
    """The requirements of lists, those of extras that they name among them."""
    for line in (line for one in lists for line in one):
        requirement = Requirement(line)
        if requirement.name == project["project"]["name"]:
            extras = project["project"]["optional-dependencies"]
            yield from asked(project, *(extras[extra] for extra in requirement.extras))
        else:
            yield requirement


def test_everything_that_is_asked_for_is_locked(project, locks):
    """`make lock` was run since the list changed: each requirement is locked, at a version that it allows."""
    main, extras, groups = project["project"]["dependencies"], project["project"]["optional-dependencies"], project["dependency-groups"]
    everything = {"run": (main, groups["build"]), "dev": (main, groups["build"], *extras.values()), "engine": (groups["engine"],)}
    for file, lists in everything.items():
        for requirement in asked(project, *lists):
            if requirement.name == "durable-rules" and file != "engine":
                assert requirement.specifier.contains(locks["engine"]["durable-rules"])
                continue
            locked = locks[file].get(requirement.name.lower())
            assert locked is not None, f"run `make lock`: {requirement} is not in requirements/{file}.txt"
            assert requirement.specifier.contains(locked), f"run `make lock`: {requirement} does not allow {locked}"
    assert set(project["build-system"]["requires"]) <= set(groups["build"]), "what pip builds with is what make builds with"


def test_both_locks_hold_the_same_versions(locks):
    """What the tests run with is what users run with."""
    assert locks["run"].items() <= locks["dev"].items()


def test_every_version_has_hashes_and_no_file_names_a_host(texts, locks):
    """Nothing can be put in the place of what was locked, wherever it is fetched from."""
    for file, text in texts.items():
        pins = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert len(pins) == len(locks[file]) > 0
        assert all("--hash=sha256:" in pin for pin in pins)
        assert not re.search(r"://|index-url|find-links", text)


@pytest.fixture
def checkout(tmp_path, pytestconfig):
    """What `make` reads to set up."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(pytestconfig.rootpath / name, tmp_path)
    shutil.copytree(pytestconfig.rootpath / "requirements", tmp_path / "requirements")
    return tmp_path


def make(*arguments, cwd, **environment):
    """Run make as a user does, and not as a part of the make that runs these tests."""
    given = {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}} | environment
    return subprocess.run(("make", *arguments), cwd=cwd, env=given, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize("target", ["run", "test"])
def test_an_old_python_is_one_sentence_before_anything_is_made(checkout, target):
    """A Python that is too old, or is none, is said in one line, and nothing is left behind."""
    old = checkout / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    before = sorted(checkout.iterdir())
    done = make(target, f"PYTHON={old}", cwd=checkout)
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0
    assert len(said) == 1
    assert "Python 3.11 or newer is needed" in said[0]
    assert "需要 Python 3.11" in said[0]
    assert sorted(checkout.iterdir()) == before


def test_no_compiler_is_one_sentence_and_no_end(checkout):
    """durable-rules cannot be built: that is said in one line, and the set-up goes on without it."""
    sdist = Path(sys.prefix) / "engine"
    if not sdist.is_dir() and not os.environ.get("CHILD_IMPACT_REQUIRE_ALL"):
        pytest.skip("the source of durable-rules was not kept: this environment was not made by `make test`")
    venv = checkout / "venv"
    subprocess.run((sys.executable, "-m", "venv", "--without-pip", venv), check=True)
    site = next((venv / "lib").glob("python*/site-packages"))
    borrowed = Path(pytest.__file__).parent.parent
    for name in ("pip", "setuptools", "_distutils_hack"):  # of this environment, without the durable-rules that is in it
        for folder in borrowed.glob(f"{name}*"):
            (site / folder.name).symlink_to(folder)
    (venv / ".locked").touch()
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(sdist), "CC": "no-compiler-here"}

    done = make(f"VENV={venv}", f"{venv}/.engine", cwd=checkout, **offline)

    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("child-impact: ")]
    assert len(said) == 1, done.stderr
    assert "the built-in evaluator serves alone" in said[0]
    assert "只用内置求值器" in said[0]
    assert "no-compiler-here" in (venv / "engine.log").read_text(encoding="utf-8")
    assert (venv / ".engine").exists()
