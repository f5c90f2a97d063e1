"""The how-to documents: every command in them is run, in their order, and gives the output that they show."""

import re
from pathlib import Path

import pytest

from how_to import DOCUMENTS, PROMPT, ROOT, again, workplace

EXCERPT = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.durable_rules
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_how_to_shows_what_happens(call, document):
    """A document is what its commands give; each excerpt stands in the form that was written. `make generated` brings it up to date."""
    text = (ROOT / document).read_text(encoding="utf-8")
    assert text.count(f"\n{PROMPT}") >= 12
    assert "ready)" in text
    with workplace():
        assert again(document, call) == text
        form = Path("school.yaml").read_text(encoding="utf-8")
        assert all(excerpt in form for excerpt in EXCERPT.findall(text))


def test_the_documents_of_both_languages_run_the_same_commands():
    """English and Chinese show the same commands in the same order."""
    commands = []
    for document in DOCUMENTS:
        lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
        commands.append([line.removeprefix(PROMPT).split()[0] for line in lines if line.startswith(PROMPT)])
    assert commands[0] == commands[1]
