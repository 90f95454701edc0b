"""Files that are a document each: many small ones make a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from arclean.dataset.parse_lines import is_utf8, utf8_error
from arclean.dataset.parse_model import Parsed, assemble, made_ids
from arclean.dataset.quarantine import Quarantine

if TYPE_CHECKING:
    from arclean.dataset.blocks import Block
    from arclean.dataset.read_model import Plan


def parse_text(block: Block, plan: Plan) -> Parsed:
    """A block of whole files; one that is broken or not UTF-8 is quarantined whole."""
    quarantine, sources, texts = Quarantine(block.piece.source), [], []
    for order, (source, data, fault) in enumerate(block.files):
        if fault or not is_utf8(data):
            place = f"byte {len(data)}" if fault else "byte 0"
            quarantine.add(order, place, fault or utf8_error(data), data, source=source)
        else:
            sources.append(source)
            texts.append(data)
    whole = np.zeros(1, np.int64)
    columns = {
        "id": pa.array([made_ids(source, whole)[0].as_py() for source in sources], pa.string()),
        "text": pa.array(texts, pa.binary()).cast(pa.string()),
        "path": pa.array(sources, pa.string()),
    }
    return Parsed(assemble(plan, block.piece.source, np.zeros(len(texts), np.int64), columns), quarantine.batch(), block.size)
