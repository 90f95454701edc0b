"""Export: the character layer of a pipeline as the normalisation of a tokenizer, so that what it sees is what the corpus was."""

from arclean.exporting.layer import Export as Export
from arclean.exporting.layer import export as export
