"""The command: what the library does, in the shell; what ends well ends with 0, what the data lacks with 1, wrong use with 2."""

from __future__ import annotations

import inspect
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import arclean
from arclean import cli
from arclean.cli.options import size

DIRTY = "الرئيسية\nقـال الوَزير إن العمل في الجسر الجديد انتهى أمس.\nجميع الحقوق محفوظة"
STEPS = """
import arclean

@arclean.each
def no_stars_of_test_command(text):
    return text.replace("*", "")
"""
CLEAN = "قال الوَزير إن العمل في الجسر الجديد انتهى أمس."


def arc(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], input=stdin, prog_name="arclean")


def process(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """The command as a person starts it. A shell starts what it puts into the background deaf to Ctrl-C, tests among it."""
    environment = {**os.environ, "PYTHONPATH": str(Path(arclean.__file__).parent.parent)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    code = (
        "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); runpy.run_module('arclean', run_name='__main__')"
    )
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], env=environment, **pipes)


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.jsonl"
    records = [{"id": "a", "text": DIRTY, "link": "https://a.example"}, {"id": "b", "text": "English only.", "link": None}]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def rows_of(out: Path, folder: str = "data") -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(out / folder).to_pylist()
    return rows


def bytes_of(out: Path) -> dict[Path, bytes]:
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


# --- what works


def test_a_clean_text_comes_back_to_the_byte() -> None:
    assert arc("clean", "pretrain", stdin=CLEAN).stdout_bytes == CLEAN.encode()


@pytest.mark.parametrize("end", ["", "\n"], ids=["no line end is added", "the shell's line end stays"])
def test_clean_is_a_filter(end: str) -> None:
    done = arc("clean", "pretrain", stdin=DIRTY + end)
    assert (done.exit_code, done.stdout_bytes) == (0, (CLEAN + end).encode())


def test_run_writes_what_the_library_writes(crawl: Path, tmp_path: Path) -> None:
    done = arc("run", "pretrain", crawl, "-o", "by_command", "--rename", "link=url", "--shard-size", "1MB", "--quiet")
    arclean.run("pretrain", crawl, tmp_path / "by_library", rename=[("link", "url")], shard_bytes=1_000_000)
    assert done.exit_code == 0, done.output
    assert "2 documents · 1 kept" in done.stdout
    assert bytes_of(tmp_path / "by_command") == bytes_of(tmp_path / "by_library")


def test_run_again_says_that_it_is_done(crawl: Path) -> None:
    arc("run", "light", crawl, "-o", "out")
    again = arc("run", "light", crawl, "-o", "out")
    assert (again.exit_code, "already done" in again.output) == (0, True)


def test_run_reads_standard_input(crawl: Path, tmp_path: Path) -> None:
    with process("run", "light", "-", "--format", "jsonl", "-o", "out") as running:
        _, said = running.communicate(crawl.read_bytes(), timeout=120)
    assert running.returncode == 0, said
    assert [row["id"] for row in rows_of(tmp_path / "out")] == ["a", "b"]


def test_run_leaves_out_what_without_names(crawl: Path, tmp_path: Path) -> None:
    done = arc("run", "pretrain", crawl, "-o", "out", "--without", "navigation", "--without", "copyright", "--without", "strip_tatweel")
    assert done.exit_code == 0, done.output
    assert rows_of(tmp_path / "out")[0]["text"] == DIRTY


def test_run_limits_and_keeps_no_removed_lines_if_asked(crawl: Path, tmp_path: Path) -> None:
    assert arc("run", "pretrain", crawl, "-o", "out", "--limit", "1", "--no-removed", "--workers", "1").exit_code == 0
    assert len(rows_of(tmp_path / "out")) == 1
    assert not (tmp_path / "out" / "removed").exists()


def test_explain_ends_where_clean_ends_and_names_the_rules(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(DIRTY + "\n", encoding="utf-8")
    done = arc("explain", "pretrain", "page.txt")
    assert "home_link  [navigation]" in done.stdout
    assert done.stdout == arc("explain", "pretrain", stdin=DIRTY).stdout
    told = json.loads(arc("explain", "pretrain", "page.txt", "--json").stdout)
    assert (told["before"], told["after"], told["drop"]) == (DIRTY, CLEAN, None)


def test_rules_lists_the_catalogue_a_family_and_a_pipeline() -> None:
    every, family, pipeline = (json.loads(arc("rules", *some, "--json").stdout) for some in ((), ("--family", "share"), ("light",)))
    assert [rule["name"] for rule in every] == list(arclean.rules.catalogue())
    assert {rule["family"] for rule in family} == {"share"}
    assert [rule["name"] for rule in pipeline] == [rule.name for rule in arclean.load("light").parts[0].rules]
    shown = arc("rules", "--family", "share").stdout
    assert all(text in shown for rule in family for text in (rule["name"], rule["why"], f"[{rule['category']}]"))


def test_presets_says_what_each_promises() -> None:
    shown = arc("presets").stdout
    assert all(name in shown and arclean.load(name).promise in shown for name in arclean.presets())


def test_verify_finds_a_dataset_whole_and_a_changed_one_not(crawl: Path, tmp_path: Path) -> None:
    arc("run", "light", crawl, "-o", "out")
    assert arc("verify", "out").exit_code == 0
    shard = next((tmp_path / "out" / "data").iterdir())
    shard.write_bytes(shard.read_bytes()[:-1] + b"?")
    spoiled = arc("verify", "out", "--json")
    assert (spoiled.exit_code, json.loads(spoiled.stdout)["ok"]) == (1, False)


def test_imports_the_users_module_when_told_to(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "my_steps_of_test_command.py").write_text(STEPS)
    (tmp_path / "mine.yaml").write_text("steps:\n- each: no_stars_of_test_command\n")
    assert arc("clean", "mine.yaml", stdin="a*b").exit_code == 2
    assert arc("clean", "mine.yaml", "--import", "my_steps_of_test_command", stdin="a*b").stdout == "ab"
    assert arc("clean", "mine.yaml", "--import", "my_steps_of_test_command.py", stdin="a*b").stdout == "ab"


# --- what the data lacks


def test_a_run_that_keeps_nothing_is_a_problem(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "short.yaml").write_text("steps:\n- filter: {measure: words, least: 1000}\n")
    done = arc("run", "short.yaml", crawl, "-o", "out")
    assert (done.exit_code, "no document was kept of 2 read" in done.output) == (1, True)
    assert len(rows_of(tmp_path / "out", "rejected")) == 2


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_bytes_that_are_not_utf8_are_named_by_their_place(command: str) -> None:
    done = arc(command, "light", stdin="قال".encode("cp1256"))
    assert (done.exit_code, done.stdout) in {(1, ""), (1, done.output)}
    assert "byte 0 is not UTF-8" in done.output


# --- wrong use

WRONG = {
    "preset": (["run", "pretrian", "crawl.jsonl", "-o", "out"], "Did you mean 'pretrain'?"),
    "pipeline file": (["run", "nix.yaml", "crawl.jsonl", "-o", "out"], "no pipeline file at 'nix.yaml'"),
    "command": (["runn", "pretrain"], "Did you mean 'run'?"),
    "option": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--worker", "2"], "--workers"),
    "rule to leave out": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--without", "strip_tatwel"], "Did you mean 'strip_tatweel'?"),
    "input file": (["run", "pretrain", "crawll.jsonl", "-o", "out"], "crawl.jsonl"),
    "text column": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--text", "txt"], "Did you mean 'text'?"),
    "renamed column": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--rename", "lnk=url"], "Did you mean 'link'?"),
    "form of rename": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--rename", "link"], "'link' is not OLD=NEW"),
    "format": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--format", "json"], "Did you mean 'jsonl'?"),
    "size": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--shard-size", "many"], "'many' is not a size"),
    "size of nothing": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--shard-size", "0"], "at least 1"),
    "workers": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--workers", "0"], "at least 1"),
    "limit": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--limit", "0"], "at least 1"),
    "module": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--import", "no_such_module"], "'no_such_module' cannot be imported"),
    "module that is broken": (["run", "pretrain", "crawl.jsonl", "-o", "out", "--import", "broken.py"], "SyntaxError"),
    "output that is a file": (["run", "pretrain", "crawl.jsonl", "-o", "crawl.jsonl"], "is a file"),
    "no output": (["run", "pretrain", "crawl.jsonl"], "-o"),
    "family": (["rules", "--family", "shares"], "Did you mean 'share'?"),
    "explained file": (["explain", "pretrain", "nix.txt"], "nix.txt: No such file"),
    "checked file": (["check", "nix.py"], "no module at 'nix.py'"),
    "verified directory": (["verify", "nix"], "nix: no such directory"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_said_before_anything_is_made(arguments: list[str], said: str, crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def\n")
    there = sorted(tmp_path.rglob("*"))
    done = arc(*arguments)
    assert done.exit_code == 2, done.output
    assert said in done.output
    assert "Traceback" not in done.output
    assert sorted(tmp_path.rglob("*")) == there


def test_wrong_use_says_one_line_on_standard_error(crawl: Path) -> None:
    with process("run", "pretrian", crawl, "-o", "out") as running:
        out, said = running.communicate(timeout=120)
    assert (running.returncode, out) == (2, b"")
    assert said.startswith(b"arclean: unknown preset 'pretrian'")
    assert said.count(b"\n") == 1


@pytest.mark.parametrize(
    ("text", "expected"), [("500", 500), ("256MB", 256_000_000), ("1 GiB", 1 << 30), ("1.5k", 1500), ("2tb", 2 * 10**12), ("7b", 7)]
)
def test_sizes(text: str, expected: int) -> None:
    assert size(click.Context(cli.main), click.Option(["--shard-size"]), text) == expected


# --- Ctrl-C


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_says_how_to_go_on(crawl: Path) -> None:
    with process("run", "light", "-", "--format", "jsonl", "--workers", "1", "-o", "out") as running:
        assert running.stdin is not None
        running.stdin.write(crawl.read_bytes() * 40_000)  # more than the plan looks at; then no end
        running.stdin.flush()
        deadline = time.monotonic() + 60
        while not Path("out/.arclean/units").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, b"give the same command again to go on" in said, b"Traceback" in said) == (130, True, False), said


# --- the skin is thin


def test_run_has_the_options_of_the_library() -> None:
    known = {"shard_bytes": "shard_size", "progress": "quiet"}
    library = {known.get(name, name) for name in inspect.signature(arclean.run).parameters}
    command = {param.name for param in cli.main.commands["run"].params}
    assert command - {"without", "modules"} == library


def test_every_command_has_a_function_of_its_name() -> None:
    from arclean import catalogue, check, demo
    from arclean.alignment.labels import carry

    functions = {"run": arclean.run, "clean": arclean.Pipeline.clean, "explain": arclean.Pipeline.explain, "verify": arclean.verify}
    functions |= {
        "convert": arclean.convert,
        "push": arclean.push,
        "card": arclean.card,
        "report": arclean.report,
        "presets": arclean.presets,
    }
    functions |= {
        "align": carry,
        "dedup": arclean.dedup,
        "decontaminate": arclean.decontaminate,
        "plan": arclean.plan,
        "export": arclean.export,
    }
    functions |= {"check": check.check, "demo": demo.demo, "rules": catalogue.entries}
    functions |= {"learn": arclean.learn, "mine": arclean.mine, "warm": arclean.warm}
    assert set(cli.main.commands) == set(functions)


def test_help_imports_click_alone() -> None:
    program = (
        "import sys\nfrom arclean.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        "print([name for name in ('pyarrow', 'numpy', 'numba', 'yaml', 'datasets', 'tqdm', 'regex') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip().split("\n")[-1] == "[]"


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_command_has_help(name: str) -> None:
    done = arc(name, "--help")
    assert done.exit_code == 0
    undocumented = [param for param in cli.main.commands[name].params if isinstance(param, click.Option) and not param.help]
    assert not undocumented


def test_align_carries_labels_over() -> None:
    rows = (
        '{"text": "زار  أحمـــد دمشق", "labels": [[5, 12, "PER"], {"start": 13, "end": 17, "type": "LOC"}], "id": 7}\n\n{"text": "دمشق"}\n'
    )
    done = arc("align", "light", stdin=rows)
    assert done.exit_code == 0, done.output
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {
        "text": "زار أحمد دمشق",
        "labels": [[4, 8, "PER"], {"start": 9, "end": 13, "type": "LOC"}],
        "id": 7,
        "replaced": [[4, 5, 4, 4], [8, 11, 7, 7]],
    }
    assert second == {"text": "دمشق", "replaced": []}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "line 1: a record is a JSON object"),
        ('{"body": "a"}', "record 1 has no text in 'text'"),
        ('{"text": "a", "labels": [[0, 2]]}', "0:2 of text 0 lies outside"),
        ('{"text": "a", "labels": [["x", 1]]}', "no whole numbers"),
        ('{"text": "a", "labels": [7]}', "7 is no label"),
    ],
)
def test_align_says_which_record_is_wrong(row: str, said: str) -> None:
    done = arc("align", "light", stdin=row)
    assert done.exit_code == 2
    assert said in done.stderr
