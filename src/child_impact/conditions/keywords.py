"""The words of the language of conditions: what a condition can begin with, what may stand beside it, what compares which type."""

from .syntax import Op, Type

NUMBER_OPS = (Op.EQ, Op.LT, Op.LE, Op.GT, Op.GE)
_COMPARISONS = tuple(op.value for op in NUMBER_OPS)
DATE_OPS = (Op.BEFORE, Op.AFTER, Op.ON_OR_BEFORE, Op.ON_OR_AFTER)
SET_OPS = (Op.HAS_ANY, Op.HAS_ALL, Op.HAS_NONE)
KEYWORDS = ("all", "any", "not", "some", "every", "each", "count", "sum", "distinct", "given", "stated", "meets", "value")
"""What a condition can begin with, besides the name of a fact."""
BESIDE: dict[str, tuple[str, ...]] = {
    "all": (),
    "any": (),
    "not": (),
    "given": (),
    "stated": (),
    "meets": (),
    "some": ("where",),
    "every": ("where",),
    "each": ("as", "holds"),
    "count": ("where", *_COMPARISONS),
    "sum": ("of", "where", *_COMPARISONS),
    "distinct": ("field", "where", *_COMPARISONS),
    "value": _COMPARISONS,
}
"""What may stand beside each of them."""


def ops_of(type_: Type) -> tuple[Op, ...]:
    """Return the comparisons that a value of a type can stand in."""
    match type_:
        case Type.NUMBER:
            return NUMBER_OPS
        case Type.DATE:
            return DATE_OPS
        case Type.CHOICE:
            return (Op.EQ, Op.IN)
        case Type.CHOICES:
            return SET_OPS
        case Type.BOOLEAN:
            return (Op.EQ,)
        case Type.PLACE:
            return (Op.WITHIN,)
        case Type.NOTE | Type.BODY | Type.REFERENCE | Type.IDENTIFIER:
            return ()
