"""A SARIF log of many dossiers, put together from logs of one each, so that no more than one assessment is in memory at a time."""

import re
from collections.abc import Iterator
from typing import IO, Any

from msgspec import Struct

from ..reading.text import Language
from .model import Obligation
from .sarif import sarif_data
from .to_json import LEVELS_OF_SEVERAL, as_json

_INDEX = re.compile(rb'(?<!\\)"(ruleIndex|index)":(\s*)(\d+)')  # never within a string: a quotation mark there is escaped
_RESULTS = re.compile(r'"results":\s*\[\]')
_DEEP = b" " * 8
_STRENGTH = list(Obligation)
_PIECE = 1_000_000  # bytes


class Part(Struct, frozen=True):
    """The log of one dossier with its own numbers: its run without results, and the results as text, in lines."""

    run: dict[str, Any]
    results: bytes


def part(assessment: dict[str, Any], language: Language) -> Part:
    """Return the part of a log that an assessment (`as_data`) has."""
    (run,) = sarif_data([assessment], [], language)["runs"]
    texts = (as_json(one, 0).encode().rstrip(b"\n") for one in run.pop("results"))
    return Part(run, b",\n".join(_DEEP + text for text in texts))


class SarifLog:
    """Takes parts and gives the log of all. `results` is a file for what would not fit into memory; it is written and read again."""

    def __init__(self, language: Language, results: IO[bytes]) -> None:
        self._language: Language = language
        self._results = results
        self._rules: dict[str, dict[str, Any]] = {}
        self._artifacts: dict[str, dict[str, Any]] = {}
        self._notes: list[dict[str, Any]] = []

    def add(self, part: Part) -> None:
        """Take the part of one more dossier. Raises `OSError` where its results cannot be kept."""
        numbers = self._taken(part.run)
        if part.results:
            text = _INDEX.sub(lambda found: b'"%s":%s%d' % (found[1], found[2], numbers[found[1]][int(found[3])]), part.results)
            self._results.write((b",\n" if self._results.tell() else b"") + text)

    def text(self, failed: list[dict[str, Any]]) -> Iterator[bytes]:
        """Yield the log, in pieces; `failed` are the dossiers (file, error lines) that could not be assessed."""
        log = sarif_data([], failed, self._language)
        (run,) = log["runs"]
        self._taken(run)
        run["tool"]["driver"]["rules"] = list(self._rules.values())
        run["artifacts"] = list(self._artifacts.values())
        run["invocations"][0]["toolExecutionNotifications"] = self._notes
        text = as_json(log, LEVELS_OF_SEVERAL)
        if not self._results.tell():
            yield text.encode()
            return
        *_, empty = _RESULTS.finditer(text)
        yield f'{text[: empty.start()]}"results": [\n'.encode()
        self._results.seek(0)
        while piece := self._results.read(_PIECE):
            yield piece
        yield f"\n      ]{text[empty.end() :]}".encode()

    def _taken(self, run: dict[str, Any]) -> dict[bytes, list[int]]:
        """Take over what a run says besides its results; return which numbers here its rules and artifacts have."""
        for rule in run["tool"]["driver"]["rules"]:
            known = self._rules.setdefault(rule["id"], rule)
            ours, theirs = known["properties"], rule["properties"]
            if "obligation" in ours:
                ours["obligation"] = min(ours["obligation"], theirs["obligation"], key=_STRENGTH.index)
                ours["clauses"] = sorted({*ours["clauses"], *theirs["clauses"]})
        for artifact in run["artifacts"]:
            self._artifacts.setdefault(artifact["location"]["uri"], artifact)
        rules, artifacts = ({key: number for number, key in enumerate(known)} for known in (self._rules, self._artifacts))
        numbers = {
            b"ruleIndex": [rules[rule["id"]] for rule in run["tool"]["driver"]["rules"]],
            b"index": [artifacts[artifact["location"]["uri"]] for artifact in run["artifacts"]],
        }
        for note in run["invocations"][0]["toolExecutionNotifications"]:
            for location in note.get("locations", ()):
                of = location["physicalLocation"]["artifactLocation"]
                of["index"] = artifacts[of["uri"]]
            self._notes.append(note)
        return numbers
