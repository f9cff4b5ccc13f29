"""A server's own folder: its key, its database, and what its processes are told through their environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from harness.domain.errors import UsageError

KEY, URL = "ASSAY_SECRET_KEY", "ASSAY_DATABASE_URL"


def default_folder() -> Path:
    """Where a server keeps its things if nobody says."""
    return user_data_path("assay") / "server"


@dataclass(frozen=True, slots=True)
class Place:
    """The folder, which only its owner may read."""

    folder: Path

    def prepare(self) -> None:
        """Makes the folder and the key where they lack. Raises UsageError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
        except OSError as error:
            raise UsageError(f"The server's folder {self.folder} can't be used: {error.strerror}.") from error
        if not os.environ.get(KEY):
            self._make_key()

    def environment(self) -> dict[str, str]:
        """For the server's processes: the settings that the environment gives, completed."""
        given = dict(os.environ)
        given.setdefault(URL, f"sqlite:///{self.folder / 'assay.db'}")
        if not given.get(KEY):
            given[KEY] = self._key_file.read_text(encoding="ascii").strip()
        return given

    @property
    def _key_file(self) -> Path:
        return self.folder / "secret-key"

    def _make_key(self) -> None:
        try:
            with os.fdopen(os.open(self._key_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            return


def sqlite_file(environment: Mapping[str, str]) -> Path | None:
    """The database's file, or None where the database is another kind."""
    url = environment[URL]
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
