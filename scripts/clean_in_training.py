#!/usr/bin/env python3
"""Clean inside of a training script: a `datasets` map, batch by batch, no files in between. Copy the three lines that matter.

python scripts/clean_in_training.py 'dump/*.jsonl' --batches 3
"""

from __future__ import annotations

import argparse

from datasets import load_dataset

import arclean


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="JSONL files, as `load_dataset` takes them")
    parser.add_argument("--text", default="text", help="column with the text")
    parser.add_argument("--preset", default="pretrain", help="see `arclean presets`")
    parser.add_argument("--batch-size", type=int, default=8, help="documents in a batch of the training")
    parser.add_argument("--batches", type=int, default=2, help="batches to show")
    chosen = parser.parse_args()

    raw = load_dataset("json", data_files=chosen.inputs, split="train", streaming=True)

    pipe = arclean.load(chosen.preset)
    cleaned = raw.with_format("arrow").map(lambda table: pipe.table(table, text=chosen.text), batched=True, batch_size=1000)
    kept = cleaned.with_format(None).filter(lambda row: row["drop"] is None)

    for number, batch in enumerate(kept.iter(chosen.batch_size)):
        if number == chosen.batches:
            break
        texts = batch[chosen.text]  # to the tokenizer from here
        print(f"batch {number}: {len(texts)} documents, {sum(map(len, texts)):,} characters, first: {texts[0][:60]!r}")


if __name__ == "__main__":
    main()
