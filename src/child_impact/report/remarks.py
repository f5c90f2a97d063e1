"""What a dossier writes where it states no fact, in words: a note alone as what the file says, an unknown body as what it is."""

from collections.abc import Iterable

from ..dossier.facts import Entity, Remark
from ..vocabulary.paths import field_path, parts
from .wording import Wording


def of_place(path: str, wording: Wording) -> list[Remark]:
    """Return the words that state no fact directly in one place: the header (an empty path), a group, or an entry of a list."""
    found = []
    for remark in wording.assessment.dossier.remarks.values():
        at = parts(remark.path)
        owner = remark.path[: -len(at.name) - 1] if at.entry is not None else at.owner
        if owner == path:
            found.append(remark)
    return found


def remark(one: Remark, wording: Wording, *, whole: bool = False) -> str:
    """Return words that state no fact; a note in full where it is `whole`, else no longer than fits into a sentence."""
    zh, note = wording.language == "zh", wording.of(one.note) if whole else wording.cut(wording.of(one.note))
    if one.value is None:
        return f"未见说明；材料写的是“{note}”" if zh else f"not stated; the file says “{note}”"
    name = f"“{wording.of(one.value)}”"
    unlisted = "档案未列明的单位" if zh else "a body that the file does not list"
    return wording.bracketed(name, f"{unlisted}{'；' if zh else '; '}{note}" if note else unlisted)


def labelled(one: Remark, wording: Wording, *, whole: bool = False) -> str:
    """Return words that state no fact, after what they are about."""
    return f"{label(one, wording)}{'：' if wording.language == 'zh' else ': '}{remark(one, wording, whole=whole)}"


def label(one: Remark, wording: Wording) -> str:
    """Return what words that state no fact are about."""
    field = wording.vocabulary.field(one.path)
    return wording.of(field.label) if field is not None else one.path


def said(entity: Entity, name: str, wording: Wording) -> str | None:
    """Return what an entry says under a key: a fact, else words that state none, else None."""
    fact, one = entity.facts.get(name), wording.assessment.dossier.remarks.get(field_path(entity.path, name))
    return wording.of_fact(fact) if fact is not None else remark(one, wording) if one is not None else None


def of_gaps(paths: Iterable[str], wording: Wording) -> list[str]:
    """Return the words that stand in places where a fact is missing, each after what it is about."""
    remarks = wording.assessment.dossier.remarks
    return [labelled(remarks[path], wording) for path in dict.fromkeys(paths) if path in remarks]
