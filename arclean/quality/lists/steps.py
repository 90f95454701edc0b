"""A step on lists of the user's: bad words, adult spam, names of products; counted, and rejected by how many there are."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean.errors import ColumnError, PipelineError
from arclean.quality.lists.phrases import Phrases, phrases
from arclean.steps import with_column

DIGEST: Final = 16


@dataclass(frozen=True)
class WordsOf:
    """Count the words and phrases of a list, whatever their spelling, and reject documents that have too many.

    Two columns are added: ``<name>`` (int64), how often they occur, and ``<name>_share`` (float64), the share of the words that they cover.
    The reasons in ``drop`` are ``<name>_high`` and ``<name>_share_high``. arclean brings no list.

    Attributes:
        name: of the column.
        words: words and phrases of up to eight words.
        file: a file of more of them, UTF-8, one a line; blank lines and those that begin with # do not count.
        most: documents in which they occur more often are rejected.
        most_share: documents of which they cover a larger share are rejected.
        digest: of the file, 16 hexadecimal digits; filled in, so that a manifest says which list it was, and another one is an error.

    Raises:
        PipelineError: there is no list, the file cannot be read or is another, or a bound is none.

    >>> step = WordsOf("spam", ("اربح المال",), most=0)
    >>> step.batch(pa.record_batch({"text": ["إربـح المالَ الآن", "نص"]})).to_pydict()["drop"]
    ['spam_high', None]
    """

    name: str
    words: tuple[str, ...] = ()
    file: str = ""
    most: float = math.inf
    most_share: float = math.inf
    digest: str = ""
    _phrases: Phrases = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.isidentifier():
            raise PipelineError(f"step 'words_of': name is {self.name!r}; give the column a name of letters and _")
        for option, bound in (("most", self.most), ("most_share", self.most_share)):
            if isinstance(bound, bool) or not isinstance(bound, (int, float)) or math.isnan(bound) or bound < 0:
                raise PipelineError(f"step 'words_of': {option} is {bound!r}; give a number of at least 0")
        object.__setattr__(self, "words", tuple(self.words))
        listed = (*self.words, *self._read()) if self.file else self.words
        if not listed:
            raise PipelineError(f"step 'words_of': no words for {self.name!r}; give `words`, or a `file` with one a line")
        object.__setattr__(self, "_phrases", phrases(listed))

    def _read(self) -> tuple[str, ...]:
        try:
            data = Path(self.file).read_bytes()
            lines = [line.strip() for line in data.decode("utf-8-sig").split("\n")]
        except OSError as error:
            raise PipelineError(f"step 'words_of': the list {self.file!r} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise PipelineError(f"step 'words_of': the list {self.file!r} is not UTF-8, at byte {error.start}") from error
        found = hashlib.sha256(data).hexdigest()[:DIGEST]
        if self.digest and self.digest != found:
            raise PipelineError(
                f"step 'words_of': the list {self.file!r} has the digest {found}, this pipeline was made with {self.digest}; "
                "take `digest` out to use the new one"
            )
        object.__setattr__(self, "digest", found)
        return tuple(line for line in lines if line and not line.startswith("#"))

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with both columns, and with reasons in ``drop``.

        Raises:
            ColumnError: the batch has a column of that name that arclean did not write.
        """
        found = self._phrases.find(batch["text"])
        share = found.covered / np.maximum(found.words, 1)
        reason = pa.nulls(len(batch), pa.string())
        bounds = ((self.name, found.hits, self.most), (f"{self.name}_share", share, self.most_share))
        for name, values, most in bounds:
            column = pa.array(values)
            if name in batch.schema.names and batch.schema.field(name).type != column.type:
                raise ColumnError(f"the step 'words_of' writes {name!r}, and the input has a column of that name; give it another `name`")
            batch = with_column(batch, name, column)
            high = pc.if_else(pa.array(values > most), f"{name}_high", pa.scalar(None, pa.string()))
            reason = pc.coalesce(reason, high)
        if "drop" in batch.schema.names:
            reason = pc.coalesce(batch["drop"], reason)
        return with_column(batch, "drop", reason)
