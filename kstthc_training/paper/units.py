"""Millimetres of the layout sheet in the units of the file."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

_TWIPS_PER_MM = 1440 / 25.4
MM_PER_POINT = 25.4 / 72


def twips(millimetres: float) -> int:
    """Millimetres as whole twentieths of a point."""
    return round(millimetres * _TWIPS_PER_MM)


def column_twips(widths_mm: Sequence[float]) -> tuple[int, ...]:
    """Column widths in twips whose sum is the rounded sum: rounding never adds up across a wide table."""
    edges = [0, *(twips(edge) for edge in accumulate(widths_mm))]
    return tuple(right - left for left, right in pairwise(edges))
