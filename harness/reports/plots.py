"""Pictures of numbers, by Matplotlib: SVG for pages, PNG for the PDF. Each one's numbers stand in a table beside it.

Readable without colour: marks differ in shape, bars carry their number. Text stays text. In an SVG the few colours that
we use change with the reader's scheme. Matplotlib is imported when the first picture is drawn, and not before.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from harness.domain.margins import Margin

INK, SOFT, LINE, ACCENT = "#1c2024", "#5b6166", "#d9dbd7", "#1f5a8a"
DARK = {INK: "#e8e6e1", SOFT: "#a3a9ae", LINE: "#3a4046", ACCENT: "#8fc1f0"}
FONTS = ["DejaVu Sans", "sans-serif"]
EDGE = 90  # percent: right of it a number stands left of its point
MOST_NUMBERED = 60  # points: more numbers and margins would hide each other
MOST_TOGETHER = 3  # numbers that one point names
_one_at_a_time = threading.Lock()  # Matplotlib's fonts are shared, and pages are drawn by many threads


@dataclass(frozen=True, slots=True)
class Point:
    """Somebody in the plane of knowing and doing. ``number`` is theirs in the table beside it: names need any glyph."""

    number: int
    know: float
    do: float
    know_margin: Margin
    do_margin: Margin


def know_against_do(points: Sequence[Point]) -> Figure:
    """Everyone by what they know and what they can do; a cross of thin lines shows the margins."""
    figure, axes = _figure(6.4, 5.6)
    for low in (25, 50, 75):
        axes.axhline(low, color=LINE, linewidth=0.6, zorder=0)
        axes.axvline(low, color=LINE, linewidth=0.6, zorder=0)
    if len(points) <= MOST_NUMBERED:
        for one in points:
            axes.plot(
                [one.know_margin.low, one.know_margin.high],
                [one.do] * 2,
                color=SOFT,
                linewidth=0.7,
                alpha=0.55,
                zorder=1,
            )
            axes.plot(
                [one.know] * 2, [one.do_margin.low, one.do_margin.high], color=SOFT, linewidth=0.7, alpha=0.55, zorder=1
            )
    together: dict[tuple[float, float], list[int]] = {}
    for one in points:
        together.setdefault((one.know, one.do), []).append(one.number)
    few = len(points) <= MOST_NUMBERED
    areas = [(45 if few else 15) * min(len(numbers), 9) ** 0.5 for numbers in together.values()]
    axes.scatter([know for know, _ in together], [do for _, do in together], areas, ACCENT, linewidths=0, zorder=2)
    if few:
        for (know, do), numbers in together.items():
            right = know > EDGE
            axes.annotate(
                _named(numbers),
                (know, do),
                xytext=(-7 if right else 7, 6),
                textcoords="offset points",
                ha="right" if right else "left",
                color=INK,
                fontsize=9,
            )
    axes.set(xlim=(-3, 103), ylim=(-3, 103), xlabel="knows (questions), of 100", ylabel="can do (tasks), of 100")
    return figure


def _named(numbers: Sequence[int]) -> str:
    """The numbers at one point; where they are many, the first of them and how many more."""
    first = ", ".join(map(str, numbers[:MOST_TOGETHER]))
    return first if len(numbers) <= MOST_TOGETHER else f"{first} + {len(numbers) - MOST_TOGETHER}"


def distribution(bars: Sequence[int], label: str, counted: str = "people") -> Figure:
    """How many people, or whatever is counted, have which score; each bar carries its number."""
    figure, axes = _figure(6.4, 2.8)
    from matplotlib.ticker import MaxNLocator

    width = 100 / len(bars)
    for place, count in enumerate(bars):
        axes.bar((place + 0.5) * width, count, width * 0.86, color=ACCENT, edgecolor=INK, linewidth=0.5)
        if count:
            axes.annotate(str(count), ((place + 0.5) * width, count), ha="center", va="bottom", color=INK, fontsize=9)
    axes.set(xlim=(0, 100), ylim=(0, max([*bars, 1]) * 1.18), xlabel=f"{label}, of 100", ylabel=counted)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty figure of our looks, in inches. The first one imports Matplotlib, all of it that is used here."""
    with _one_at_a_time:  # a page's pictures are asked for at once, and half an import is an error for who comes second
        import matplotlib.backends.backend_agg
        import matplotlib.backends.backend_svg
        import matplotlib.ticker  # noqa: F401
        from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    figure.patch.set_alpha(0)
    axes = figure.add_subplot()
    axes.patch.set_alpha(0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(SOFT)
    axes.tick_params(colors=SOFT, labelsize=9)
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set_color(INK)
        axis.label.set_fontsize(10)
    return figure, axes


def svg(figure: Figure) -> str:
    """The picture as an SVG document of its own, light or dark as its reader's scheme is."""
    import matplotlib as mpl

    page = StringIO()
    with _one_at_a_time, mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "assay", "font.family": FONTS}):
        figure.savefig(page, format="svg", metadata={"Date": None, "Creator": None})
    rules = "".join(
        f'[style*="fill: {light}"]{{fill:{dark}!important}}[style*="stroke: {light}"]{{stroke:{dark}!important}}'
        for light, dark in DARK.items()
    )
    style = f"<style>@media (prefers-color-scheme: dark){{{rules}}}</style>"
    head, end, rest = page.getvalue().partition("<defs>")
    return f"{head}{style}{end}{rest}"


def png(figure: Figure, dots_per_inch: int = 200) -> bytes:
    """The picture for paper."""
    page = BytesIO()
    with _one_at_a_time:
        figure.savefig(page, format="png", dpi=dots_per_inch)
    return page.getvalue()
