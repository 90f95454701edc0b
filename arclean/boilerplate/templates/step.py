"""Templates: a part that drops what a site repeats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import xxhash

from arclean.boilerplate.templates import kernels
from arclean.boilerplate.templates.count import look
from arclean.boilerplate.templates.table import SCHEMA
from arclean.errors import PipelineError
from arclean.steps import NO_LINES, Edit

RULE: Final = "site_template"
"""The name under which its lines are accounted for."""

CATEGORY: Final = "template"


@dataclass(frozen=True)
class Templates:
    """Drop the lines that a site repeats in at least so many distinct documents. Documents without an address are left alone.

    Prose goes wherever it stands: no phrase list catches what a site says of itself in whole sentences. A line that is no prose goes
    unless it stands between lines of prose: headings that a site repeats, such as those of recipes, are of the text.

    Attributes:
        path: the file that `arclean.learn` wrote.
        at_least: distinct documents of the site that hold the line.
        url: the column with the address of each document.

    Raises:
        PipelineError: there is no such file, it is no file of templates, or `at_least` is less than 2.
    """

    path: str
    at_least: int = 5
    url: str = "url"

    def __post_init__(self) -> None:
        if self.at_least < 2:
            raise PipelineError(f"templates: at_least={self.at_least}; what one document holds is no template, ask for 2 or more")
        if not is_templates(self.path):
            raise PipelineError(f"templates: {self.path} is no file of templates; `arclean learn CRAWL -o {self.path}` writes one")

    def reads(self) -> dict[str, str]:
        """The hash of the file: the fingerprint of a pipeline depends on it."""
        return {"templates": xxhash.xxh3_128_hexdigest(Path(self.path).read_bytes())}

    def rewrite(self, batch: pa.RecordBatch) -> Edit:
        """The texts of a batch without those lines, and the lines."""
        if self.url not in batch.schema.names or not len(batch):
            return Edit(batch["text"], {}, NO_LINES)
        known = _keys(self.path, self.at_least)
        seen = look(batch["text"], batch[self.url])
        place = np.searchsorted(known, seen.keys)
        found = place < len(known)
        found[found] = known[place[found]] == seen.keys[found]
        lines = seen.lines[found]
        if not len(lines):
            return Edit(batch["text"], {}, NO_LINES)
        page, rule_of = seen.page, np.full(len(seen.page.row_of), -1, np.int64)
        prose = page.prose.copy()
        prose[lines] = False
        amid = np.zeros(len(prose), np.bool_)
        kernels.amid(page.row_of, prose, page.end == page.begin, amid)
        rule_of[lines[page.prose[lines] | ~amid[lines]]] = 0
        if not (rule_of == 0).any():
            return Edit(batch["text"], {}, NO_LINES)
        cut = page.without(rule_of, pa.array([RULE]), pa.array([CATEGORY]))
        return Edit(cut.texts, {RULE: len(cut.removed)}, cut.removed)


def is_templates(path: str) -> bool:
    """Whether a file holds templates."""
    try:
        return bool((pq.read_schema(path).metadata or {}).get(b"arclean") == SCHEMA.metadata[b"arclean"])
    except (OSError, pa.ArrowInvalid):
        return False


@lru_cache(maxsize=8)
def _loaded(path: str, at_least: int, changed: int) -> npt.NDArray[np.uint64]:  # noqa: ARG001 - so that another file is another answer
    whole = pq.read_table(path, columns=["key"], filters=[("documents", ">=", at_least)])
    return np.sort(whole["key"].to_numpy())


def _keys(path: str, at_least: int) -> npt.NDArray[np.uint64]:
    return _loaded(path, at_least, Path(path).stat().st_mtime_ns)
