"""What a list says is not there, in words: of what there is none, of what all is listed, what was not done or is put off, and why."""

from collections.abc import Iterator

from ..dossier.facts import Entity, Fact, Listing
from ..evaluator.proof import unique
from ..reading.text import Text
from .rows import Row, Stated
from .wording import Wording

_STANDINGS = {"not_done": Text("未开展", "not done"), "deferred": Text("暂缓", "put off")}


class Denials:
    """Words what the lists of a dossier say is not there."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.zh = wording.language == "zh"

    def said(self, listing: Listing) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """Yield each statement of a list, with the facts that it stands in: its own words first, then entry by entry."""
        wording = self.wording
        listed = wording.vocabulary.lists[listing.name]
        of_entries = {fact.place for entity in listing.not_done for fact in entity.facts.values()}
        for template, facts in ((listed.lacks, listing.lacks), (listed.covers, listing.covers)):
            own = {code: fact for code, fact in facts.items() if fact.place not in of_entries}
            if own:
                yield wording.of(listed.of_kind(template, own)), unique(own.values())
        for standing, entities in (("not_done", listing.not_done), ("deferred", listing.deferred)):
            for entity in entities:
                yield self._entry(listing, entity, wording.of(_STANDINGS[standing])), tuple(entity.facts.values())

    def rows(self, listing: Listing) -> list[Row]:
        """Return the statements of a list as rows under its name."""
        label = self._label(listing)
        return [Row(label, said, self.wording.spots(facts), self._evidence(facts)) for said, facts in self.said(listing)]

    def stated(self, listing: Listing) -> list[Stated]:
        """Return the statements of a list, each with where it stands."""
        label = self._label(listing)
        return [Stated(self.wording.spots(facts), label, said, self._evidence(facts)) for said, facts in self.said(listing)]

    def _entry(self, listing: Listing, entity: Entity, standing: str) -> str:
        """Return an entry that was not done or is put off: what it would have been, and why."""
        named = entity.facts.get(listing.identity.field) if listing.identity is not None else None
        what = self.wording.of_fact(named) if named is not None else entity.id
        own = [fact for name, fact in entity.facts.items() if name not in ("reason", "note") and fact is not named]
        why = [self.wording.value(entity.facts[name].value, None) for name in ("reason", "note") if name in entity.facts]
        more = self.wording.series([*why, *(self.wording.fact(fact) for fact in own)])
        said = f"{what}：{standing}" if self.zh else f"{what}: {standing}"
        return said if not more else f"{said}（{more}）" if self.zh else f"{said} ({more})"

    def _label(self, listing: Listing) -> str:
        label = self.wording.of(self.wording.vocabulary.lists[listing.name].label)
        return label[:1].upper() + label[1:]

    def _evidence(self, facts: tuple[Fact, ...]) -> str:
        return self.wording.join(list(dict.fromkeys(self.wording.evidence(fact) for fact in facts if fact.evidence)))
