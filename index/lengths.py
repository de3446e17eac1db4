"""How likely two pieces of text are to be translations of one another, by nothing but their lengths.

Source: Gale and Church 1993, A Program for Aligning Sentences in Bilingual Corpora, section 3; Press et al.,
Numerical Recipes, section 6.2 (the complementary error function).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

VARIANCE = 15.0
"""Of the length of a translation, for each character. Gale and Church have 6.8 for sentences of debates; with
paragraphs between German, Russian and English, twice as much finds more of what was left out or joined."""

_ERFC = np.array(
    [
        *(-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806),
        *(0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277),
    ]
)
"""Coefficients of Chebyshev's approximation, right to seven digits everywhere."""


def length_cost(source: Floats, target: Floats, ratio: float) -> Floats:
    """Return minus the logarithm of how likely so different a length is.

    Args:
        source: lengths in characters; broadcast against `target`.
        ratio: how many characters of the target one of the source makes, over the whole text.
    """
    mean = np.maximum((source + target / ratio) / 2, 1)
    deviation = np.abs(source * ratio - target) / np.sqrt(VARIANCE * mean)
    return _minus_log_erfc(deviation / np.sqrt(2))


def _minus_log_erfc(x: Floats) -> Floats:
    t = 1 / (1 + 0.5 * x)
    cost: Floats = x * x - np.log(t) - np.polynomial.polynomial.polyval(t, _ERFC)
    return cost
