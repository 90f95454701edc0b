"""Pictures as SVG: no script, no style of their own, colours by class from the page's style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.reports.histogram import Histogram

_WIDTH, _HEIGHT, _FOOT = 360, 120, 18
_LEAST_HEIGHT: Final = 1.5


def amount(value: float) -> str:
    """A number, short.

    >>> amount(0.25), amount(950), amount(12345), amount(3_400_000)
    ('0.25', '950', '12.3k', '3.4M')
    """
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"


def bars(parts: Sequence[tuple[str, float]]) -> Markup:
    """One bar of stretches side by side: class and size of each, as shares of the whole.

    >>> str(bars([("kept", 3), ("rejected", 1)])).count("<rect")
    2
    """
    whole = sum(size for _, size in parts) or 1
    drawn, at = [], 0.0
    for name, size in parts:
        width = 1000 * size / whole
        if size:
            drawn.append(Markup('<rect class="{}" x="{:.2f}" y="0" width="{:.2f}" height="24"/>').format(name, at, max(width, 1.0)))
        at += width
    return Markup('<svg class="bar" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(
        Markup().join(drawn)
    )


def histogram(data: Histogram) -> Markup:
    """A histogram, kept documents below and rejected ones on top of them, with the bounds of filters as dashed lines."""
    bins = data.filled()
    if not bins:
        return Markup("")
    marks = Markup().join([*_columns(data, bins), *_limits(data, bins), *_ticks(data, bins)])
    label = f"{data.measure}: {int(data.kept.sum()):,} kept, {int(data.rejected.sum()):,} rejected"
    return Markup('<svg class="histogram" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, _HEIGHT + _FOOT, label, marks
    )


def _columns(data: Histogram, bins: range) -> Iterator[Markup]:
    tallest = max(int((data.kept + data.rejected).max()), 1)
    width = _WIDTH / len(bins)
    for place, number in enumerate(bins):
        top = float(_HEIGHT)
        title = Markup("<title>{} – {}: {:,} + {:,}</title>").format(
            amount(data.scale.edges[number]), amount(data.scale.edges[number + 1]), int(data.kept[number]), int(data.rejected[number])
        )
        for name, counts in (("kept", data.kept), ("rejected", data.rejected)):
            if counts[number]:
                height = max((_HEIGHT - 4) * int(counts[number]) / tallest, _LEAST_HEIGHT)
                top -= height
                yield Markup('<rect class="{}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}">{}</rect>').format(
                    name, place * width, top, max(width - 0.6, 0.4), height, title
                )


def _place(data: Histogram, bins: range, value: float) -> float:
    """Where a value lies, within the bin that holds it too."""
    edges = data.scale.edges
    number = min(max(sum(edge <= value for edge in edges) - 1, bins.start), bins.stop - 1)
    inside = (value - edges[number]) / (edges[number + 1] - edges[number])
    return float((number - bins.start + min(max(inside, 0), 1)) * _WIDTH / len(bins))


def _limits(data: Histogram, bins: range) -> Iterator[Markup]:
    for name, bound in (("least", data.least), ("most", data.most)):
        if bound is not None:
            place = _place(data, bins, bound)
            yield Markup('<line class="bound" x1="{0:.2f}" x2="{0:.2f}" y1="0" y2="{1}"><title>{2} {3}</title></line>').format(
                place, _HEIGHT, name, amount(bound)
            )


def _ticks(data: Histogram, bins: range) -> Iterator[Markup]:
    edges = data.scale.edges
    places = [bins.start, (bins.start + bins.stop) // 2, bins.stop]
    for number, anchor in zip(places, ("start", "middle", "end"), strict=True):
        text = f"{edges[number]:.0%}" if data.scale.name == "share" else amount(edges[number])
        where = (number - bins.start) * _WIDTH / len(bins)
        yield Markup('<text x="{:.2f}" y="{}" text-anchor="{}">{}</text>').format(where, _HEIGHT + _FOOT - 4, anchor, text)


def line(points: Sequence[tuple[float, float]], unit: str) -> Markup:
    """A curve over seconds, from zero; each point is (seconds, value).

    >>> "polyline" in line([(0, 1), (1, 2)], "MB/s")
    True
    """
    last, top = max(x for x, _ in points) or 1, max(y for _, y in points) or 1
    path = " ".join(f"{700 * x / last:.1f},{_HEIGHT - (_HEIGHT - 6) * y / top:.1f}" for x, y in points)
    ends = Markup('<text x="0" y="{0}">0 s</text><text x="700" y="{0}" text-anchor="end">{1} s</text>').format(
        _HEIGHT + _FOOT - 4, amount(last)
    )
    most = Markup('<text x="4" y="12">{} {}</text>').format(amount(top), unit)
    return Markup('<svg class="line" viewBox="0 0 700 {}" role="img"><polyline points="{}"/>{}{}</svg>').format(
        _HEIGHT + _FOOT, path, ends, most
    )
