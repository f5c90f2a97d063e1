"""Titles of demands as they stand in a sentence."""


def inline(title: str) -> str:
    """Return a title without its capital, unless it begins with an abbreviation."""
    return title if len(title) > 1 and title[1].isupper() else title[:1].lower() + title[1:]
