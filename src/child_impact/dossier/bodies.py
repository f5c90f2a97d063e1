"""Which bodies a dossier knows: its proponent, public bodies by what their names end in, and the organisations that it lists.

A name that none of these knows says nothing of who is meant. The fact then counts as not stated; what was written is kept for print.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from ..reading.problems import Problem
from ..reading.text import Text
from ..vocabulary.bodies import Bodies, same
from ..vocabulary.model import Field, FieldType, Vocabulary
from .facts import Entity, Fact, Listing, Remark

_BETWEEN = re.compile(r"[、,;/\n()。]")
_AND = re.compile(r"以及|[和与及同]| and | with ")
_SECTION_NAME = 8
"""How many characters a part of a body may be called by, as in 教育局基教科."""
_WHOLE_NAME = 4
"""How long a name must be for another that begins with it to be taken for a part of that body."""
ORGANISATIONS = "organisations"


class KnownBodies:
    """The bodies of one dossier."""

    def __init__(self, vocabulary: Vocabulary, owner: Text | None, listed: Iterable[Text]) -> None:
        self._words: Bodies = vocabulary.bodies
        names = [*(owner or ()), *(spelling for name in listed for spelling in name)]
        self._names = tuple({same(name) for name in names if name})
        roles = vocabulary.enumerations["roles"].values if self._words.roles else {}
        own = set(self._words.proponent.all) if owner is not None else set()
        self._whole = {*own, *(same(one) for code in self._words.roles for one in (code, *roles[code])), *self._names}
        endings = {ending for kind in self._words.kinds.values() for ending in kind.zh}
        english = {ending for kind in self._words.kinds.values() for ending in kind.en}
        self._endings = tuple(endings)
        parts = "|".join(map(re.escape, self._words.sections.zh))
        self._section = re.compile(f"({_any_of(endings)}).{{0,{_SECTION_NAME}}}({parts})\\Z") if endings and parts else None
        self._english = re.compile(rf"\b({_any_of(english)})(\Z| of | in | for )") if english else None

    def knows(self, name: Text) -> bool:
        """Return whether a name, in either language, or one of several in it, is that of a body that the dossier knows."""
        return any(self._knows(part) for spelling in dict.fromkeys(name) for part in self._parts(same(spelling)))

    def _parts(self, name: str) -> Iterable[str]:
        yield name
        for part in _BETWEEN.split(name):
            yield part.strip()
            yield from (smaller.strip() for smaller in _AND.split(part))

    def _knows(self, part: str) -> bool:
        if any(word in part for word in self._words.vague.zh) or any(re.search(rf"\b{word}\b", part) for word in self._words.vague.en):
            return False
        return self._is_known(part) or self._is_known(self._bare(part))

    def _is_known(self, part: str) -> bool:
        close = part.replace(" ", "")
        if part in self._whole or close in self._whole or close.endswith(self._endings):
            return True
        if any(len(name) >= _WHOLE_NAME and part.startswith(name) for name in self._names):
            return True
        if self._section is not None and self._section.search(close):
            return True
        return self._english is not None and self._english.search(part) is not None

    def _bare(self, part: str) -> str:
        """Return a name without the words around it."""
        before = ""
        while part != before:
            before = part
            for word in self._words.around.all:
                part = part.removeprefix(word).removesuffix(word).strip()
        return part


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class Settling:
    """Takes out of the facts of a dossier the bodies that it does not know. `warnings` and `remarks` tell of them."""

    def __init__(self, vocabulary: Vocabulary, facts: Mapping[str, Fact], lists: Mapping[str, Listing]) -> None:
        self._vocabulary = vocabulary
        self._known = KnownBodies(vocabulary, _text(facts.get("owner")), _listed(lists.get(ORGANISATIONS)))
        self.warnings: list[Problem] = []
        self.remarks: dict[str, Remark] = {}

    def facts(self, facts: Mapping[str, Fact]) -> dict[str, Fact]:
        """Return the facts of the dossier itself without unknown bodies."""
        return {path: fact for path, fact in facts.items() if self._stands(fact, self._vocabulary.fact(path))}

    def listing(self, listing: Listing) -> Listing:
        """Return a list without unknown bodies in its entries."""
        fields = self._vocabulary.lists[listing.name].fields
        if not any(field.type is FieldType.BODY for field in fields.values()):
            return listing
        entities = (
            Entity(one.id, one.path, one.place, {name: fact for name, fact in one.facts.items() if self._stands(fact, fields[name])})
            for one in listing.entities
        )
        return replace(listing, entities=tuple(entities))

    def _stands(self, fact: Fact, field: Field | None) -> bool:
        if field is None or field.type is not FieldType.BODY or field.is_name or not isinstance(fact.value, Text):
            return True
        if self._known.knows(fact.value):
            return True
        what = Text(
            f"“{field.key.zh}”写的是“{fact.value.zh}”，不知道是哪个单位，按未说明处理",
            f"“{field.key.en}” says “{fact.value.en}”, a body that is not known: it counts as not stated",
        )
        listed = self._vocabulary.lists.get(ORGANISATIONS)
        key = listed.key if listed is not None else Text("单位", ORGANISATIONS)
        todo = Text(
            f"请写明全称，如“某市教育局”；学校、企业等请在“{key.zh}”中登记名称和性质",
            f"give its full name, such as “city education bureau”; list a school, an enterprise … under `{key.en}` with name and kind",
        )
        self.warnings.append(Problem(fact.place, what, todo))
        self.remarks[fact.path] = Remark(fact.path, fact.place, fact.value, fact.note)
        return False


def _text(fact: Fact | None) -> Text | None:
    return fact.value if fact is not None and isinstance(fact.value, Text) else None


def _listed(listing: Listing | None) -> list[Text]:
    """Return the names of the organisations that are listed with their kind."""
    entities = listing.entities if listing is not None else ()
    return [name for one in entities if (name := _text(one.facts.get("name"))) is not None and _kind(one) is not None]


def _kind(entity: Entity) -> object | None:
    fact = entity.facts.get("kind")
    return fact.value if fact is not None else None
