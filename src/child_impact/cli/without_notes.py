"""`rules test --without-notes`: whether anything is judged by words."""

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import groupby
from pathlib import Path

import click

from ..assessment.without_words import Trial, Tried, Trier, trials
from ..reading.yaml12 import read_yaml
from ..rulebook.cases import Case
from ..rulebook.model import Profile, Rulebook

_NO_DOSSIERS = "expected"
"""The folder among the shipped dossiers that holds what is expected of them."""
_WORTH_A_PROCESS = 500
"""With fewer trials than this, starting another process takes longer than it saves."""


def without_notes(cases: list[Case], rulebook: Rulebook, profile: Profile, rules: Path, *, named: bool, jobs: int) -> int:
    """Try cases, and, unless some were `named`, the dossiers in the folder `cases` beside the rules, in `jobs` processes.

    Return how many things are wrong.
    """
    folder = rules.parent / "cases"
    paths = [] if named else sorted(path for path in folder.rglob("*.yaml") if path.parent.name != _NO_DOSSIERS)
    files = [(path.read_bytes(), path.name) for path in paths]
    files.sort(key=lambda file: len(file[0]), reverse=True)  # those that take longest first, so that no process waits for another
    shipped = [Trial(name, read_yaml(data, name), None) for data, name in files]
    of_cases = [list(group) for _, group in groupby(trials(cases), key=lambda one: one.criterion)]
    words = wrong = 0
    for done in _tried([*([one] for one in shipped), *of_cases], Trier(rulebook, profile, date.today()), jobs):
        words += done.words
        wrong += len(done.wrong)
        for said in done.wrong:
            click.echo(said, err=True)
    click.echo(f"{len(cases)} cases and {len(shipped)} dossiers, {words} words replaced, {wrong} wrong")
    return wrong


def _tried(parts: list[list[Trial]], trier: Trier, jobs: int) -> Iterator[Tried]:
    if jobs == 1 or sum(map(len, parts)) < _WORTH_A_PROCESS:
        yield from map(trier, parts)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, _begin, (trier,))
    try:
        yield from pool.map(_try, parts)
    finally:  # nobody waits for work that is interrupted
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


_trier: Trier | None = None


def _begin(trier: Trier) -> None:
    """Make this process ready. Ctrl-C reaches it too, but its parent decides."""
    global _trier  # noqa: PLW0603 - one for each process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _trier = trier


def _try(tried: Iterable[Trial]) -> Tried:
    assert _trier is not None
    return _trier(tried)
