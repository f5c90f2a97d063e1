"""Reading an HTML page as a browser would, without one."""

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
LOADING = {"src", "srcset", "data", "poster", "action", "formaction", "background", "xlink:href"}


class Page(HTMLParser):
    """What is in a page: its elements with their attributes, its text by element, and whether all that is opened is closed."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append((tag, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(tag)
            return
        name, parts = self.open.pop()
        self.texts.append((name, "".join(parts)))

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self.open]
        first = inside.index("svg") if "svg" in inside else 0  # what a drawing says is its own
        for _, parts in self.open[first:]:
            parts.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str) -> list[str]:
        """Return the text of each element of a kind, in the order in which they end."""
        return [text for name, text in self.texts if name == tag]

    def anchors(self) -> Counter[str]:
        """Return how often each anchor is there."""
        return Counter(attributes["id"] for _, attributes in self.elements if "id" in attributes)

    def links(self) -> list[str]:
        """Return where links lead."""
        return [attributes["href"] for attributes in self.all("a")]

    def asked_for(self) -> list[str]:
        """Return what the page would load."""
        return [attributes[name] for _, attributes in self.elements for name in LOADING & attributes.keys()] + [
            attributes["href"] for tag, attributes in self.elements if tag in ("link", "image", "use", "base") and "href" in attributes
        ]
