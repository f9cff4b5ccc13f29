"""``assay backup``, ``assay restore``, ``assay person``: for who answers for what the platform keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

data_option = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="The server's own folder."
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
def backup(file: Path, data: Path | None) -> None:
    """Copy the platform's database into FILE, also while it serves.

    The secret key is not in it: keep the server's folder, or ASSAY_SECRET_KEY, as well. For PostgreSQL, FILE is what
    pg_dump writes.
    """
    from harness.commands.serving.archive import save

    save(_environment(data), file)
    click.echo(f"The database is in {file}. The secret key is not: keep it apart.", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@click.option("--yes", is_flag=True, help="Do not ask before the present database is replaced.")
def restore(file: Path, data: Path | None, yes: bool) -> None:
    """Put the database of FILE in place of the present one. Stop the server and its workers before.

    What was there is kept beside it.
    """
    from harness.commands.serving.archive import bring_back

    if not yes:
        click.confirm("Replace the platform's database by this one?", abort=True)
    kept = bring_back(_environment(data), file)
    click.echo(
        f"Restored.{f' What was there is in {kept}.' if kept else ''} `assay serve` migrates it if need be.", err=True
    )


@click.group()
def person() -> None:
    """Hand over, or erase, all that is kept about a person.

    NAME is an account's e-mail address, or the ref of an invitation (in the address of its report).
    """


@person.command()
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@data_option
def export(name: str, file: Path, data: Path | None) -> None:
    """Write everything about NAME into FILE, a zip."""
    from harness.services import privacy

    with _store(data):
        file.write_bytes(privacy.export(privacy.find(name)))
    click.echo(f"All that is kept about {name} is in {file}.", err=True)


@person.command()
@click.argument("name")
@data_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(name: str, data: Path | None, yes: bool) -> None:
    """Erase everything about NAME, for good. Copies in backups stay: see docs/serving.md."""
    from harness.services import privacy

    with _store(data):
        found = privacy.find(name)
        if not yes:
            click.confirm(f"Erase all that is kept about {found.name}, for good?", abort=True)
        privacy.erase(found)
    click.echo("Erased.", err=True)


def _environment(data: Path | None) -> dict[str, str]:
    from harness.commands.serving.place import Place, default_folder

    place = Place(data or default_folder())
    place.prepare()
    return place.environment()


@contextmanager
def _store(data: Path | None) -> Iterator[None]:
    from harness.commands.serving.place import URL
    from harness.store.base import app_for, db

    with app_for(_environment(data)[URL]).app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
