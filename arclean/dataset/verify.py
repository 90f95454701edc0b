"""Whether a dataset is what its manifest says, to the byte and to the row."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from os import PathLike, fspath
from typing import Any

from arclean.dataset import manifest
from arclean.dataset.checks import Check, checks
from arclean.dataset.place import Place, place_of
from arclean.dataset.staging import FOLDER
from arclean.errors import OutputError, SourceError


@dataclass(frozen=True)
class Report:
    """What came of all checks.

    Attributes:
        out: the directory.
        checks: in the order they were made.
    """

    out: Place
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether no check failed."""
        return not any(check.state == "failed" for check in self.checks)

    def summary(self) -> str:
        """A line for each check, and what they come to."""
        lines = [f"{check.state:<8}{check.name:<11}{check.words}" for check in self.checks]
        return "\n".join([*lines, f"{self.out} is {'whole' if self.ok else 'NOT what its manifest says'}"])

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return {"out": str(self.out), "ok": self.ok, "checks": [asdict(check) for check in self.checks]}


def verify(
    out: str | PathLike[str],
    *inputs: str | PathLike[str],
    sample: int = 0,
    seed: int | None = None,
) -> Report:
    """Check a dataset against its manifest. Nothing is written.

    Args:
        out: the directory of a run, or its address.
        inputs: as they were given to the run; only `sample` needs them.
        sample: so many documents, chosen at random, are cleaned again from the inputs and compared; 0 for none.
        seed: of that choice; another one each time if None.

    Raises:
        OutputError: there is no such directory.
        SourceError: an input cannot be read, or a sample is wanted and no input is given.
    """
    if sample and not inputs:
        raise SourceError("a sample is cleaned again from the inputs; name them as they were given to the run")
    folder = place_of(out)
    if not folder.is_dir():
        raise OutputError(f"{folder}: no such directory")
    try:
        made = manifest.read(folder)
    except OutputError as error:
        return Report(folder, (Check("manifest", "failed", str(error)),))
    if made is None:
        stopped = "there is none: the run did not end; give its command again"
        words = stopped if (folder / FOLDER).exists() else "there is none: this is not the output of a run"
        return Report(folder, (Check("manifest", "failed", words),))
    found = (Check("manifest", "ok", f"made by arclean {made['arclean']}"), *checks(folder, made))
    if not sample or any(check.state == "failed" for check in found):
        return Report(folder, found)
    from arclean.dataset.again import cleaned_again

    return Report(folder, (*found, cleaned_again(folder, made, [fspath(path) for path in inputs], sample, seed)))
