"""Where the clauses have their homes, and the guards against a list of ticks, as text for a terminal."""

from typing import Any

from ..reading.text import Language, Text
from .table import table

_SOURCES = (
    Text("来源", "source"),
    Text("条款", "clauses"),
    Text("准则", "criterion"),
    Text("问题", "question"),
    Text("范围外", "out of scope"),
    Text("未落实", "open"),
)
_GUARDS = (Text("防线", "guard"), Text("数值", "figure"), Text("界限", "limit"), Text("", ""))
_HOLDS, _NOT_HELD = Text("守住", "holds"), Text("未守住", "not held")


def coverage_text(data: dict[str, Any], language: Language) -> str:
    """Return what `rules coverage` found (its JSON data) as text."""
    columns = ("clauses", "criterion", "question", "out_of_scope", "open")
    sources = [[name.in_(language) for name in _SOURCES]]
    sources += [[one["id"], *(str(one[column]) for column in columns)] for one in data["sources"]]
    figures = [(name.replace("_", " "), f"{figure:g}") for name, figure in data["guards"].items()]
    blocks = [table(sources, figures=range(1, len(sources[0]))), table(figures, figures=(1,)), _guards(data, language), _alike(data)]
    if "cases" in data:
        blocks.append(_cases(data["cases"]))
    return "\n".join(block for block in blocks if block)


def _guards(data: dict[str, Any], language: Language) -> str:
    rows = [[name.in_(language) for name in _GUARDS]]
    for limit in data["limits"]:
        bound = f"≤ {limit['most']:.3g}" if limit["most"] is not None else f"≥ {limit['least']:g}"
        rows.append([limit["guard"].replace("_", " "), f"{limit['figure']:.3g}", bound, _state(limit["holds"], language)])
    if "cases" in data:
        share = data["cases"]["ticks_share"]
        holds = share["most"] <= share["limit"]
        rows.append([f"ticks in one dossier ({share['in']})", f"{share['most']:.3g}", f"≤ {share['limit']:.3g}", _state(holds, language)])
    reasons = [f"{limit['guard'].replace('_', ' ')}: {limit['why'][language]}\n" for limit in data["limits"] if limit["why"]]
    return table(rows, figures=(1, 2)) + "".join(reasons)


def _state(holds: bool, language: Language) -> str:
    return (_HOLDS if holds else _NOT_HELD).in_(language)


def _alike(data: dict[str, Any]) -> str:
    return table([(part, one, other) for part, pairs in data["alike"].items() for one, other in pairs])


def _cases(data: dict[str, Any]) -> str:
    rows = [("dossiers", str(data["dossiers"])), ("criteria with one verdict only", _named(data["one_verdict"]))]
    for verdict in ("met", "not_met"):
        rows += [(f"{kind}: never {verdict}", _named(ids)) for kind, ids in data[f"never_{verdict}"].items()]
    return table(rows)


def _named(ids: list[str]) -> str:
    return " ".join((str(len(ids)), *ids))
