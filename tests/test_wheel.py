"""The built wheel carries rules and templates, and works from any directory."""

import email
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from child_impact import __version__

ROOT = Path(__file__).parent.parent
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed here and without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run((*PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)), check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_says_what_it_is_and_carries_its_licence(wheel: Path) -> None:
    """Licence as SPDX and as text, the marker of types, rules and templates; durable-rules where it can serve, and nowhere else."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = f"child_impact-{__version__}.dist-info"
        metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
        assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert (metadata["License-Expression"], metadata["License-File"]) == ("Apache-2.0", "LICENSE")
    assert metadata["Requires-Python"] == ">=3.11"
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert all(url.partition(", ")[2].startswith("https://example.org/") for url in metadata.get_all("Project-URL", []))
    assert "child_impact/py.typed" in names
    assert any(name.startswith("child_impact/data/rules/") for name in names)
    assert any(name.startswith("child_impact/data/templates/") for name in names)
    engine = next(one for one in map(Requirement, metadata.get_all("Requires-Dist", [])) if one.name == "durable-rules")
    assert engine.marker is not None
    for version, implementation, asked in (("3.12", "cpython", True), ("3.13", "cpython", False), ("3.12", "pypy", False)):
        assert engine.marker.evaluate({"python_version": version, "implementation_name": implementation}) is asked


def test_the_wheel_works_from_any_directory(wheel: Path, tmp_path: Path) -> None:
    """Installed from its wheel, the program assesses a dossier with its own rules, far from the checkout."""
    site = tmp_path / "site"
    subprocess.run((*PIP, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)), check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    dossier = elsewhere / "park.yaml"
    dossier.write_text("id: p\ntitle: Park\nkind: project\ntypes: [park]\nplace: '220000'\nstage: scheme\n", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = (sys.executable, "-c", "import child_impact, sys; print(child_impact.__file__, file=sys.stderr)")
    where = subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=True)

    done = subprocess.run(
        (sys.executable, "-m", "child_impact", "assess", "park.yaml", "--as-of", "2026-06-01", "--lang", "en", "--fail-on", "never"),
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert where.stderr.startswith(str(site))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Child impact assessment: Park")
