#!/usr/bin/env python3
"""Clean a dump and save it as a `datasets.DatasetDict` with splits and a data card. Copy this file and change it.

python scripts/build_hf_dataset.py dump/ -o my-dataset --license cc-by-4.0 --source "Ten sites, crawled in March 2026"
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from datasets import DatasetDict, load_dataset

import arclean


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="files, directories, patterns or URLs")
    parser.add_argument("-o", "--out", required=True, help="directory of the DatasetDict")
    parser.add_argument("--preset", default="pretrain", help="see `arclean presets`")
    parser.add_argument("--text", default="text", help="column with the text")
    parser.add_argument("--test-share", type=float, default=0.02, help="share of the documents in the split `test`")
    parser.add_argument("--license", default="", help="as Hugging Face names it")
    parser.add_argument("--source", action="append", default=[], help="whose text it is; repeatable")
    chosen = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        run = arclean.run(chosen.preset, chosen.inputs, Path(scratch) / "run", text=chosen.text, progress=True)
        cleaned = load_dataset(str(run.out), split="train", cache_dir=f"{scratch}/cache").remove_columns("drop")
        # A random split lets copies of one text fall on both sides; where the input has duplicates, split by cluster instead.
        parts = cleaned.train_test_split(test_size=chosen.test_share, seed=1)
        DatasetDict({"train": parts["train"], "test": parts["test"]}).save_to_disk(chosen.out)
        arclean.card(
            run.out,
            title=Path(chosen.out).name,
            license=chosen.license,
            source=chosen.source,
            address=chosen.out,
            to=Path(chosen.out) / "README.md",
        )
    print(f"{len(parts['train']):,} documents to train on, {len(parts['test']):,} to test: datasets.load_from_disk({chosen.out!r})")


if __name__ == "__main__":
    main()
