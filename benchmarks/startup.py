"""How much time a cold command takes, as a multiple of starting Python and doing nothing.

The time is that of the processor (user and system), the commands run in turn, and the ratios are of medians: what else the machine does
changes them little. Run: `python benchmarks/startup.py [RUNS]`, or `make bench`.
"""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

CASE = Path(__file__).resolve().parent.parent / "cases" / "miyun-tanying.yaml"
PROGRAM = (sys.executable, "-m", "child_impact")
ASSESS = (*PROGRAM, "assess", str(CASE), "--as-of", "2023-08-14", "--fail-on", "never", "--quiet")
BASE = "python -c pass"
COMMANDS = {
    BASE: (sys.executable, "-c", "pass"),
    "import click, durable_rules_engine, jinja2, pydantic_core, yaml": (
        sys.executable,
        "-c",
        "import click, durable_rules_engine, jinja2, pydantic_core, yaml",
    ),
    "--version": (*PROGRAM, "--version"),
    "--help": (*PROGRAM, "--help"),
    "assess, no document": (*ASSESS, "--format", "none"),
    "assess, JSON": (*ASSESS, "--format", "json"),
    "assess, Markdown": ASSESS,
    "rules test consultation.children-heard": (*PROGRAM, "rules", "test", "consultation.children-heard"),
}


def seconds(command: tuple[str, ...]) -> float:
    """Return the seconds of the processor that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs: int) -> None:
    """Run each command in turn, `runs` times, after one run that fills the caches, and print the ratios."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(runs + 1):
        for name, command in COMMANDS.items():
            spent = seconds(command)
            if number:
                taken[name].append(spent)
    base = statistics.median(taken[BASE])
    for name, spent_each in taken.items():
        print(f"{statistics.median(spent_each) / base:6.1f} x   {name}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
