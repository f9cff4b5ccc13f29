"""``assay submit``: hand in to a platform from one's own machine, wait, and read the report."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

PAUSE_SECONDS, TIMEOUT_SECONDS = 1.0, 30
SOME_FAILED = 1
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.command()
@click.argument("arguments", metavar="[[TASK] PATH]", nargs=-1)
@click.option("--server", envvar="ASSAY_SERVER", required=True, metavar="URL", help="Or ASSAY_SERVER.")
@click.option("--token", envvar="ASSAY_TOKEN", required=True, help="Better by ASSAY_TOKEN: others may see arguments.")
@click.option("--no-wait", is_flag=True, help="Hand in, and do not wait for the grading.")
@click.option("--format", "form", default="text", show_default=True, metavar="NAME", help="text, html, json, junit, …")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file.")
@click.pass_context
def submit(
    context: click.Context,
    arguments: tuple[str, ...],
    server: str,
    token: str,
    no_wait: bool,
    form: str,
    output: Path | None,
) -> None:
    """Hand in the project at PATH (a folder, .zip or .tar.gz) to TASK of the platform at URL.

    The token comes from the assessment's page, or from your account. Without PATH it says which tasks there are; where
    there is one, TASK may lack. Exit status: 0 when every check passed or there is no report for you yet, 1 when one
    failed, 2 for a usage error, 3 when the fault is not yours.
    """
    from harness.commands.grade import show
    from harness.domain.errors import UsageError
    from harness.reports import json as report_json
    from harness.reports.formats import FORMATS

    if form not in FORMATS:
        raise UsageError(f"There is no format {form!r}. There are: {', '.join(FORMATS)}.")
    platform = Platform(server, token)
    if not arguments:
        _list(platform)
        return
    task = arguments[0] if len(arguments) > 1 else _only_task(platform)
    made = platform.hand_in(task, Path(arguments[-1]))
    click.echo(f"Handed in {made['task']} at {made['received_at']}. SHA-256 of the files: {made['sha256']}", err=True)
    if no_wait:
        return
    told = _await(platform, made["ref"])
    if told["state"] == "failed":
        click.echo("It could not be graded, by a fault that is not yours. It does not count against you.", err=True)
        context.exit(3)
    if told["report"] is None:
        click.echo("It is graded. The report for you comes as the assessment says.", err=True)
        return
    report = report_json.read(told["report"])
    show(report, form, output)
    context.exit(SOME_FAILED if report.counts.failed or report.start else 3 if report.counts.ours else 0)


class Platform:
    """The API of a server, as far as handing in needs it."""

    def __init__(self, server: str, token: str) -> None:
        from harness.domain.errors import UsageError

        parts = urlsplit(server)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise UsageError(f"{server!r} is no address of a server, such as https://assay.example.org.")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise UsageError(f"{server} is not encrypted: the token could be read on the way. Use https.")
        self.base = f"{server.rstrip('/')}/api/v1"
        self.token = token

    def ask(self, method: str, address: str, **more: Any) -> Any:
        """What the server answers, as data. Raises UsageError for whatever else comes."""
        import requests

        from harness.domain.errors import UsageError

        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        try:
            reply = requests.request(
                method,
                self.base + address,
                headers=headers,
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
                **more,
            )
            told = reply.json()
        except requests.exceptions.JSONDecodeError as error:
            raise UsageError(f"{self.base} is no assay platform: it does not answer as one.") from error
        except requests.RequestException as error:
            raise UsageError(f"The server can't be reached: {type(error).__name__}. Is {self.base} right?") from error
        if reply.ok:
            return told
        raise UsageError(f"The server refused: {told.get('detail') or told.get('title') or reply.status_code}")

    def tasks(self) -> list[Any]:
        """What can be handed in to now by an invited person's token. Raises UsageError."""
        from harness.domain.errors import UsageError

        found = self.ask("GET", "/tasks")
        if not isinstance(found, list):
            raise UsageError(f"{self.base} is no assay platform: it does not answer as one.")
        return found

    def hand_in(self, task: str, path: Path) -> Any:
        """Reads the project as grading would, and sends what it read. Raises UsageError, IntakeError."""
        from harness.domain.packs import pack
        from harness.intake import read_submission

        read = read_submission(path)
        for note in read.notes:
            click.echo(f"Note: {note}.", err=True)
        archive = {"archive": ("project.zip", pack(read.files), "application/zip")}
        return self.ask("POST", "/submissions", params={"task": task}, files=archive)


def _list(platform: Platform) -> None:
    found = platform.tasks()
    for one in found:
        until = f"  until {one['part_ends_at']}" if one["part_ends_at"] else ""
        click.echo(f"{one['task']}  {one['title']}{until}")
    if not found:
        click.echo(
            "No task's clock runs. With an account's token, every task of practice can be handed in to.", err=True
        )


def _only_task(platform: Platform) -> str:
    from harness.domain.errors import UsageError

    found = platform.tasks()
    if len(found) == 1:
        return str(found[0]["task"])
    names = ", ".join(one["task"] for one in found) or "none, until a clock runs"
    raise UsageError(f"Say which task: {names}.")


def _await(platform: Platform, ref: str) -> Any:
    from harness.commands.progress import Progress

    with Progress(None, "seconds") as progress:
        progress.say("waits to be graded")
        while True:
            told = platform.ask("GET", f"/my-submissions/{ref}")
            if told["state"] in ("done", "failed"):
                return told
            progress.say("is being graded" if told["state"] == "running" else "waits to be graded")
            progress.step()
            time.sleep(PAUSE_SECONDS)
