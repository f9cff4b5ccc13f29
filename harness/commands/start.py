"""``assay start``: writes the kit that a candidate begins with."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("task")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def start(context: click.Context, task: str, folder: Path) -> None:
    """Write the kit of TASK into DIR: the brief, the starter, its tests and the versions it is graded with."""
    from shlex import quote

    from rich.console import Console
    from rich.text import Text

    from harness.content import load_library
    from harness.content.bundle import candidate_kit, write_kit
    from sandbox.images.recipe import PYTHON, lock_file

    chosen = load_library(context.obj or ()).task(task)
    # The pins are the same for every kind of machine; only the hashes, which the kit leaves out, differ.
    requirements = lock_file("x86_64").read_text(encoding="utf-8")
    write_kit(candidate_kit(chosen, requirements=requirements, python=PYTHON), folder)
    console = Console(soft_wrap=True)
    console.print(Text(f"{chosen.title}: about {chosen.minutes} minutes. The kit is in {folder}."))
    here = quote(str(folder))
    for step in (
        f"Read      {folder / 'brief.md'}",
        f"Set up    cd {here} && python{PYTHON} -m venv .venv && .venv/bin/pip install -r requirements.txt",
        "Test      .venv/bin/pytest",
        f"Grade     assay grade {chosen.id} {here}",
    ):
        console.print(Text(f"  {step}"))
