"""Packages that only some formats need."""

import importlib
import unicodedata
from collections.abc import Iterable, Sequence
from types import ModuleType

from .text import Text


class FormatUnavailable(Exception):
    """A format cannot be written on this machine; `text` says why, and what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def need(module: str, extra: str) -> ModuleType:
    """Return a module of an extra, or say with which command it is installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        command = f"pip install 'child-impact[{extra}]'"
        said = Text(
            f"写 {extra} 格式需要另装组件 → 请运行：{command}", f"the {extra} format needs an extra that is not installed → run: {command}"
        )
        raise FormatUnavailable(said) from error
    except OSError as error:  # a package that is there, but not the system library it needs
        said = Text(
            f"写 {extra} 格式所需的系统库缺失（{error}） → 请先安装该库，例如 Debian：{_LIBRARIES}",
            f"a system library that the {extra} format needs is missing ({error}) → install it, on Debian for instance: {_LIBRARIES}",
        )
        raise FormatUnavailable(said) from error


_LIBRARIES = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
NO_CHINESE_FONT = Text(
    "本机没有可用的中文字体，文档中的汉字无法显示 → 请安装 Noto Sans CJK 后重试（Debian：apt install fonts-noto-cjk；"
    "其他系统见 notofonts.github.io）",
    "this machine has no font for the Chinese characters of the document → install Noto Sans CJK (Debian: apt install fonts-noto-cjk; "
    "elsewhere see notofonts.github.io) and try again",
)
_NAMED = 5
_CHINESE = ("CJK", "FULLWIDTH", "IDEOGRAPHIC")


def no_font(letters: Iterable[str]) -> Text:
    """Return that this machine has no font for some characters, and what to install."""
    ordered = sorted(set(letters))
    if any(unicodedata.name(letter, "").startswith(_CHINESE) for letter in ordered):
        return NO_CHINESE_FONT
    named = [f"{letter} (U+{ord(letter):04X})" for letter in ordered[:_NAMED]]
    more = len(ordered) > _NAMED
    return Text(
        f"本机没有可以显示下列字符的字体：{'、'.join(named)}{'等' * more} → 请安装含有这些字符的字体（Debian：apt install "
        "fonts-noto-core fonts-noto-color-emoji），或在档案中改用其他字符",
        f"this machine has no font for {', '.join(named)}{' …' * more} → install one that has them (Debian: apt install fonts-noto-core "
        "fonts-noto-color-emoji), or write other characters in the dossier",
    )


def asks_for(addresses: Sequence[str]) -> Text:
    """Return that the page of an office asks for files or the network, and what to do."""
    named = addresses[0]
    return Text(
        f"网页模板要求载入外部文件（{named}），而文档应自成一体 → 请把样式和图片直接写入模板（图片用 data: 地址）",
        f"the template of the page asks for {named}, but a document is whole in one file → write styles and pictures into the template "
        "(pictures as data: addresses)",
    )
