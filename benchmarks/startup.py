"""How long a cold `child-impact assess` takes, as a multiple of starting Python and doing nothing.

Prints the ratios of medians, and what importing the five packages alone costs. Run: `python benchmarks/startup.py [RUNS]`.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

CASE = Path(__file__).resolve().parent.parent / "cases" / "miyun-tanying.yaml"
ASSESS = (sys.executable, "-m", "child_impact", "assess", str(CASE), "--as-of", "2023-08-14", "--fail-on", "never")
COMMANDS = {
    "python -c pass": (sys.executable, "-c", "pass"),
    "import click, durable_rules_engine, jinja2, pydantic, yaml": (
        sys.executable,
        "-c",
        "import click, durable_rules_engine, jinja2, pydantic, yaml; pydantic.create_model",
    ),
    "assess, Markdown": ASSESS,
    "assess, JSON": (*ASSESS, "--format", "json"),
}


def main(runs: int) -> None:
    """Time each command in turn, `runs` times, after one run that fills the caches."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(runs + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            if number:
                seconds[name].append(time.perf_counter() - start)
    base = statistics.median(seconds["python -c pass"])
    for name, taken in seconds.items():
        print(f"{statistics.median(taken) / base:6.1f} x   {name}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
