"""`push`: a finished dataset onto the Hugging Face Hub."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Final

from arclean.dataset.place import Remote, place_of
from arclean.dataset.staging import FOLDER
from arclean.dataset.verify import verify
from arclean.errors import OutputError

_IGNORED: Final = (f"{FOLDER}/**", ".cache/**", ".git/**")


@dataclass(frozen=True)
class Upload:
    """What is uploaded, or would be.

    Attributes:
        repo: where.
        files: names in the repository, with sizes in bytes.
        done: whether it was.
    """

    repo: str
    files: tuple[tuple[str, int], ...]
    done: bool

    def summary(self) -> str:
        """What was done, for a terminal."""
        total = sum(size for _, size in self.files)
        lines = [f"  {size:>14,}  {name}" for name, size in self.files]
        said = "uploaded" if self.done else "would upload"
        return "\n".join([f"{said} {len(self.files):,} files, {total:,} bytes, to {self.repo}", *lines])


def push(out: str | PathLike[str], repo: str, *, private: bool = True, dry_run: bool = False) -> Upload:
    """Upload a finished dataset, through `huggingface_hub`, which goes on where it was stopped.

    The dataset is verified first. The token is the one that `huggingface_hub` knows (``hf auth login``, or the variable ``HF_TOKEN``);
    arclean neither takes, prints nor writes it.

    Args:
        out: the directory of a finished run.
        repo: ``USER/NAME``.
        private: whether a repository that is made now is private.
        dry_run: say what would be uploaded, without the network.

    Raises:
        OutputError: the dataset is not whole, the name is not that of a repository, or the Hub refused.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalTokenNotFoundError
    from huggingface_hub.utils._validators import validate_repo_id

    if isinstance(place_of(out), Remote):
        raise OutputError(f"{out}: what is uploaded lies on this machine; copy it here first")
    folder = Path(out)
    try:
        validate_repo_id(repo)
    except HFValidationError as error:
        raise OutputError(f"{repo!r} is not the name of a repository: {error}") from error
    report = verify(folder)
    if not report.ok:
        raise OutputError(f"{folder} is not whole, so it is not uploaded:\n{report.summary()}")
    upload = Upload(repo, tuple(_files(folder)), done=not dry_run)
    if not dry_run:
        try:
            api = HfApi(library_name="arclean")
            api.create_repo(repo, repo_type="dataset", private=private, exist_ok=True)
            # Before version 2 the upload that can go on where it was stopped had a name of its own.
            upload_all = getattr(api, "upload_large_folder", None) or api.upload_folder
            upload_all(repo_id=repo, folder_path=folder, repo_type="dataset", ignore_patterns=list(_IGNORED))
        except Exception as error:
            network = HfHubHTTPError.__mro__[1]  # of the HTTP library that the hub's is built on: no such host, no answer
            if not isinstance(error, (HfHubHTTPError, LocalTokenNotFoundError, OSError, network)):
                raise
            raise OutputError(f"{repo}: the upload failed: {error}. Give the same command again to go on") from error
    return upload


def _files(folder: Path) -> list[tuple[str, int]]:
    names = (path for path in sorted(folder.rglob("*")) if path.is_file())
    hidden = {pattern.partition("/")[0] for pattern in _IGNORED}
    return [(n.relative_to(folder).as_posix(), n.stat().st_size) for n in names if n.relative_to(folder).parts[0] not in hidden]
