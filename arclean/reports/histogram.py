"""Histograms of measures, filled batch by batch in fixed bins, so that memory does not grow with the dataset."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

_SHARE_BINS: Final = 40
_PER_DECADE: Final = 6
_DECADES: Final = 9


@dataclass(frozen=True)
class Scale:
    """Where bins begin and end.

    Attributes:
        name: ``share`` (0 to 1, even steps) or ``log`` (0 alone, then steps of equal ratio from 1 on).
        edges: float64, one more than there are bins; the last bin takes everything above it too.
    """

    name: str
    edges: npt.NDArray[np.float64]

    @classmethod
    def of(cls, least: float, most: float) -> Scale:
        """The scale that suits values between two bounds.

        >>> Scale.of(0, 1).name, Scale.of(0, 3000).name
        ('share', 'log')
        """
        if least >= 0 and most <= 1:
            return cls("share", np.linspace(0, 1, _SHARE_BINS + 1))
        return cls("log", np.r_[0, 10 ** (np.arange(_PER_DECADE * _DECADES + 1) / _PER_DECADE)])

    def bins(self, values: npt.NDArray[np.float64]) -> Counts:
        """How many of the values fall into each bin; what is below the first edge falls into the first.

        >>> Scale.of(0, 1).bins(np.array([0.0, 0.01, 1.0]))[[0, 39]].tolist()
        [2, 1]
        """
        last = len(self.edges) - 2
        where = np.clip(np.searchsorted(self.edges, values, side="right") - 1, 0, last)
        return np.bincount(where, minlength=last + 1).astype(np.int64)


@dataclass
class Histogram:
    """The values of one measure in the documents that were kept, and in those that were not.

    Attributes:
        measure: its name.
        scale: its bins.
        kept, rejected: int64, one for each bin.
        least, most: the bounds of the filters on it, where there are any.
    """

    measure: str
    scale: Scale
    kept: Counts = field(init=False)
    rejected: Counts = field(init=False)
    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        self.kept, self.rejected = (np.zeros(len(self.scale.edges) - 1, np.int64) for _ in range(2))

    def add(self, values: npt.NDArray[np.float64], kept: bool) -> None:
        """Count some more values; what is not a number is left out."""
        counts = self.scale.bins(values[~np.isnan(values)])
        if kept:
            self.kept += counts
        else:
            self.rejected += counts

    def quantile(self, share: float) -> float:
        """The upper edge of the bin in which this share of the kept documents is reached; 0 without documents.

        >>> h = Histogram("words", Scale.of(0, 100))
        >>> h.add(np.array([5.0, 50.0, 500.0]), kept=True)
        >>> 46 < h.quantile(0.5) < 69
        True
        """
        total = int(self.kept.sum())
        if not total:
            return 0.0
        at = int(np.searchsorted(np.cumsum(self.kept), share * total))
        return float(self.scale.edges[min(at + 1, len(self.scale.edges) - 1)])

    def filled(self) -> range:
        """The bins from the first that is not empty to the last, bounds of filters included."""
        full = np.flatnonzero(self.kept + self.rejected)
        places = [*full[:1].tolist(), *full[-1:].tolist()]
        places += [int(np.argmax(self.scale.bins(np.array([bound])))) for bound in (self.least, self.most) if bound is not None]
        return range(min(places), max(places) + 1) if places else range(0)
