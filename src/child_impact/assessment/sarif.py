"""Assessments as one SARIF 2.1.0 log, for reviews in CI and in editors."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..reading.text import Language, Text
from .model import Force, Obligation, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"
FINGERPRINT = "criterionEntityDossier/v1"

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_KINDS = {
    Verdict.MET: "pass",
    Verdict.NOT_MET: "fail",
    Verdict.NOT_STATED: "open",
    Verdict.UNDETERMINED: "open",
    Verdict.NOT_APPLICABLE: "notApplicable",
}
_SAYINGS = {
    Verdict.MET: Text("符合", "met"),
    Verdict.NOT_MET: Text("不符合", "not met"),
    Verdict.NOT_STATED: Text("未见说明", "not stated"),
    Verdict.UNDETERMINED: Text("是否适用需核实", "open whether it applies"),
    Verdict.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
_IMPROVE = Text("建议改进", "improvement advised")
_BELOW_REFERENCE = Text("与参照要求有差距", "short of a reference")
_REMEDY = Text("补正：", "To do: ")
_TO_STATE = Text("请说明：", "To be stated: ")
_MORE = Text("另有{}问", "{} more")
_MAX_QUESTIONS = 3
_NO_FILES = {"<stdin>", "<bytes>"}


def sarif_data(assessments: list[dict[str, Any]], failed: list[dict[str, Any]], language: Language) -> dict[str, Any]:
    """Return a SARIF log with one run from the data of assessments (`as_data`) and the dossiers that `failed` (file, error lines).

    Every finding and every question for the reviewer is a result. Equal inputs give equal data, in equal order.
    """
    rules = _Rules(assessments, language)
    files = [*(one["dossier"]["file"] for one in assessments), *(one["file"] for one in failed)]
    artifacts = _Artifacts(name for name in files if name not in _NO_FILES)
    run = _Run(rules, artifacts, language)
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {
                    "driver": {"name": "child-impact", "version": __version__, "semanticVersion": __version__, "rules": rules.described()}
                },
                "language": _LANGUAGES[language],
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {"executionSuccessful": not failed, "toolExecutionNotifications": [*run.warnings(assessments), *run.errors(failed)]}
                ],
                "artifacts": artifacts.described(assessments),
                "results": [result for one in assessments for result in run.results(one)],
            }
        ],
    }


class _Rules:
    """The criteria and the reviewer's questions of a run, in the order in which they first occur."""

    def __init__(self, assessments: list[dict[str, Any]], language: Language) -> None:
        self.language = language
        self.findings: dict[str, list[dict[str, Any]]] = {}
        self.questions: dict[str, dict[str, Any]] = {}
        self.index: dict[str, int] = {}
        for assessment in assessments:
            for finding in assessment["findings"]:
                self.findings.setdefault(finding["criterion"], []).append(finding)
                self.index.setdefault(finding["criterion"], len(self.index))
            for question in assessment["questions"]:
                self.questions.setdefault(question["id"], question)
                self.index.setdefault(question["id"], len(self.index))

    def described(self) -> list[dict[str, Any]]:
        return [self._criterion(id_, self.findings[id_]) if id_ in self.findings else self._question(id_) for id_ in self.index]

    def _question(self, id_: str) -> dict[str, Any]:
        one = self.questions[id_]
        return {"id": id_, "shortDescription": _message(one["text"][self.language]), "properties": {"clauses": one["clauses"]}}

    def _criterion(self, id_: str, findings: list[dict[str, Any]]) -> dict[str, Any]:
        first = findings[0]
        strongest = min((Obligation(one["obligation"]) for one in findings), key=list(Obligation).index)
        return {
            "id": id_,
            "shortDescription": _message(first["title"][self.language]),
            "help": _message(first["remedy"][self.language]),
            "properties": {
                "domain": first["domain"],
                "element": first["element"],
                "obligation": strongest.value,
                "clauses": sorted({clause for one in findings for clause in one["basis"]}),
            },
        }


class _Artifacts:
    """The files of a run, each once, by the name that was typed."""

    def __init__(self, names: Iterable[str]) -> None:
        self.index = {name: index for index, name in enumerate(dict.fromkeys(names))}

    def location(self, name: str) -> dict[str, Any]:
        return {"uri": uri(name), "index": self.index[name]}

    def described(self, assessments: list[dict[str, Any]]) -> list[dict[str, Any]]:
        by_name = {one["dossier"]["file"]: one for one in assessments}
        return [self._artifact(name, by_name.get(name)) for name in self.index]

    @staticmethod
    def _artifact(name: str, assessment: dict[str, Any] | None) -> dict[str, Any]:
        artifact: dict[str, Any] = {"location": {"uri": uri(name)}, "roles": ["analysisTarget"]}
        if assessment is not None:
            artifact["hashes"] = {"sha-256": assessment["dossier"]["sha256"]}
            artifact["properties"] = {
                "dossier": assessment["dossier"]["id"],
                "outcome": assessment["outcome"]["code"],
                "rulebook": assessment["rulebook"],
                "engine": assessment["engine"],
            }
        return artifact


class _Run:
    """Makes results and notifications."""

    def __init__(self, rules: _Rules, artifacts: _Artifacts, language: Language) -> None:
        self.rules = rules
        self.artifacts = artifacts
        self.language: Language = language

    def results(self, assessment: dict[str, Any]) -> Iterator[dict[str, Any]]:
        dossier = assessment["dossier"]
        for finding in assessment["findings"]:
            yield self._finding(finding, dossier)
        for question in assessment["questions"]:
            result = self._result(question["id"], "review", question["text"][self.language], dossier, None, None)
            yield result | {"suppressions": [], "properties": {"clauses": question["clauses"]}}

    def warnings(self, assessments: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for one in (warning for assessment in assessments for warning in assessment["warnings"]):
            yield {"level": "warning", "message": _message(one[self.language]), **self._where(one["file"], one["line"])}

    def errors(self, failed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for one in failed:
            for line in one["error"]:
                yield {"level": "error", "message": _message(line), **self._where(one["file"], None)}

    def _where(self, name: str, line: int | None) -> dict[str, Any]:
        return {"locations": [_physical(self.artifacts.location(name), line)]} if name in self.artifacts.index else {}

    def _finding(self, finding: dict[str, Any], dossier: dict[str, Any]) -> dict[str, Any]:
        verdict = Verdict(finding["verdict"])
        denied = finding.get("denied_by", ())
        line = next((fact["line"] for fact in (*denied, *finding["facts"]) if fact["line"] is not None), None)
        result = self._result(finding["criterion"], _KINDS[verdict], self._said(verdict, finding), dossier, finding["entity"], line)
        if verdict is Verdict.NOT_MET:
            result["level"] = _level(finding)
        result["suppressions"] = suppressions(finding["waived"], self.language)
        result["properties"] = {key: finding[key] for key in ("verdict", "obligation", "force", "strength", "reason")} | {
            "clauses": finding["basis"],
            "missing": [gap["path"] for gap in finding["missing"]],
            "denied_by": [{key: fact[key] for key in ("path", "line") if key in fact} for fact in denied],
        }
        return result

    def _result(
        self, id_: str, kind: str, text: str, dossier: dict[str, Any], entity: dict[str, Any] | None, line: int | None
    ) -> dict[str, Any]:
        name = dossier["file"]
        location = _physical(self.artifacts.location(name), line) if name in self.artifacts.index else {}
        if entity is not None:
            location["logicalLocations"] = [{"name": entity["id"], "fullyQualifiedName": entity["path"], "kind": "element"}]
        identity = "\n".join((id_, entity["id"] if entity else "", dossier["id"]))
        return {
            "ruleId": id_,
            "ruleIndex": self.rules.index[id_],
            "kind": kind,
            "level": "none",
            "message": _message(text),
            "locations": [location] if location else [],
            "partialFingerprints": {FINGERPRINT: hashlib.sha256(identity.encode()).hexdigest()},
        }

    def _said(self, verdict: Verdict, finding: dict[str, Any]) -> str:
        saying = _SAYINGS[verdict]
        if verdict is Verdict.NOT_MET and finding["force"] == Force.REFERENCE:
            saying = _BELOW_REFERENCE
        elif verdict is Verdict.NOT_MET and finding["obligation"] != Obligation.REQUIRED:
            saying = _IMPROVE
        language, zh = self.language, self.language == "zh"
        entity = finding["entity"]
        about = "" if entity is None else f"（{entity['id']}）" if zh else f" ({entity['id']})"
        said = f"{finding['title'][language]}{about}{'：' if zh else ': '}{saying.in_(language)}{'。' if zh else '.'}"
        if verdict is Verdict.NOT_MET:
            said += f"{'' if zh else ' '}{_REMEDY.in_(language)}{finding['remedy'][language]}"
        elif finding["missing"]:
            asked = list(dict.fromkeys(gap["question"][language] for gap in finding["missing"]))
            more = len(asked) - _MAX_QUESTIONS
            shown = asked[:_MAX_QUESTIONS] + ([_MORE.in_(language).format(more)] if more > 0 else [])
            said += f"{'' if zh else ' '}{_TO_STATE.in_(language)}{('' if zh else ' ').join(shown)}"
        return said


def suppressions(waived: dict[str, Any] | None, language: Language) -> list[dict[str, Any]]:
    """Return the suppressions of a finding from its `waived` data: none, or the waiver with its reason as justification.

    A waiver that stands in `waived` counts on the day of the assessment, so its status is *accepted*.
    """
    if waived is None:
        return []
    reason = waived["reason"]
    justification = reason[language] if isinstance(reason, dict) else reason
    return [{"kind": "external", "status": "accepted", "justification": justification, "properties": {"waiver": waived}}]


def uri(name: str) -> str:
    """Return the URI of a file as it was typed: a relative name stays relative."""
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _level(finding: dict[str, Any]) -> str:
    """Return how weighty a breach is: an error where a required demand binds, a warning where it is weighed, else a note."""
    binds, obligation = finding["force"] == Force.BINDING, finding["obligation"]
    if obligation == Obligation.REQUIRED:
        return "error" if binds else "warning"
    return "warning" if binds and obligation == Obligation.EXPECTED else "note"


def _physical(artifact: dict[str, Any], line: int | None) -> dict[str, Any]:
    region = {} if line is None else {"region": {"startLine": line}}
    return {"physicalLocation": {"artifactLocation": artifact, **region}}


def _message(text: str) -> dict[str, str]:
    """Return a plain-text message; brackets would be read as links and braces as placeholders."""
    for mark in "\\[]":
        text = text.replace(mark, f"\\{mark}")
    return {"text": text.replace("{", "{{").replace("}", "}}")}
