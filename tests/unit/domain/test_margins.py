"""Margins, ties and percentiles: against values from elsewhere, and what must hold for all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.domain.margins import FEWEST_FOR_PERCENTILES, Margin, Rank, margin, percentiles, ranks


def even(right: int, of: int) -> list[tuple[float, float]]:
    return [(1.0, 1)] * right + [(0.0, 1)] * (of - right)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    # R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998)
    [(81, 263, 25.5, 36.6), (15, 148, 6.2, 16.0), (0, 20, 0.0, 16.1), (1, 29, 0.6, 17.2)],
)
def test_it_is_wilsons_interval(right, of, low, high):
    found = margin(even(right, of))
    assert (found.low, found.high, found.items) == (low, high, of)


def test_unequal_weights_make_it_wider():
    """One item that counts as much as four others says less than five items."""
    assert margin([(1, 4), (1, 1), (1, 1), (0, 1), (0, 1)]).items == pytest.approx(64 / 20)
    assert margin([(1, 2)] * 5) == margin([(1, 1)] * 5)


def test_without_items_there_is_none():
    assert margin([]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 9)), min_size=1, max_size=40))
def test_the_score_always_lies_within(items):
    score = 100 * math.fsum(s * w for s, w in items) / sum(w for _, w in items)
    found = margin(items)
    assert 0 <= found.low <= score + 0.051
    assert score - 0.051 <= found.high <= 100
    assert found.items <= len(items) + 0.05


def test_ties_are_not_handed_on():
    a, b, c = Margin(70, 90, 9), Margin(55, 75, 9), Margin(40, 60, 9)
    assert a.overlaps(b)
    assert b.overlaps(c)
    assert not a.overlaps(c)
    assert ranks([a, b, c]) == [Rank(1, 2), Rank(1, 3), Rank(2, 3)]
    assert ranks([Margin(80, 90, 9), Margin(10, 20, 9)]) == [Rank(1, 1), Rank(2, 2)]
    assert not Rank(1, 1).tied


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=12))
def test_places_fit_the_people(pairs):
    found = ranks([Margin(min(pair), max(pair), 5) for pair in pairs])
    assert all(1 <= one.best <= one.worst <= len(pairs) for one in found)


def test_there_is_no_percentile_among_few():
    few = [float(n) for n in range(FEWEST_FOR_PERCENTILES - 1)]
    assert set(percentiles(few)) == {None}
    assert percentiles([*few, 99.0])[50] == 50.5
    assert set(percentiles([0.0] * FEWEST_FOR_PERCENTILES)) == {50.0}
