"""Addresses that lead to the same page, as one."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.errors import ColumnError

_TRACKING: Final = "utm_[a-z]+|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_cid|mc_eid|_ga|ref_src|spm|amp"
"""Parameters that say where a reader came from, not what is read."""

_PASSES: Final = (
    (r"^\s+|\s+$", ""),
    (r"#.*$", ""),
    (r"(?i)^[a-z][a-z0-9+.-]*://", ""),
    (r"^//", ""),
    (r"^[^/?@]*@", ""),
    (r"(?i)^(?:www[0-9]?|m|mobile|amp)\.", ""),
    (r"^([^/?:]+)\.?:(?:80|443)(/|\?|$)", r"\1\2"),
    (rf"(?i)([?&])(?:(?:{_TRACKING})(?:=[^&]*)?(?:&|$))+", r"\1"),
    (r"(?i)/(?:index|default)\.(?:html?|php|aspx?|jsp)(\?|$)", r"/\1"),
    (r"[?&]+$", ""),
    (r"/+(\?|$)", r"\1"),
)
"""What is done to an address, in order: pattern, and what becomes of it."""


def normal_urls(urls: pa.Array) -> pa.Array:
    """The address of each row without what does not tell pages apart; null where there is none.

    Scheme, user, ``www.`` and ``m.``, the usual port, the fragment, parameters that only track, the name of an index page and slashes at
    the end go; the host is in small letters. The order of the other parameters stays.

    Raises:
        ColumnError: the column is not of strings.

    >>> normal_urls(pa.array(["https://www.Example.org/a/?utm_source=x&id=7#top", "http://example.org/a?id=7"])).to_pylist()
    ['example.org/a?id=7', 'example.org/a?id=7']
    """
    try:
        made = columns.string_array(urls).cast(pa.string())
    except ColumnError as error:
        raise ColumnError(f"duplicates look for addresses in a column of {urls.type}; name one of strings") from error
    for pattern, becomes in _PASSES:
        made = pc.replace_substring_regex(made, pattern, becomes)
    host = pc.utf8_lower(pc.replace_substring_regex(made, r"^([^/?]*)[/?].*$", r"\1"))
    rest = pc.replace_substring_regex(made, r"^[^/?]*", "")
    whole = pc.binary_join_element_wise(host, rest, "")
    return pc.if_else(pc.equal(whole, ""), pa.scalar(None, pa.string()), whole)
