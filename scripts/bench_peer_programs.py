"""The programs of `bench_peers.py`, each run in an environment of its own: the same job over the same files, to zstd Parquet.

A program is called with the folder of the input (``N.jsonl.gz``, one for each worker), the folder to write, the workers, a small file to
warm up with, and an argument of its own. Its last line is JSON: seconds of wall and of processor, children included.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PRELUDE = """
import gzip, json, os, re, resource, sys, time
source, out, workers, warm, own = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]

def spent():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))

def timed(work):
    before, began = spent(), time.perf_counter()
    told = work()
    wall = time.perf_counter() - began
    print(json.dumps({"wall": wall, "cpu": spent() - before, **(told or {})}), file=sys.__stdout__, flush=True)  # data-juicer has its own

def files():
    return [os.path.join(source, name) for name in sorted(os.listdir(source))]
"""

ARCLEAN = """
import arclean
pipe = arclean.load(own)
arclean.run(pipe, warm, out + "-warm", workers=workers)

def work():
    tally = arclean.run(pipe, source, out, workers=workers).tally
    return {"read": tally.read, "kept": tally.kept}

timed(work)
"""

COPY = """
import arclean, pyarrow as pa
sys.path.insert(0, os.path.join(os.path.dirname(arclean.__file__), os.pardir, "scripts"))
from bench_bare import copy

pa.set_cpu_count(1)
copy(warm, out + "-warm", workers)
timed(lambda: copy(source, out, workers))
"""

BY_FILE = """
import pyarrow as pa, pyarrow.parquet as pq
from multiprocessing import get_context
{setup}

def one(path):
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.append({{"id": row["id"], "text": clean(row["text"] or ""), "source": row.get("source")}})
    pq.write_table(pa.Table.from_pylist(rows), os.path.join(out, os.path.basename(path) + ".parquet"), compression="zstd")

def work():
    os.makedirs(out, exist_ok=True)
    with get_context("fork").Pool(workers) as pool:
        pool.map(one, files(), 1)

clean("نص")
timed(work)
"""

ARACLEAN = BY_FILE.format(setup="import araclean\nclean = araclean.normalize")
CAMEL = BY_FILE.format(
    setup="""
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar, normalize_unicode

def clean(text):
    return dediac_ar(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(normalize_unicode(text)))))
"""
)

DATASETS = """
import unicodedata
import datasets
datasets.disable_progress_bars()
TATWEEL, UNSEEN, SPACES = re.compile("\\u0640"), re.compile("[\\u200b-\\u200f\\u202a-\\u202e\\ufeff]"), re.compile("[ \\t\\u00a0]+")

def clean(batch):
    texts = [SPACES.sub(" ", UNSEEN.sub("", TATWEEL.sub("", unicodedata.normalize("NFC", text or "")))).strip() for text in batch["text"]]
    return {"text": texts, "words": [len(text.split()) for text in texts]}

def work():
    lines = datasets.load_dataset("json", data_files=files(), split="train", num_proc=workers, cache_dir=out + "-cache")
    cleaned = lines.select_columns(["id", "text", "source"]).map(clean, batched=True, num_proc=workers)
    made = cleaned.filter(lambda words: [n > 0 for n in words], input_columns="words", batched=True, num_proc=workers)
    os.makedirs(out, exist_ok=True)
    made.to_parquet(os.path.join(out, "data.parquet"))

timed(work)
"""

DATATROVE = """
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter
from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import ParquetWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.typeshelper import Languages

given = json.loads(own)
v, jobs, language = given["values"], given["jobs"], Languages.arabic
config = MinhashConfig(hash_config=HashConfig(precision=64), num_buckets=14, hashes_per_bucket=8, n_grams=5)

def row(self, document):
    return {"id": document.id, "text": document.text, "source": str(document.metadata.get("source"))}

def reader():
    return JsonlReader(source, glob_pattern="*.jsonl.gz")

filters = [
    GopherRepetitionFilter(language=language, dup_line_frac=v["dup_lines"], dup_para_frac=0, dup_line_char_frac=0,
        dup_para_char_frac=0, top_n_grams=list(enumerate(v["top"], 2)), dup_n_grams=list(enumerate(v["dup"], 5))),
    FineWebQualityFilter(language=language, line_punct_thr=v["ends"], short_line_thr=999, char_duplicates_ratio=0.1,
        new_line_ratio=v["feeds"]),
    GopherQualityFilter(language=language, min_avg_word_length=v["length"][0], max_avg_word_length=v["length"][1],
        max_non_alpha_words_ratio=v["alpha"], stop_words=v["stop_words"]),
    C4QualityFilter(language=language, remove_citations=False),
]
stages = []
if "duplicates" in jobs:
    stages += [
        ([reader(), MinhashDedupSignature(out + "/signatures", config, language=language)], workers),
        ([MinhashDedupBuckets(out + "/signatures", out + "/buckets", config=config)], 14),
        ([MinhashDedupCluster(out + "/buckets", out + "/remove", config=config)], 1),
    ]
last = [reader(), *([MinhashDedupFilter(out + "/remove")] if stages else []), *(filters if "filters" in jobs else [])]
stages.append(([*last, ParquetWriter(out + "/data", compression="zstd", adapter=row)], workers))

def work():
    walls = []
    for number, (steps, tasks) in enumerate(stages):
        start = time.perf_counter()
        logs = out + "/logs/" + str(number)
        LocalPipelineExecutor(steps, tasks=tasks, workers=min(tasks, workers), logging_dir=logs, start_method="fork").run()
        walls.append(round(time.perf_counter() - start, 1))
    return {"stages": walls}

timed(work)
"""

DATA_JUICER = """
import yaml

recipe = {
    "project_name": "bench", "dataset_path": "", "export_path": os.path.join(out, "made.jsonl"), "np": workers, "open_tracer": False,
    "text_keys": "text", "use_cache": False, "ds_cache_dir": out + "-cache", "work_dir": out + "-work",
    "process": [
        {"whitespace_normalization_mapper": {}},
        {"words_num_filter": {"lang": "ar", "tokenization": False, "min_num": 50, "max_num": 100000}},
        {"word_repetition_filter": {"lang": "ar", "tokenization": False, "rep_len": 5, "max_ratio": 0.165}},
        {"character_repetition_filter": {"rep_len": 10, "max_ratio": 0.2}},
        {"special_characters_filter": {"max_ratio": 0.25}},
        {"alphanumeric_filter": {"tokenization": False, "min_ratio": 0.6}},
        {"average_line_length_filter": {"min_len": 10}},
    ],
}

def work():
    from data_juicer.config import init_configs
    from data_juicer.core import DefaultExecutor

    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "recipe.yaml"), "w") as file:
        yaml.safe_dump({**recipe, "dataset_path": source}, file)
    DefaultExecutor(init_configs(["--config", os.path.join(out, "recipe.yaml")])).run()

timed(work)
"""


@dataclass(frozen=True)
class Peer:
    """A package, and a job that it does.

    Attributes:
        name: of its environment.
        job: which of `bench_peers.JOBS` it does.
        program: see the top.
        packages: what pip installs; nothing is the environment of this script.
        share: one document of so many is given to it; the slow ones get fewer.
        options: for pip.
        python: the oldest version of Python that it runs on.
        shown: what it does, for the table.
    """

    name: str
    job: str
    program: str
    packages: tuple[str, ...] = ()
    share: int = 1
    options: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 10)
    shown: str = ""

    def interpreter(self, home: Path) -> str:
        """The Python of its environment, made if it is not there.

        Raises:
            RuntimeError: no Python is new enough, or pip does not install it; the message has pip's last line.
        """
        if not self.packages:
            return sys.executable
        place = home / self.name
        python = place / "bin" / "python"
        if not (place / "whole").exists():
            self._pip([_new_enough(self.python), "-m", "venv", "--clear", str(place)])
            self._pip([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *self.options, *self.packages])
            (place / "whole").touch()
        return str(python)

    def _pip(self, command: list[str]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = [line for line in done.stderr.strip().splitlines() if "error" in line.lower()] or done.stderr.strip().splitlines()
            raise RuntimeError(lines[0][:200] if lines else f"{command[0]} ended with {done.returncode}")


def _new_enough(least: tuple[int, int]) -> str:
    """A Python that is new enough: this one, one on the path, or one of pyenv's."""
    if sys.version_info[:2] >= least:
        return sys.executable
    names = [f"python{least[0]}.{minor}" for minor in range(least[1], least[1] + 4)]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for name in (*names, *(str(path) for minor in names for path in pyenv.glob(f"{minor.removeprefix('python')}.*/bin/python"))):
        try:
            found = subprocess.run([name, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, check=False)
        except OSError:
            continue
        if found.returncode == 0:
            return found.stdout.strip()
    raise RuntimeError(f"needs Python {least[0]}.{least[1]}, which is not here")
