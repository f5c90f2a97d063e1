"""Reading the markup of documents."""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

FIGURE = "figure:"


@cache
def parser() -> MarkdownIt:
    """Return the parser of markup: CommonMark with tables and marks, and no HTML of its own."""
    found = MarkdownIt("commonmark", {"html": False}).enable("table")
    return found.use(attrs_plugin, spans=True).use(attrs_block_plugin)


def tokens(text: str) -> list[Token]:
    """Return the markup as a stream of tokens."""
    return parser().parse(text)


def tree(text: str) -> SyntaxTreeNode:
    """Return the markup as a tree."""
    return SyntaxTreeNode(tokens(text))


def plain(token: Token | None) -> str:
    """Return the text of an inline token without marks."""
    return "".join(child.content for child in (token.children or []) if child.type in ("text", "code_inline")) if token else ""


def title(text: str) -> str:
    """Return the title of a document: its first heading."""
    stream = tokens(text)
    return next((plain(stream[index + 1]) for index, token in enumerate(stream) if token.type == "heading_open"), "")


def headings(stream: list[Token], level: str) -> Iterator[tuple[Token, str]]:
    """Yield the headings of a level with their text."""
    for index, token in enumerate(stream):
        if token.type == "heading_open" and token.tag == level:
            yield token, plain(stream[index + 1])
