"""Where a dataset lies: a folder of this machine (`pathlib.Path`), or one of a store that fsspec opens (`Remote`), with the same methods.

A store such as S3 has no folders, no renaming and no locks, but an object appears whole or not at all. So a file is written to the local
disk, and uploaded when it is whole; what is given its final name is copied within the store.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path, PurePosixPath
from typing import Any, Final

from arclean.errors import OutputError

_LOCAL: Final = ("file", "local")
_STORES: Final = frozenset({"abfs", "abfss", "adl", "az", "gcs", "gs", "memory", "oci", "oss", "s3", "s3a"})
"""Where an upload that is not ended leaves nothing; elsewhere a file gets another name until it is whole."""

_PACKAGES: Final = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "abfss": "adlfs", "az": "adlfs"}
"""What opens a store; to be installed by who uses it."""


@dataclass(frozen=True)
class Remote:
    """A folder or a file of a store.

    Attributes:
        url: without a slash at its end.
        scratch: the local folder in which files wait until they are uploaded.
    """

    url: str
    scratch: str

    @property
    def protocol(self) -> str:
        """What the address begins with."""
        return self.url.partition("://")[0]

    @property
    def path(self) -> str:
        """What the store calls it."""
        return str(self.system._strip_protocol(self.url))

    @property
    def system(self) -> Any:
        """The store, as fsspec opens it.

        Raises:
            OutputError: nothing opens such an address, or the package that does is not installed.
        """
        import fsspec

        try:
            return fsspec.core.url_to_fs(self.url)[0]
        except ImportError as error:
            package = _PACKAGES.get(self.protocol)
            remedy = f"pip install {package}" if package else str(error)
            raise OutputError(f"{self.url}: what opens {self.protocol}:// is not installed: {remedy}") from error
        except ValueError as error:
            raise OutputError(f"{self.url}: nothing opens {self.protocol}://; fsspec knows s3, gs, az, memory and more") from error

    @property
    def name(self) -> str:
        """The last part of the address."""
        return PurePosixPath(self.url).name

    @property
    def parent(self) -> Remote:
        """The folder that holds it."""
        return replace(self, url=self.url.rpartition("/")[0])

    def __truediv__(self, name: str) -> Remote:
        return replace(self, url=f"{self.url}/{name}")

    def __str__(self) -> str:
        return self.url

    def __fspath__(self) -> str:
        return self.url

    def exists(self) -> bool:
        """Whether it is there; a folder is, if anything is in it."""
        with self.told("be looked at"):
            self.system.invalidate_cache()
            return bool(self.system.exists(self.path))

    def is_dir(self) -> bool:
        """Whether it is a folder with anything in it."""
        with self.told("be looked at"):
            self.system.invalidate_cache()
            return bool(self.system.isdir(self.path))

    def is_file(self) -> bool:
        """Whether it is a file."""
        with self.told("be looked at"):
            self.system.invalidate_cache()
            return bool(self.system.isfile(self.path))

    def sizes(self) -> dict[str, int]:
        """Every file below it, by its name from here, with its bytes."""
        with self.told("be listed"):
            self.system.invalidate_cache()
            base = len(self.path.rstrip("/")) + 1
            return {name[base:]: int(info["size"]) for name, info in sorted(self.system.find(self.path, detail=True).items())}

    def open(self, mode: str = "rb") -> Any:
        """A file object to read."""
        with self.told("be read"):
            return self.system.open(self.path, mode)

    def read_bytes(self) -> bytes:
        """What is in it.

        Raises:
            FileNotFoundError: it is not there.
        """
        with self.told("be read"):
            return bytes(self.system.cat_file(self.path))

    def read_text(self, encoding: str = "utf-8") -> str:
        """What is in it, as text."""
        return self.read_bytes().decode(encoding)

    def write_bytes(self, data: bytes) -> None:
        """Write it, whole or not at all."""
        with self.told("be written"), self._whole() as path:
            self.system.pipe_file(path, data)

    def create(self, data: bytes) -> bool:
        """Write it if it is not there; whether it was not.

        Stores that can are asked to do both at once.
        """
        with self.told("be written"):
            try:
                self.system.pipe_file(self.path, data, mode="create")
            except FileExistsError:
                return False
            except (TypeError, NotImplementedError):  # a store, or a version of what opens it, that cannot
                if self.system.exists(self.path):
                    return False
                self.system.pipe_file(self.path, data)
            return True

    def upload(self, file: Path) -> None:
        """Bring a local file here, whole or not at all."""
        with self.told("be written"), self._whole() as path:
            self.system.put_file(str(file), path)

    def move(self, target: Remote) -> None:
        """Give it another name: a copy within the store, then the old one goes. May be done again after it was stopped in the middle."""
        with self.told(f"be moved to {target.url}"):
            try:
                self.system.cp_file(self.path, target.path)
            except NotImplementedError:
                self._make_folder(target)
                self.system.mv(self.path, target.path)
                return
            self.system.rm_file(self.path)

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove a file."""
        with self.told("be removed"):
            try:
                self.system.rm_file(self.path)
            except FileNotFoundError:
                if not missing_ok:
                    raise

    def clear(self) -> None:
        """Remove everything below it."""
        with self.told("be removed"):
            self.system.invalidate_cache()
            if self.system.exists(self.path):
                self.system.rm(self.path, recursive=True)

    @contextmanager
    def _whole(self) -> Iterator[str]:
        """The name to write to; where a file appears before it is whole, another one, and its own at the end."""
        if self.protocol in _STORES:
            yield self.path
            return
        self._make_folder(self)
        yield f"{self.path}.part"
        self.system.mv(f"{self.path}.part", self.path)

    def _make_folder(self, file: Remote) -> None:
        self.system.makedirs(file.path.rpartition("/")[0], exist_ok=True)

    @contextmanager
    def told(self, what: str) -> Iterator[None]:
        """An error of the store, with the address and what to do."""
        try:
            yield
        except FileNotFoundError as error:
            if what.startswith(("be read", "be removed")):
                raise
            raise OutputError(f"{self.url} cannot {what}: {error}. Is the bucket there? arclean makes none") from error
        except PermissionError as error:
            keys = "The keys come from the environment, as fsspec reads them"
            raise OutputError(f"{self.url} cannot {what}: no permission: {error}. {keys}") from error
        except OutputError:
            raise
        except Exception as error:
            if of_a_store(error):
                raise OutputError(f"{self.url} cannot {what}: {error}. Mend it, and give the same command again") from error
            raise


_CLIENTS: Final = ("aiobotocore", "botocore", "aiohttp", "azure", "gcsfs", "google")
"""Whose errors are errors of a store, and not of this program."""


def of_a_store(error: Exception) -> bool:
    """Whether an error is one of the system, or of the client of a store: no such host, no credentials.

    >>> of_a_store(OSError()), of_a_store(TypeError())
    (True, False)
    """
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _CLIENTS


Place = Path | Remote
"""See the module."""


def place_of(out: str | PathLike[str] | Place, scratch: str | PathLike[str] | None = None) -> Place:
    """The place that a path or an address means.

    Args:
        out: a path, or an address that fsspec opens: ``s3://bucket/folder``, ``memory://folder``.
        scratch: local folder in which files of a store wait to be uploaded; in the system's folder for temporary files if None.

    >>> place_of("out")
    PosixPath('out')
    >>> place_of("memory://a/out/").url
    'memory://a/out'
    """
    if isinstance(out, Remote):
        return out
    text = fspath(out)
    protocol, there, rest = text.partition("://")
    if not there:
        return Path(out)
    if protocol in _LOCAL:
        return Path(rest)
    url = text.rstrip("/")
    return Remote(url, str(Path(scratch or _temporary()).absolute() / hashlib.sha256(url.encode()).hexdigest()[:16]))


def _temporary() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"arclean-{user}"


def make_scratch(folder: Path) -> None:
    """Make a local folder that is this user's alone.

    Raises:
        OutputError: it cannot be made, or is another user's.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        owners = {one.lstat().st_uid for one in (folder.parent, folder) if one is folder or one == _temporary()}
    except OSError as error:
        raise OutputError(f"{folder}: files cannot wait here until they are uploaded: {error.strerror}; name another scratch") from error
    if hasattr(os, "getuid") and owners != {os.getuid()}:
        raise OutputError(f"{folder} is another user's; name another folder as scratch")


def drop_scratch(folder: Path) -> None:
    """Remove what `make_scratch` made."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.parent == _temporary():
        with suppress(OSError):  # another run has its own in it
            folder.parent.rmdir()


def sizes(place: Place) -> dict[str, int]:
    """Every file below a place, by its name from there with forward slashes, with its bytes."""
    if isinstance(place, Remote):
        return place.sizes()
    return {path.relative_to(place).as_posix(): path.stat().st_size for path in sorted(place.rglob("*")) if path.is_file()}


def opened(place: Place) -> Any:
    """What pyarrow reads: a path, or a file object."""
    return place.open() if isinstance(place, Remote) else place


def clear(place: Place) -> None:
    """Remove a folder, if it is there, and everything in it."""
    if isinstance(place, Remote):
        place.clear()
    elif place.exists():
        shutil.rmtree(place)
