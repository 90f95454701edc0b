#!/usr/bin/env python3
"""Clean a crawled dump into sharded Parquet that `datasets.load_dataset` opens. Copy this file and change it.

python scripts/clean_dump.py 'dump/*.jsonl.gz' -o out --text body --least-words 50
"""

from __future__ import annotations

import argparse

import arclean


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="files, directories, patterns or URLs: JSONL, CSV, Parquet, text; plain, .gz, .zst, .bz2")
    parser.add_argument("-o", "--out", required=True, help="directory of the dataset")
    parser.add_argument("--text", default="text", help="column with the text")
    parser.add_argument("--least-words", type=int, default=20, help="shorter documents are rejected")
    parser.add_argument("--least-arabic", type=float, default=0.5, help="share of letters that are Arabic, at least")
    parser.add_argument("--keep-comments", action="store_true", help="leave what readers wrote")
    parser.add_argument("--workers", type=int, help="threads; all cores if not given")
    chosen = parser.parse_args()

    pipe = arclean.load("pretrain")
    if chosen.keep_comments:
        pipe = pipe.without("comments")
    pipe = pipe.then(
        arclean.Filter("words", least=chosen.least_words),
        arclean.Filter("arabic_share", least=chosen.least_arabic),
    )

    # Stopped? The same call goes on. The output is the same to the byte for any number of workers.
    result = arclean.run(pipe, chosen.inputs, chosen.out, text=chosen.text, workers=chosen.workers, progress=True, report=True)
    print(result.summary())
    print(f"report: {result.out}/report.html")


if __name__ == "__main__":
    main()
