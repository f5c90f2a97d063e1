"""How the source is kept."""

from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
MOST_LINES = 300


def test_modules_are_small():
    """A module of more than 300 lines holds more than one noun; it is easier to read, and to change by two people, as two."""
    lines = {path.relative_to(SOURCE).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE.rglob("*.py")}

    assert lines
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
