"""`assess` and `screen` of one dossier or many: each is judged and written, and let go of, before the next."""

import gc
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Any

import click

from ..api import FormatUnavailable, InputRefused, Problem, TemplatesRefused
from ..output.documents import JSON, SARIF, Maker
from ..output.inputs import Inputs
from ..output.together import json_together, sarif_of_failed
from ..reading.problems import shown
from ..reading.source import STDIN, read_bytes, shown_name
from ..reading.text import Text
from .exits import Exit
from .progress import Progress
from .records import Records
from .sinks import CannotWrite, NotPlaced, Sink, named
from .work import Made, Order, Task, Worker

IN_MEMORY = 8_000_000  # bytes of a SARIF log; what is more goes to a temporary file
COLOURS = {"not_due": "green", "ready": "green", "conditions": "yellow", "send_back": "red", "not_recommended": "red"}
SHARED = "assessments"  # the name of a file of several


class Batch:
    """One call: the dossiers by name, what is asked for of each, and how far it is.

    `gate` says what the code of an outcome means for the exit code; with `summary` each outcome is said on standard error.
    """

    def __init__(
        self, names: Sequence[str], order: Order, records: Records, progress: Progress, gate: Callable[[str], Exit], *, summary: bool
    ) -> None:
        self._names = names
        self._order = order
        self._arranged = order.arrangement
        self._records = records
        self._progress = progress
        self._gate = gate
        self._summary = summary
        self._code = Exit.FINE
        self._failed: list[dict[str, Any]] = []
        self._heard: set[str] = set()

    def run(self, inputs: Inputs, jobs: int = 1) -> Exit:
        """Judge and write every dossier, in `jobs` processes, and return the highest exit code that occurred.

        What is wrong with one is said, and does not keep others from being written. What is wrong with the templates, a format or the place
        to write to ends the run, before any work where it can be known.
        """
        if len(self._names) > 1:
            gc.freeze()  # what is there stays; only what comes of dossiers is to be cleared away
            gc.enable()
        order = self._order
        try:
            Maker(self._arranged.formats, self._arranged.documents, order.lang, order.templates)
            with self._progress, self._arranged.sink(inputs) as sink, closing(self._judged(jobs)) as judged:
                self._write(judged, sink)
        except TemplatesRefused as refused:
            self._say(refused.problems)
            self._reach(Exit.USAGE)
        except (CannotWrite, FormatUnavailable) as refused:
            self._progress.say(f"child-impact: {refused.text.in_(order.lang)}")
            self._reach(Exit.USAGE)
        return self._code

    def _write(self, judged: Iterator[Made], sink: Sink) -> None:
        if JSON in self._arranged.together:
            sink.stream(f"{SHARED}.json", json_together(_together(judged), self._failed, [shown_name(name) for name in self._names]))
        elif SARIF in self._arranged.together:
            with tempfile.SpooledTemporaryFile(IN_MEMORY) as results:
                self._write_sarif(judged, sink, results)
        else:
            for made in judged:
                self._put(made, sink)
            if self._failed and SARIF in self._arranged.formats:  # of the only dossier: the log says why there is no result
                sink.stream(f"{SHARED}.sarif", [sarif_of_failed(self._failed, self._order.lang)])

    def _write_sarif(self, judged: Iterator[Made], sink: Sink, results: IO[bytes]) -> None:
        from ..assessment.sarif_log import SarifLog

        log = SarifLog(self._order.lang, results)
        for made in judged:
            if made.part is not None:
                try:
                    log.add(made.part)
                except OSError as error:
                    raise CannotWrite(named(Path(tempfile.gettempdir())), error) from None
            self._put(made, sink)
        sink.stream(f"{SHARED}.sarif", log.text(self._failed))

    def _put(self, made: Made, sink: Sink) -> None:
        if not made.files:
            return
        try:
            sink.put(made.file, made.files)
        except NotPlaced as refused:
            self._say([refused.problem])
            self._reach(Exit.USAGE)

    def _judged(self, jobs: int) -> Generator[Made, None, None]:
        """Yield what became of each dossier, in order, once it is said and counted.

        A record about none of the dossiers is said: of a single one before it is written, of several after the last.
        """
        total = len(self._names)
        self._progress.done(0, shown_name(self._names[0]))
        with closing(self._made(min(jobs, total))) as all_made:
            for number, made in enumerate(all_made, start=1):
                self._note(made)
                if total == 1 and self._astray():
                    return
                yield made
                self._progress.done(number, shown_name(self._names[number]) if number < total else "")
        if total > 1:
            self._astray()

    def _made(self, jobs: int) -> Generator[Made, None, None]:
        tasks = (Task(name, read_bytes(name) if name == STDIN else None) for name in self._names)
        if jobs > 1:
            from .processes import Processes

            yield from Processes(jobs, self._order).work(tasks)
        else:
            yield from map(Worker(self._order), tasks)

    def _note(self, made: Made) -> None:
        """Say what became of a dossier, and count it."""
        lang = self._order.lang
        outcome = made.outcome
        if outcome is not None:
            self._reach(self._gate(outcome.code))
            if self._summary:
                said = click.style(f"{outcome.label.in_(lang)} ({outcome.code})", fg=COLOURS[outcome.code])
                self._progress.say(f"{made.file}: {said}, {outcome.day}")
        for line in made.said:
            if made.code is not Exit.USAGE or line not in self._heard:  # a broken template is the same for all
                self._progress.say(line)
                self._heard.add(line)
        self._reach(made.code)
        if made.error:
            self._failed.append({"file": made.file, "error": list(made.error)})
        elif made.code is not Exit.FINE and len(self._names) > 1:
            self._progress.say(Text(f"{made.file}：文书未写出", f"{made.file}: its documents are not written").in_(lang))
        if made.id is not None:
            self._records.claim(made.id)

    def _astray(self) -> bool:
        """Say which records are about none of the dossiers, where all were read; return whether there are any."""
        try:
            if not self._failed:
                self._records.all_claimed()
        except InputRefused as refused:
            self._say(refused.problems)
            self._reach(Exit.DOSSIER)
            return True
        return False

    def _say(self, problems: Iterable[Problem]) -> None:
        for line in shown(problems, self._order.lang):
            self._progress.say(line)

    def _reach(self, code: Exit) -> None:
        self._code = max(self._code, code)


def _together(judged: Iterator[Made]) -> Iterator[bytes]:
    """Yield what each dossier adds to a JSON file of several."""
    for made in judged:
        if made.together is not None:
            yield made.together
