"""`assay image`: make, show and tidy up the candidate's image."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from typing import Literal

    from sandbox.images.build import ImageInfo

OURS = 3  # the exit status when the fault is not the candidate's


@click.group()
def image() -> None:
    """The image that candidates' code runs in."""


@image.command()
@click.option(
    "--base",
    type=click.Choice(["auto", "registry", "debian"]),
    default="auto",
    show_default=True,
    help="Stand on the official Python image, or on a Debian root made here; auto takes what is to be had.",
)
def build(base: Literal["auto", "registry", "debian"]) -> None:
    """Build the image, unless it is up to date."""
    from sandbox.errors import SandboxError
    from sandbox.images.build import ensure_image

    try:
        info = ensure_image(progress=lambda line: click.echo(line, err=True), base=base)
    except SandboxError as error:
        _fail(error)
    _show(info, libraries=False)


@image.command()
def info() -> None:
    """Show what the image holds, library by library."""
    from sandbox.errors import SandboxError
    from sandbox.images.build import image_info, image_tag

    try:
        found = image_info()
    except SandboxError as error:
        _fail(error)
    if found is None:
        click.echo(f"{image_tag()} is not built yet: run `assay image build`.", err=True)
        raise SystemExit(OURS)
    _show(found, libraries=True)


@image.command()
def prune() -> None:
    """Remove the images of earlier versions."""
    from sandbox.errors import SandboxError
    from sandbox.images.build import prune as remove_old

    try:
        removed = remove_old(progress=lambda line: click.echo(line, err=True))
    except SandboxError as error:
        _fail(error)
    for tag in removed:
        click.echo(f"removed {tag}")
    if not removed:
        click.echo("nothing to remove")


def _fail(error: Exception) -> NoReturn:
    click.echo(str(error), err=True)
    raise SystemExit(OURS)


def _show(info: ImageInfo, *, libraries: bool) -> None:
    lines = {name: getattr(info, name) for name in ("tag", "id", "base", "machine", "python", "redis")}
    if libraries:
        lines |= dict(sorted(info.libraries.items()))
    width = max(map(len, lines))
    for name, value in lines.items():
        click.echo(f"{name:<{width}}  {value}")
