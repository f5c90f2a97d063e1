"""The markup that templates write: Markdown, plain for people to read as it is, or rich with the marks that other formats are made from.

Rich marks are those of markdown-it's attribute plug-in: `[text]{#id .class key=value}`. In the plain flavour a mark leaves only its text.
"""

import re
from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from ..reading.text import Language
from .phrases import lines_phrase, series
from .rows import Cited, Gap, Spot

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~{}&!$])")
_BLOCK = re.compile(r"\s*(?:\d+(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|=+\s*$|-+\s*$))")  # what begins a list or underlines a heading
_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_INNER = str.maketrans("（）()", "〔〕[]")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_IN_MARKS = str.maketrans('"\\{}|', "”＼｛｝｜", "\r\n")  # what would end a mark, in the form that does not


def escape(text: str) -> Markup:
    """Return what a person wrote so that Markdown shows it as it is, on one line."""
    shown = _ACTIVE.sub(r"\\\1", _SPACE.sub(" ", text))
    found = _BLOCK.match(shown)
    return Markup(f"{found[0]}\\{shown[found.end() :]}" if found else shown)


def anchor(kind: str, name: str) -> str:
    """Return the name of a place in a document that links lead to."""
    return f"{kind}-{_UNSAFE.sub('-', name).strip('-').lower()}"


class Flavour(Struct, frozen=True):
    """Writes marks, or leaves them out. `language` is that of the document."""

    language: Language
    rich: bool

    def shown(self, value: object) -> object:
        """Return a value as a template prints it: escaped unless it is markup already."""
        return value if hasattr(value, "__html__") else escape(str(value))

    def cell(self, value: object) -> Markup:
        """Return the text of a table cell; an empty one is shown as a dash."""
        return Markup(self.shown(value) or "—")

    def lines(self, spots: tuple[Spot, ...]) -> Markup:
        """Return the lines of the dossier that something stands in, each linked to the list of facts."""
        shown = [self.link(spot.shown, anchor("fact", spot.shown)) for spot in spots]
        return Markup(lines_phrase(shown, self.language, cells=any(spot.cell for spot in spots)))

    def noted(self, spots: tuple[Spot, ...], note: str = "") -> Markup:
        """Return a note and the lines in brackets, or nothing."""
        inner = note.translate(_INNER)  # brackets within brackets are of another kind
        parts = [part for part in (escape(inner), self.lines(spots)) if part]
        if not parts:
            return Markup("")
        joined = Markup("，" if self.language == "zh" else ", ").join(parts)
        return Markup("（{}）" if self.language == "zh" else " ({})").format(joined)

    def clauses(self, cited: tuple[Cited, ...], most: int | None = None) -> Markup:
        """Return clauses, each linked to what it says; of more than `most`, how many there are beyond."""
        by_name = {f"{one.shown}{one.standing}": one for one in reversed(cited)}  # clauses of one locator are cited once
        named = [by_name[name] for name in dict.fromkeys(f"{one.shown}{one.standing}" for one in cited)]
        shown = [self.link(one.shown, anchor("clause", one.clause)) + escape(one.standing) for one in named]
        return Markup(series(shown, self.language, most))

    def link(self, text: str, target: str) -> Markup:
        """Return a text that leads to a place in the document."""
        return Markup(f"[{escape(text)}](#{target})") if self.rich else escape(text)

    def place(self, text: str, kind: str, name: str) -> Markup:
        """Return a text that links can lead to."""
        return self.span(text, {"id": anchor(kind, name)})

    def verdict(self, gap: Gap) -> Markup:
        """Return the word for the verdict of a point, marked so that points can be picked by verdict and element."""
        marks = {"class": f"verdict {gap.code}", "data-verdict": gap.verdict, "data-element": gap.element}
        return self.span(gap.verdict, marks)

    def span(self, text: str, marks: Mapping[str, str]) -> Markup:
        """Return a text with marks."""
        if not self.rich:
            return escape(text)
        written = " ".join(f'{name}="{value.translate(_IN_MARKS)}"' for name, value in marks.items())
        return Markup(f"[{escape(text)}]{{{written}}}")

    def mark(self, name: str) -> Markup:
        """Return the mark that gives the next block a class."""
        return Markup(f"{{.{name}}}\n") if self.rich else Markup("")

    def figure(self, name: str, alt: str) -> Markup:
        """Return a figure. The plain flavour has none: the table beside it says the same."""
        return Markup(f"![{escape(alt)}](figure:{name})\n") if self.rich else Markup("")
