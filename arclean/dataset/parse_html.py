"""Files that are a page as HTML each: many small ones make a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from arclean.dataset.decode_page import decode_page
from arclean.dataset.parse_model import Parsed, assemble, made_ids
from arclean.dataset.quarantine import Quarantine

if TYPE_CHECKING:
    from arclean.dataset.blocks import Block
    from arclean.dataset.read_model import Plan

UNKNOWN_ENCODING = "bad encoding: neither UTF-8 nor plainly Arabic in the table that the page names, or in any other"


def parse_html(block: Block, plan: Plan) -> Parsed:
    """A block of whole pages, decoded; one that is broken, or of no telling which encoding, is quarantined whole."""
    quarantine, sources, pages = Quarantine(block.piece.source), [], []
    for order, (source, data, fault) in enumerate(block.files):
        page = None if fault else decode_page(data)
        if page is None:
            quarantine.add(order, f"byte {len(data)}" if fault else "byte 0", fault or UNKNOWN_ENCODING, data, source=source)
        else:
            sources.append(source)
            pages.append(page)
    whole = np.zeros(1, np.int64)
    columns = {
        "id": pa.array([made_ids(source, whole)[0].as_py() for source in sources], pa.string()),
        "text": pa.array(pages, pa.binary()).cast(pa.string()),
        "path": pa.array(sources, pa.string()),
    }
    return Parsed(assemble(plan, block.piece.source, np.zeros(len(pages), np.int64), columns), quarantine.batch(), block.size)
