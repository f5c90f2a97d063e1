"""How two options weigh, as text for a terminal."""

from ..reading.text import Language, Text
from .comparison_view import BothSides, OptionsView

_FIRST, _SECOND = Text("方案一", "First option"), Text("方案二", "Second option")
_BETTER = {
    "first_better": Text("方案一较好", "Better in the first"),
    "second_better": Text("方案二较好", "Better in the second"),
    "both_short": Text("两者都有不足", "Both fall short"),
    "undecided": Text("尚难判断", "Undecided"),
}
_ALIKE = Text("两者都无不足：{}项", "Neither falls short: {}")
_MORE = Text("另有{}项", "{} more")
_NO_SCORE = Text("逐项比较，不计分；取舍由人决定。", "Compared item by item, without a score; people decide.")


def options_text(view: OptionsView, language: Language) -> str:
    """Return the options, and the criteria by what they say of them."""
    zh = language == "zh"
    colon = "：" if zh else ": "
    heads = []
    for name, side in zip((_FIRST, _SECOND), view.sides, strict=True):
        where = f"（{side.file}，{side.day}）" if zh else f" ({side.file}, {side.day})"
        heads.append(f"{name.in_(language)}{colon}{side.title}{where}{colon}{side.outcome}")
    blocks = ["\n".join(heads)]
    counted: dict[str, tuple[int, list[BothSides]]] = {
        "first_better": (len(view.first_better), view.first_better),
        "second_better": (len(view.second_better), view.second_better),
        "both_short": (len(view.both_short), view.both_short),
        "undecided": (view.undecided_count, view.undecided.rows),
    }
    for code, (count, rows) in counted.items():
        label = _BETTER[code].in_(language)
        lines = [f"{label}（{count}）" if zh else f"{label} ({count})"]
        lines += [f"  - {row.title}{colon}{row.first} | {row.second}" for row in rows]
        if count > len(rows):
            lines.append(f"  {_MORE.in_(language).format(count - len(rows))}")
        blocks.append("\n".join(lines))
    blocks.append(f"{_ALIKE.in_(language).format(view.alike)}\n{_NO_SCORE.in_(language)}")
    return "\n\n".join(blocks) + "\n"
