"""What a reviewer should know of a dataset that lacks some kind of step: a sentence for each, printed where the step is absent."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lines": "No line was removed: menus, captions and other furniture of pages are still in the text where the input had them.",
        "duplicates": "Duplicates were not removed: the same text may stand in several documents.",
        "entities": "Private data were not masked: e-mail addresses, phone numbers and names stand where the input had them.",
        "decontaminate": "Nothing was compared with benchmarks: test sets that are on the web may be in it.",
        "filter": "No document was rejected by a measure: quality is that of the input.",
    }
)
"""Kind of step to what its absence means."""

ALWAYS: Final = (
    "Lines are cut by rules that a person can read; a rule can be wrong. Every line that was cut lies in `removed`, with its rule.",
    "What the text says is that of its sources: it was not checked for truth, bias or offence.",
)
"""Limits of every dataset that arclean makes."""

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "id": "given by the input, or made of its file and place",
        "text": "the document, cleaned",
        "drop": "why it was rejected; empty in documents that were kept",
        "lines_removed": "lines that were cut out of it",
        "url": "where it was found",
        "cluster": "the group of near duplicates that it belongs to",
        "cluster_size": "documents in that group",
        "split": "train, validation or test",
        "extra": "fields of the input that its columns do not have, as JSON",
    }
)
"""What is known of columns by their names; measures say themselves what they are."""
