"""Where documents came from: counts by site, or by whatever column names the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from typing_extensions import Self

MOST: Final = 20_000
"""Sources counted at once. Beyond it, those with the fewest documents so far are counted together."""
OTHERS: Final = ""
"""The name under which they are."""

_COLUMNS: Final = ("site", "source", "url")
_HOST: Final = r"^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?(?:www\.)?(?P<host>[^/?#:]+)"


@dataclass
class Site:
    """The counts of one source."""

    kept: int = 0
    rejected: int = 0
    words: int = 0
    cut: int = 0

    def __iadd__(self, other: Site) -> Self:
        self.kept, self.rejected = self.kept + other.kept, self.rejected + other.rejected
        self.words, self.cut = self.words + other.words, self.cut + other.cut
        return self


@dataclass
class Sites:
    """Counts by source.

    Attributes:
        column: the column that names the source; ``url`` stands for its host.
        counts: by source.
    """

    column: str
    counts: dict[str, Site] = field(default_factory=dict)

    @classmethod
    def of(cls, schema: pa.Schema) -> Sites | None:
        """For a dataset of this schema; None if no column tells.

        >>> Sites.of(pa.schema({"id": pa.string(), "url": pa.string()})).column
        'url'
        """
        for name in _COLUMNS:
            at = schema.get_field_index(name)
            if at >= 0 and (pa.types.is_string(schema.field(at).type) or pa.types.is_large_string(schema.field(at).type)):
                return cls(name)
        return None

    def add(self, names: pa.Array, kept: bool, words: pa.Array, cut: pa.Array) -> None:
        """Count documents: their sources, words, and the lines cut from them."""
        if self.column == "url":
            names = pc.struct_field(pc.extract_regex(names, _HOST), "host")
        table = pa.table({"name": pc.fill_null(names, OTHERS), "words": words, "cut": cut})
        for row in table.group_by("name").aggregate([("words", "sum"), ("cut", "sum"), ([], "count_all")]).to_pylist():
            documents = row["count_all"]
            site = Site(documents if kept else 0, 0 if kept else documents, (row["words_sum"] or 0) if kept else 0, row["cut_sum"] or 0)
            there = self.counts.setdefault(row["name"], Site())
            there += site
        self._bound()

    def _bound(self) -> None:
        if len(self.counts) <= MOST:
            return
        ranked = self.ranked()
        self.counts = dict(ranked[: MOST // 2])
        others = self.counts.setdefault(OTHERS, Site())
        for name, site in ranked[MOST // 2 :]:
            if name != OTHERS:
                others += site

    def ranked(self) -> list[tuple[str, Site]]:
        """The sources, those with the most documents first."""
        return sorted(self.counts.items(), key=lambda item: (-item[1].kept - item[1].rejected, item[0]))
