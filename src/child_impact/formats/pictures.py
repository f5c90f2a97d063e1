"""Figures for Word: the drawing itself, and its image for programs that cannot draw."""

import re
from functools import cache

from msgspec import Struct

from ..reading.extras import NO_CHINESE_FONT, FormatUnavailable, need

SCALE = 3
_VIEW = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_FONTS = re.compile(r'font-family="([^"]*)"')


class Picture(Struct, frozen=True):
    """A figure as SVG and as PNG, with its proportions."""

    name: str
    svg: bytes
    png: bytes
    width: int
    height: int


def picture(name: str, svg: str) -> Picture:
    """Return a figure for Word. Raises `FormatUnavailable` where its characters cannot be drawn."""
    resvg = need("resvg_py", "docx")
    fonts = _FONTS.search(svg)
    if fonts is not None and not svg.isascii() and not _draws_chinese(fonts[1]):
        raise FormatUnavailable(NO_CHINESE_FONT)
    size = _VIEW.search(svg)
    assert size is not None
    width, height = int(size[1]), int(size[2])
    png = bytes(resvg.svg_to_bytes(svg_string=svg, width=width * SCALE))
    return Picture(name, svg.encode(), png, width, height)


@cache
def _draws_chinese(fonts: str) -> bool:
    """Return whether Chinese is drawn in these fonts: two characters that look alike are not drawn at all."""
    resvg = need("resvg_py", "docx")
    return _drawn(resvg, "儿", fonts) != _drawn(resvg, "童", fonts)


def _drawn(resvg: object, letter: str, fonts: str) -> bytes:
    """Return a character as it is drawn."""
    text = f'<text y="16" font-size="16" font-family="{fonts}">{letter}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{text}</svg>'
    return bytes(resvg.svg_to_bytes(svg_string=svg))  # type: ignore[attr-defined]
