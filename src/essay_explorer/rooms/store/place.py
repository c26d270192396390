"""Where a store is: a file of this machine, or a PostgreSQL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from essay_explorer.core.fault import ReadingError
from essay_explorer.rooms.store.mounts import shared_kind

PATIENCE = 10  # seconds for which a database is waited for
SECRETS = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class Place:
    """The URL of a store, and what to call it before others: without a password."""

    url: URL
    shown: str

    @classmethod
    def of(cls, where: str | Path) -> Place:
        """The place at a path or a PostgreSQL URL. Raises ReadingError for another, and for one that machines share."""
        if where == "":  # of a variable in a shell that is not set
            message = "--store is empty: expected the path of a file, or postgresql://USER@HOST/DATABASE"
            raise ReadingError(message)
        return cls._server(str(where)) if "://" in str(where) else cls._file(Path(where).absolute())

    @classmethod
    def _file(cls, path: Path) -> Place:
        if kind := shared_kind(path):
            message = (
                f"{path} lies on a file system of the network ({kind}), where a database in a file is damaged when "
                "two machines write. Keep rooms in PostgreSQL, --store postgresql://USER@HOST/DATABASE, "
                "or in a folder on a disk of this machine"
            )
            raise ReadingError(message)
        return cls(URL.create("sqlite+pysqlite", database=str(path)), str(path))

    @classmethod
    def _server(cls, where: str) -> Place:
        try:
            url = make_url(where)
        except (ArgumentError, ValueError):  # a port that is no number
            url = URL.create("unknown")
        if url.get_backend_name() not in {"postgresql", "postgres"}:
            kind = where.partition("://")[0]
            message = f"--store {kind}://…: expected the path of a file, or postgresql://USER@HOST/DATABASE"
            raise ReadingError(message)
        plain = url.set(drivername="postgresql").difference_update_query(SECRETS)
        return cls(url.set(drivername="postgresql+psycopg"), plain.render_as_string(hide_password=True))

    @property
    def file(self) -> Path | None:
        """The file, if it is one."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @property
    def arguments(self) -> dict[str, Any]:
        """With which an engine is made."""
        server = {"pool_pre_ping": True, "connect_args": {"connect_timeout": PATIENCE}}
        return {} if self.file else server

    def make(self) -> None:
        """An empty file where there is none, for its owner alone: names and secrets will be in it."""
        if not self.file:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            message = f"No rooms can be kept in {self.shown}: {reason}. Name another place with --store"
            raise ReadingError(message) from error

    def find(self) -> None:
        """Raise ReadingError where there is no such file."""
        if self.file and not self.file.is_file():
            reason = "it is a folder" if self.file.is_dir() else "no such file"
            message = f"There are no rooms in {self.shown}: {reason}. Name another place with --store"
            raise ReadingError(message)
