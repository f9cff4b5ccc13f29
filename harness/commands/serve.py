"""``assay serve``: the platform on this machine, with a worker of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.commands.options import runtime_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.commands.serving.children import Child
    from harness.commands.serving.place import Place

LOOPBACK = ("127.0.0.1", "localhost", "::1")
NOT_LOOPBACK = """The platform would be reachable from other machines without encryption: passwords and sessions could
be read on the way. Put a proxy that speaks TLS before it, set ASSAY_PROXIES=1, and leave --host at 127.0.0.1; or, where
the proxy is on another machine, set ASSAY_PROXIES and pass --host. docs/serving.md has an example."""


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The server's own folder: key, database, backups. Default: one of this user's.",
)
@click.option("--host", default=LOOPBACK[0], show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A further content root, such as your private topics. Can be given several times.",
)
@click.option("--prepare", is_flag=True, help="Migrate, take in content, print the first link; start nothing.")
@click.option("--demo", is_flag=True, help="Fill an empty platform with an assessment, people and submissions.")
@click.option("--no-worker", is_flag=True, help="Serve pages only: `assay worker` runs elsewhere.")
@runtime_option
def serve(
    data: Path | None,
    host: str,
    port: int,
    content: Sequence[Path],
    prepare: bool,
    demo: bool,
    no_worker: bool,
    runtime: str,
) -> None:
    """Serve the platform on this machine, with its database in a file and a worker of its own.

    Settings come from the environment (ASSAY_…; docs/serving.md lists them). Ctrl-C ends everything.
    """
    from harness.commands.serving import children
    from harness.commands.serving.place import Place, default_folder
    from harness.commands.serving.preparing import prepare as prepare_database
    from harness.domain.errors import UsageError
    from harness.logs import log_to_stderr

    if host not in LOOPBACK and not os.environ.get("ASSAY_PROXIES"):
        raise UsageError(NOT_LOOPBACK)
    place = Place(data or default_folder())
    place.prepare()
    base = f"http://{'[::1]' if host == '::1' else host}:{port}"
    prepare_database(place, base, content, lambda text: click.echo(text, err=True), demo=demo)
    if prepare:
        return
    log_to_stderr()
    click.echo(f"assay serves {base} (its folder: {place.folder}). Ctrl-C ends it.", err=True)
    sys.exit(children.watch(_children(place, host, port, runtime, worker=not no_worker)))


def _children(place: Place, host: str, port: int, runtime: str, *, worker: bool) -> list[Child]:
    from harness.commands.serving.children import Child

    environment = place.environment()
    web = {
        **environment,
        "ASSAY_BIND": f"{'[::1]' if host == '::1' else host}:{port}",
        # On loopback nobody is between us and the browser, and a browser keeps secure cookies from plain http.
        "ASSAY_SESSION_COOKIE_SECURE": environment.get(
            "ASSAY_SESSION_COOKIE_SECURE", "no" if "ASSAY_PROXIES" not in environment else "yes"
        ),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:harness.web.gunicorn_conf", "harness.web:create_app()"]
    found = [Child("web", gunicorn, web, vital=True)]
    if worker:
        told = {**environment, "ASSAY_RUNTIME": runtime}
        found.append(Child("worker", [sys.executable, "-m", "harness.worker"], told))
    return found


@click.command()
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="The server's own folder."
)
@runtime_option
def worker(data: Path | None, runtime: str) -> None:
    """Grade what the platform's queue holds, until Ctrl-C. Several may run, on as many machines.

    They share the database that ASSAY_DATABASE_URL names.
    """
    from harness.commands.serving.place import Place, default_folder
    from harness.logs import log_to_stderr
    from harness.worker.process import work_by

    place = Place(data or default_folder())
    place.prepare()
    log_to_stderr()
    work_by({**place.environment(), "ASSAY_RUNTIME": runtime})
