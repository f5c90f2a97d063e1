"""Characters that text of ours never holds: control characters, and those that are not seen but change how text is read or compared.

Marks that turn the direction of writing, characters without width, tags and stray variation selectors are refused in every input, so that
no document can read otherwise than it is written. Joiners and selectors that belong to an emoji or to a Chinese character stay.
"""

import re
import unicodedata

from .text import Text

_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_ALSO_EMOJI = "\u00a9\u00ae\u203c\u2049\u2122\u2139"
_KEYCAP = "#*0-9"
_IDEOGRAPH = "\u2e80-\ufaff\U00020000-\U0003ffff"
_NEVER = (
    "\x85\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_JOINER = "\u200d"
_CHOOSERS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_UNSEEN = re.compile(
    f"[{_NEVER}]"
    f"|(?<![{_EMOJI}\ufe0f]){_JOINER}|{_JOINER}(?![{_EMOJI}])"
    f"|(?<![{_EMOJI}{_ALSO_EMOJI}{_KEYCAP}])[\ufe0e\ufe0f]|(?<=[{_KEYCAP}])[\ufe0e\ufe0f](?!\u20e3)"
    f"|(?<![{_IDEOGRAPH}])[\ufe00-\ufe0d\U000e0100-\U000e01ef]"
)
_UNSEEN_IN_WORDS = re.compile(f"[{_NEVER}{_JOINER}{_CHOOSERS}]")
_ESCAPED = re.compile(rf"[\x00-\x1f\x7f-\x9f\ud800-\udfff]|{_UNSEEN.pattern}")

RETYPE = Text("请删去该字符后重新输入", "remove the character and type it again")
_SHORT = 0x10000


def unseen(text: str, *, is_key: bool = False) -> Text | None:
    """Return which character of a text is not seen, or None. A key is a word, in which no emoji has its parts."""
    if text.isascii():
        return None
    found = (_UNSEEN_IN_WORDS if is_key else _UNSEEN).search(text)
    if found is None:
        return None
    code = f"U+{ord(found[0]):04X}"
    name = unicodedata.name(found[0], "")
    return Text(f"含有看不见的字符 {code}", f"it holds a character that is not seen, {code}{f' ({name})' if name else ''}")


def visible(text: str) -> str:
    """Return a text for one line of a message: control characters and those that are not seen as escapes."""
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in "\n\r\t":
        return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}[letter]
    return f"\\u{ord(letter):04x}" if ord(letter) < _SHORT else f"\\U{ord(letter):08x}"
