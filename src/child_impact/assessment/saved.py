"""Assessments that were saved as JSON, read back as far as a comparison with a new run needs.

The format promises equal bytes for equal inputs. So a file is read strictly: a key that is given twice is refused, and whatever else this
program would have written otherwise is noted, though it means the same.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from ..dossier.facts import Strength
from ..reading.problems import InputRefused, Place, Problem, refusing
from ..reading.text import Text
from .comparison import Held
from .model import Force, Obligation, Verdict
from .to_json import FORMAT, LEVELS_OF_SEVERAL, SEVERAL, as_json

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_FAMILIES = tuple(name.rpartition("/")[0] for name in (FORMAT, SEVERAL))
_AGAIN = Text(
    "请给出 `child-impact assess --format json -o 文件` 写出的文件", "name a file that `child-impact assess --format json -o FILE` wrote"
)


MAX_SAVED = 300_000_000
"""Bytes of a file; an assessment has about a million."""
_BYTES_A_VALUE = 8
_FEW_VALUES = 10_000
_PARTS = ["format", "assessments", "failed", "inputs"]

_CHANGED = Text("文件可能不完整或被改过；请重新保存评价", "the file may be cut or changed; save the assessment again")


class SavedRefused(InputRefused):
    """A file that holds no assessment this program can read (exit code 4)."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved assessment: what its run was given, and all that it said (`data`). `review`: file of the record."""

    file: str
    review: str | None
    templates: str | None
    profile: str
    as_of: date
    findings: tuple[Held, ...]
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """A dossier that could not be assessed when the file was written: its name, and what was said about it."""

    file: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedFile:
    """What a file holds: assessments, dossiers that could not be assessed when it was written, and what is `amiss` with the whole.

    Amiss are parts that this program does not write, and assessments that are not those of the inputs which the file names.
    `as_written`: whether the bytes are those that this program writes for what the file says.
    """

    assessments: tuple[Saved, ...]
    failed: tuple[Failed, ...]
    amiss: tuple[Text, ...]
    as_written: bool


def read_saved(data: bytes, file: str) -> SavedFile:
    """Read the bytes of a saved assessment, or of several in one file. `file` is the name that messages show.

    Raises `SavedRefused` where it is no JSON, gives a key twice, has a format that this program does not write, or lacks what a new run
    needs.
    """
    with refusing(SavedRefused, file):
        reader = _Reader(file)
        root = reader.parsed(data)
        format_ = root.get("format") if isinstance(root, dict) else None
        if format_ == FORMAT:
            return SavedFile((reader.assessment(root, ()),), (), (), _is_as_written(root, data))
        if format_ != SEVERAL:
            raise reader.refused(*_other_format(format_))
        assessments = [reader.assessment(one, ("assessments", index)) for index, one in enumerate(reader.list(root, "assessments"))]
        failed = [reader.failed(one, index) for index, one in enumerate(reader.list(root, "failed"))]
        amiss = tuple(_not_of_inputs(root, assessments, failed))
        return SavedFile(tuple(assessments), tuple(failed), amiss, _is_as_written(root, data))


def _is_as_written(root: dict[str, Any], data: bytes) -> bool:
    text = as_json(root, LEVELS_OF_SEVERAL) if root["format"] == SEVERAL else as_json(root)
    return text.encode("utf-8", "surrogatepass") == data


def _not_of_inputs(root: dict[str, Any], assessments: list[Saved], failed: list[Failed]) -> list[Text]:
    """Return what is wrong where a file of several does not hold one assessment, or one failure, for each of its inputs, in their order."""
    if list(root) != _PARTS:
        return [Text(f"文件的组成应为 {'、'.join(_PARTS)}", f"the parts of the file should be {', '.join(_PARTS)}")]
    done, not_done = [one.file for one in assessments], [one.file for one in failed]
    inputs = root["inputs"] if isinstance(root["inputs"], list) else []
    for name in inputs:
        for left in (done, not_done):
            if left and left[0] == name:
                left.pop(0)
                break
        else:
            return [Text(f"缺少“{name}”的评价，或顺序不同", f"the assessment of “{name}” is missing, or stands elsewhere")]
    more = [*done, *not_done]
    return [Text(f"“{more[0]}”不在所列的输入之中", f"“{more[0]}” is none of the inputs that are listed")] if more else []


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.check: Callable[[Any], _Saved] | None = None

    def parsed(self, data: bytes) -> Any:
        if len(data) > MAX_SAVED or sum(map(data.count, (b"[", b"{", b","))) > len(data) // _BYTES_A_VALUE + _FEW_VALUES:
            raise self.refused(
                Text("文件过大，或值的个数、嵌套超出限度", "the file is too large, or has values or nesting beyond any use"), _AGAIN
            )
        try:
            return json.loads(data.decode("utf-8-sig"), object_pairs_hook=self._object)
        except UnicodeDecodeError:
            raise self.refused(Text("文件不是 UTF-8 编码", "the file is not UTF-8"), _AGAIN) from None
        except json.JSONDecodeError as error:
            place = Place(self.file, error.lineno, error.colno)
            raise SavedRefused([Problem(place, Text("这不是 JSON", f"this is not JSON: {error.msg}"), _AGAIN)]) from None
        except (ValueError, RecursionError):
            raise self.refused(Text("JSON 里的数字或嵌套超出限度", "the JSON has a number or nesting beyond any use"), _AGAIN) from None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            what = Text(
                f"键“{twice}”在同一处写了两次，读者看到的可能不是同一个值",
                f"the key “{twice}” is given twice: readers may see either value",
            )
            raise self.refused(what, _CHANGED)
        return found

    def list(self, root: dict[str, Any], key: str) -> list[Any]:
        found = root.get(key)
        if not isinstance(found, list):
            raise self.refused(Text("“assessments”和“failed”应为列表", "“assessments” and “failed” should be lists"), _AGAIN)
        return found

    def failed(self, data: Any, index: int) -> Failed:
        match data:
            case {"file": str(file), "error": [*said]} if len(data) == len(("file", "error")) and all(isinstance(one, str) for one in said):
                return Failed(file, tuple(said))
        raise self.refused(Text(f"“failed.{index}”缺失或写法不对", f"“failed.{index}” is missing or not valid"), _CHANGED)

    def assessment(self, data: Any, where: tuple[str | int, ...]) -> Saved:
        from pydantic import TypeAdapter, ValidationError

        self.check = self.check or TypeAdapter(_Saved).validate_python
        try:
            shape = self.check(data)
        except ValidationError as error:
            raise SavedRefused(self._problem(where, details) for details in error.errors(include_url=False)) from None
        findings = tuple(one.held() for one in shape.findings)
        review = shape.review.file if shape.review else None
        templates = shape.templates.directory if shape.templates else None
        return Saved(shape.dossier.file, review, templates, shape.rulebook.profile, shape.rulebook.as_of, findings, data)

    def _problem(self, where: tuple[str | int, ...], details: "ErrorDetails") -> Problem:
        path = ".".join(str(step) for step in (*where, *details["loc"]))
        what = Text(f"“{path}”缺失或写法不对", f"“{path}” is missing or not valid: {details['msg']}")
        return Problem(Place(self.file), what, _CHANGED)

    def refused(self, what: Text, todo: Text) -> SavedRefused:
        return SavedRefused([Problem(Place(self.file), what, todo)])


def _other_format(format_: object) -> tuple[Text, Text]:
    if isinstance(format_, str) and format_.rpartition("/")[0] in _FAMILIES:
        what = Text(f"评价的格式版本是 {format_}，本程序不读", f"the assessment has the format {format_}, which this program does not read")
        return what, Text(
            f"本程序读 {FORMAT} 和 {SEVERAL}；请用写出它的版本核对", f"it reads {FORMAT} and {SEVERAL}; use the version that wrote it"
        )
    named = Text(f"（格式为“{format_}”）", f" (its format is “{format_}”)") if isinstance(format_, str) else Text("", "")
    return Text(f"这不是保存的评价{named.zh}", f"this is no saved assessment{named.en}"), _AGAIN


@dataclass(frozen=True, slots=True)
class _Dossier:
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Rulebook:
    version: str
    sha256: str
    profile: str
    as_of: date


@dataclass(frozen=True, slots=True)
class _Review:
    file: str


@dataclass(frozen=True, slots=True)
class _Templates:
    directory: str | None


@dataclass(frozen=True, slots=True)
class _Entity:
    id: str


@dataclass(frozen=True, slots=True)
class _Finding:
    criterion: str
    entity: _Entity | None
    title: Text
    verdict: Verdict
    strength: Literal["planned", "asserted", "evidenced"] | None
    force: Force
    obligation: Obligation
    moot: bool = False

    def held(self) -> Held:
        entity = self.entity.id if self.entity else None
        strength = Strength[self.strength.upper()] if self.strength else None
        return Held(self.criterion, entity, None, self.title, self.verdict, strength, self.force, self.obligation, self.moot)


@dataclass(frozen=True, slots=True)
class _Saved:
    dossier: _Dossier
    rulebook: _Rulebook
    engine: dict[str, Any]
    outcome: dict[str, Any]
    findings: tuple[_Finding, ...]
    review: _Review | None = None
    templates: _Templates | None = None
