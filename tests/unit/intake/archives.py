"""Archives for the tests, honest ones and others, made in memory."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = {"app.py": b"app = 1\n", "shop/__init__.py": b"", "shop/models.py": b"x = 2\n", "README.md": b"Hello\n"}


def make_folder(path: Path, files: Mapping[str, bytes] = PROJECT) -> Path:
    for name, data in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return path


def zip_bytes(entries: Mapping[str, bytes] | Sequence[tuple[str | zipfile.ZipInfo, bytes]] = PROJECT) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items() if isinstance(entries, Mapping) else entries:
            archive.writestr(name, data)
    return packed.getvalue()


def zip_link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


def tar_member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member


def tgz_bytes(
    entries: Mapping[str, bytes] | Sequence[tuple[str | tarfile.TarInfo, bytes]] = PROJECT,
    form: int = tarfile.PAX_FORMAT,
) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
        for name, data in entries.items() if isinstance(entries, Mapping) else entries:
            member = tar_member(name) if isinstance(name, str) else name
            member.size = len(data) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=0)


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
