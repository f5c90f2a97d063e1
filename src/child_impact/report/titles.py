"""Titles as they stand in a sentence."""

import re

_INNER = re.compile(r"[“\"]([^“”\"]*)[”\"]")


def inline(title: str) -> str:
    """Return a title without its capital, unless it begins with an abbreviation."""
    return title if len(title) > 1 and title[1].isupper() else title[:1].lower() + title[1:]


def quoted(title: str) -> str:
    """Return a title in quotation marks; those within it become single ones."""
    inner = _INNER.sub(r"‘\1’", title)
    return f"“{inner}”"
