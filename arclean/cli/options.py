"""What the commands share: options with their values, and what becomes of errors. Imports click and the errors alone."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click

from arclean.errors import ArcleanError, unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclean.pipeline import Pipeline

DATA_PROBLEM: Final = 1
WRONG_USE: Final = 2
STOPPED: Final = 130

_SIZE: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?i?)b?\s*", re.IGNORECASE)
_POWERS: Final = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


class Commands(click.Group):
    """The commands, and what becomes of errors: one line on standard error, and an exit code that means something."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; nobody sees a traceback because of a wrong name or a key."""
        try:
            return super().invoke(ctx)
        except ArcleanError as error:
            fail(str(error), WRONG_USE)
        except KeyboardInterrupt as stopped:
            fail(str(stopped) or "stopped", STOPPED)
        except BrokenPipeError:
            raise  # whoever read our output has seen enough; click ends quietly
        except OSError as error:
            if error.filename is None:
                raise
            fail(f"{error.filename}: {error.strerror}", WRONG_USE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; for a wrong one the nearest is named."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            raise click.UsageError(str(unknown("command", cmd_name, self.commands)), ctx)
        return found


def fail(message: str, code: int) -> NoReturn:
    """End with a line on standard error."""
    click.echo(f"arclean: {message}", err=True)
    raise SystemExit(code)


def size(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """The bytes of a size with its unit: ``256MB`` is 256 million, ``256MiB`` is 256 times 2 to the 20th. None stays None.

    Raises:
        BadParameter: it is none.
    """
    if value is None:
        return None
    found = _SIZE.fullmatch(value)
    if not found:
        raise click.BadParameter(f"{value!r} is not a size; write it like 256MB, 1GiB or 500000", ctx, param)
    unit = found[2].lower()
    return int(float(found[1]) * (1024 if unit.endswith("i") else 1000) ** _POWERS[unit.rstrip("i")])


def pairs(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The two names of each ``OLD=NEW``.

    Raises:
        BadParameter: one of them is of another form.
    """
    for value in values:
        if not all(value.partition("=")):
            raise click.BadParameter(f"{value!r} is not OLD=NEW, like link=url", ctx, param)
    return tuple((old, new) for old, _, new in (value.partition("=") for value in values))


modules = click.option(
    "--import", "modules", multiple=True, metavar="MODULE", help="Import your own module first, so that its steps exist. Repeatable."
)
"""The option that names the user's own modules."""


def of_pipeline(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that takes a pipeline."""
    without = click.option(
        "--without", multiple=True, metavar="NAME", help="Leave out a rule, a family of rules or a category of lines. Repeatable."
    )
    return without(modules(command))


def load(name: str, without: tuple[str, ...], own: tuple[str, ...]) -> Pipeline:
    """The pipeline that the arguments of a command mean.

    Raises:
        ArcleanError: a wrong name, see `arclean.loading.load`, `arclean.Pipeline.without`, `arclean.own.import_own`.
    """
    from arclean import loading

    import_all(own)
    pipe = loading.load(name)
    return pipe.without(*without) if without else pipe


def import_all(own: tuple[str, ...]) -> None:
    """Import the user's own modules.

    Raises:
        PipelineError: one cannot be imported.
    """
    from arclean.own import import_own

    for module in own:
        import_own(module)


def document(stream: IO[bytes], name: str) -> tuple[str, str]:
    """The text of a document, and the line end after it: that is the shell's or the editor's, not the document's.

    Where the bytes are not UTF-8 this is the end: the data has a problem.
    """
    try:
        text = stream.read().decode("utf-8")
    except UnicodeDecodeError as error:
        fail(f"{name}: byte {error.start} is not UTF-8 ({error.reason}); convert it first: iconv -f windows-1256 -t utf-8", DATA_PROBLEM)
    body = text.removesuffix("\n")
    return body, text[len(body) :]


def echo_json(data: Any) -> None:
    """Plain data on standard output, Arabic as Arabic."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
