"""The built wheel carries rules and templates, and works from any directory."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_works_from_any_directory(tmp_path: Path) -> None:
    """Installed from its wheel, the program assesses a dossier with its own rules, far from the checkout."""
    pip = (sys.executable, "-m", "pip", "--quiet")
    subprocess.run((*pip, "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)), check=True)
    wheel = next(tmp_path.glob("*.whl"))
    site = tmp_path / "site"
    subprocess.run((*pip, "install", "--no-deps", "--target", str(site), str(wheel)), check=True)
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
