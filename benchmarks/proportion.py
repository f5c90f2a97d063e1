"""Proportion: how much is asked of each shipped dossier, and with how few facts an example is still ready for decision.

The fewest facts are found by leaving out entries, then single facts, as long as the outcome stays *ready*: nothing that is left can go.
The header that every dossier needs is not counted.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Verdict
from child_impact.assessment.questions import open_questions
from child_impact.dossier.facts import Dossier
from child_impact.dossier.read import read_dossier
from child_impact.rulebook.store import open_rulebook

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 22)


def main() -> None:
    """Print a line for each case, and for each example the fewest facts that keep it ready."""
    rulebook = open_rulebook()
    assessor = Assessor(rulebook, rulebook.profiles["default"])
    required = {field.path for field in rulebook.vocabulary.groups[""].fields.values() if field.required}
    print(f"{'case':24}{'criteria that apply':>20}{'open questions':>16}{'for the reviewer':>18}  outcome")
    for file in sorted((ROOT / "cases").glob("*.yaml")):
        assessment = assessor.assess(_read(file, assessor), DAY)
        applying = {finding.criterion.id for finding in assessment.findings if finding.verdict is not Verdict.NOT_APPLICABLE}
        asked = len(open_questions(assessment, every=True))
        print(f"{file.stem:24}{len(applying):20}{asked:16}{len(assessment.questions):18}  {assessment.outcome.code}")
    print(f"\n{'example':24}{'facts stated':>14}{'fewest for ready':>18}")
    for file in sorted((ROOT / "cases" / "examples").glob("*.yaml")):
        dossier = _read(file, assessor)
        print(f"{file.stem:24}{_size(dossier, required):14}{_size(_fewest(dossier, assessor, required), required):18}")


def _read(file: Path, assessor: Assessor) -> Dossier:
    return read_dossier(file.read_bytes(), file.name, assessor.rulebook.vocabulary)


def _size(dossier: Dossier, required: set[str]) -> int:
    """Return how many facts are stated; a list stated as none is one."""
    single = sum(path not in required for path in dossier.facts)
    return single + sum(sum(len(one.facts) for one in listing.entities) or 1 for listing in dossier.lists.values())


def _fewest(dossier: Dossier, assessor: Assessor, required: set[str]) -> Dossier:
    for smaller in (_without_entries, _without_facts):
        tried = True
        while tried:
            tried = False
            for candidate in smaller(dossier, required):
                if assessor.assess(candidate, DAY).outcome.code == "ready":
                    dossier, tried = candidate, True
                    break
    return dossier


def _without_entries(dossier: Dossier, _: set[str]) -> Iterator[Dossier]:
    for name, listing in dossier.lists.items():
        for entity in listing.entities if len(listing.entities) > 1 else ():
            left = tuple(one for one in listing.entities if one is not entity)
            yield replace(dossier, lists={**dossier.lists, name: replace(listing, entities=left)})


def _without_facts(dossier: Dossier, required: set[str]) -> Iterator[Dossier]:
    for path in dossier.facts:
        if path not in required:
            yield replace(dossier, facts={other: fact for other, fact in dossier.facts.items() if other != path})
    for name, listing in dossier.lists.items():
        for number, entity in enumerate(listing.entities):
            for key in entity.facts:
                less = replace(entity, facts={other: fact for other, fact in entity.facts.items() if other != key})
                entities = (*listing.entities[:number], less, *listing.entities[number + 1 :])
                yield replace(dossier, lists={**dossier.lists, name: replace(listing, entities=entities)})


if __name__ == "__main__":
    main()
