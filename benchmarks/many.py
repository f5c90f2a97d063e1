"""What many dossiers cost: peak memory at 10, 100 and 1,000 as multiples of one, and processor time for each, in each format.

The dossiers are copies of the project cases with ids of their own. Run: `python benchmarks/many.py [MOST] [FORMAT...]`, for instance
`python benchmarks/many.py 100 json sarif`. With 1,000 dossiers it takes minutes.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

CASES = Path(__file__).resolve().parent.parent / "cases"
NUMBERS = (1, 10, 100, 1000)
FORMATS = ("none", "json", "sarif", "md")


def main(most: int, formats: tuple[str, ...]) -> None:
    """Measure each format with each number of dossiers up to `most`, after one run that fills the caches."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.yaml"))]
    projects = [text for text in texts if re.search(r"^(类别: 项目|kind: project)", text, re.MULTILINE)]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"d{number}.yaml") for number in range(most)]
        for number, file in enumerate(files):
            text = projects[number % len(projects)]
            file.write_text(re.sub(r"^(编号|id):.*$", f"id: d{number}", text, count=1, flags=re.MULTILINE), encoding="utf-8")
        measured(files[:1], "none", folder)
        for format_ in formats:
            alone, first = measured(files[:1], format_, folder)
            print(f"{format_}: one dossier {alone / 1e6:.0f} MB")
            for number in (one for one in NUMBERS[1:] if one <= most):
                memory, seconds = measured(files[:number], format_, folder)
                each = (seconds - first) / (number - 1) * 1000
                print(
                    f"  {number:5d}  {memory / alone:4.1f} x the memory of one ({memory / 1e6:.0f} MB), {each:4.0f} ms of CPU for each more"
                )


def measured(files: list[Path], format_: str, folder: str) -> tuple[int, float]:
    """Return the peak memory in bytes and the processor time in seconds of one run."""
    line = [sys.executable, "-m", "child_impact", "assess", *map(str, files), "--as-of", "2026-06-01", "--fail-on", "never", "-q"]
    process = os.posix_spawn(
        sys.executable,
        [*line, "--format", format_],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, f"{folder}/out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)],
    )
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{format_} of {len(files)} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, tuple(sys.argv[2:]) or FORMATS)
