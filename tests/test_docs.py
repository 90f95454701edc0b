"""What the documents say is so: the texts, programs and commands of the README, the tables, the names of files."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import arclean
from arclean import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(name: str, language: str) -> list[str]:
    return [block.rstrip("\n") for block in re.findall(rf"^```{language}\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL)]


def test_the_text_that_is_not_touched_is_not_touched() -> None:
    text = fenced("README.md", "text")[0]
    assert len(text.split("\n")) == 4
    assert arclean.load("pretrain").clean(text) == text
    assert arclean.load("pretrain").explain(text).drop is None


def test_the_diff_of_the_readme_is_what_pretrain_does() -> None:
    lines = fenced("README.md", "diff")[0].split("\n")
    before, after = ("\n".join(line[2:] for line in lines if line[0] in kept) for kept in (" -", " +"))
    assert before != after
    assert arclean.load("pretrain").clean(before) == after


def test_the_program_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import Dataset

    monkeypatch.chdir(tmp_path)
    (tmp_path / "dump").mkdir()
    (tmp_path / "dump" / "a.jsonl").write_text('{"body": "قـال الوَزير كلمة"}\n', encoding="utf-8")
    names = {"texts": ["قـال الوَزير"], "dataset": Dataset.from_dict({"text": ["قـال الوَزير"]})}
    exec(fenced("README.md", "python")[0], names)
    assert names["texts"] == ["قال الوَزير"]
    dataset = names["dataset"]
    assert isinstance(dataset, Dataset)
    assert dataset.with_format(None)["text"][:] == ["قال الوَزير"]
    result = names["result"]
    assert isinstance(result, arclean.dataset.result.RunResult)
    assert result.tally.kept == 1


def commands_of(text: str) -> list[list[str]]:
    lines = (line.split("#")[0].replace("'", "").split() for line in re.findall(r"^\$ arclean (.*)$", text, re.MULTILINE))
    return [[word for word in line if word not in "<>"] for line in lines]


@pytest.mark.parametrize("name", ["README.md", "docs/command.md"])
def test_every_command_that_is_shown_exists_with_its_options(name: str) -> None:
    shown = commands_of(page(name))
    assert len(shown) >= 4
    for command, *arguments in shown:
        known = {option for param in cli.main.commands[command].params for option in param.opts}
        assert [word for word in arguments if word.startswith("-") and word not in known] == []


def test_the_page_of_the_command_has_every_command_and_option() -> None:
    text = page("docs/command.md")
    for name, command in cli.main.commands.items():
        assert f"| `{name}" in text
        for param in command.params:
            if isinstance(param, click.Option):
                assert all(re.search(rf"{option}[`\s]", text) for option in param.opts), (name, param.opts)


def test_the_exit_codes_are_those_of_the_command() -> None:
    from arclean.cli.options import DATA_PROBLEM, STOPPED, WRONG_USE

    table = re.findall(r"^\| (\d+) \|", page("docs/command.md"), re.MULTILINE)
    assert list(map(int, table)) == [0, DATA_PROBLEM, WRONG_USE, STOPPED]


def test_every_dependency_has_its_reason() -> None:
    lists = re.findall(r"^(?:dependencies|test|dev) = \[(.*?)\]$", page("pyproject.toml"), re.MULTILINE | re.DOTALL)
    names = {name for found in lists for name in re.findall(r'"([\w-]+)', found)} - {"arclean"}
    table = page("docs/architecture.md").partition("## Dependencies")[2]
    rows = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)}
    assert len(lists) == 3
    assert rows == names


@pytest.mark.parametrize("name", PAGES)
def test_links_between_files_lead_somewhere(name: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page(name)) if "://" not in link]
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def test_files_that_are_named_exist() -> None:
    named = {path for name in PAGES for path in re.findall(r"`((?:scripts|docs|arclean|tests|\.ci)/[\w./]+)", page(name))}
    assert {"scripts/demo", "scripts/test"} <= named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_rooms_are_those_of_the_package() -> None:
    text = page("docs/architecture.md").partition("```text\narclean/\n")[2].partition("scripts/")[0]
    files = [path for path in (ROOT / "arclean").iterdir() if not path.name.startswith(("_", ".")) and path.name != "py.typed"]
    assert set(re.findall(r"\w+(?:\.py|/)", text)) == {path.name + "/" * path.is_dir() for path in files}


def test_the_scripts_can_be_run() -> None:
    assert all((ROOT / name).stat().st_mode & 0o111 for name in ("scripts/demo", "scripts/test", "scripts/check", ".ci/run"))
