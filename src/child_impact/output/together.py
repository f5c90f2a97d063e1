"""Many assessments in one JSON file, written one by one: no more than one is in memory at a time."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..assessment.to_json import LEVELS_OF_SEVERAL, SEVERAL, as_json
from ..reading.text import Language


def json_together(assessments: Iterable[bytes], failed: list[dict[str, Any]], inputs: list[str]) -> Iterator[bytes]:
    """Yield, in pieces, the format `child-impact/assessments/1`.

    `assessments` are the JSON texts that each has alone; `failed` (file, error lines) is looked at after the last of them; `inputs` are the
    dossiers in their order, so that one left out is missed. The bytes are those of `as_json` of the whole, which is never in memory.
    """
    yield f'{{\n  "format": {json.dumps(SEVERAL)},\n  "assessments": ['.encode()
    mark = end = b""
    for text in assessments:
        yield mark + b"\n" + indented(text, 4)
        mark, end = b",", b"\n  "
    yield end + b"]"
    for key, value in (("failed", failed), ("inputs", inputs)):
        yield f',\n  "{key}": '.encode() + indented(as_json(value, LEVELS_OF_SEVERAL - 1).encode(), 2).lstrip()
    yield b"\n}\n"


def sarif_of_failed(failed: list[dict[str, Any]], lang: Language) -> bytes:
    """Return the SARIF log of dossiers (file, error lines) none of which could be assessed."""
    from ..assessment.sarif import sarif_data

    return as_json(sarif_data([], failed, lang), LEVELS_OF_SEVERAL).encode()


def indented(text: bytes, by: int) -> bytes:
    """Return JSON text moved to the right; a line break in it is never part of a string."""
    spaces = b" " * by
    return spaces + text.rstrip(b"\n").replace(b"\n", b"\n" + spaces)
