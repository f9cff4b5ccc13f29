"""Makes the candidate's image, once per change of what goes in, and tells what is in it."""

from __future__ import annotations

import fcntl
import hashlib
import json
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sandbox.engine import connect
from sandbox.errors import ImageError
from sandbox.images import roots, wheels
from sandbox.images.recipe import (
    Context,
    base_context,
    base_tag,
    candidate_context,
    derived_context,
    image_tag,
    lock_file,
    packages_context,
    packages_tag,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from docker import DockerClient
    from docker.models.images import Image

__all__ = ["ImageInfo", "ensure_derived_image", "ensure_image", "image_info", "image_tag", "outdated", "prune"]

Base = Literal["auto", "registry", "debian"]

BUILD_TIMEOUT_S = 600
ROLE = "assay.role"  # root, base, packages, candidate or derived
INFO = "assay.info"  # what was measured in the image, as JSON
PARENT = "assay.parent"  # the candidate's image that a derived one adds to

#: Run in the image itself, so that its labels say what is there and not what was meant to be.
MEASURE = """
import importlib.metadata, json, platform, subprocess
redis = subprocess.run(["redis-server", "--version"], capture_output=True, text=True, check=True).stdout
print(json.dumps({
    "python": platform.python_version(),
    "machine": platform.machine(),
    "redis": redis.split("v=")[1].split()[0],
    "libraries": {d.metadata["Name"].lower(): d.version for d in importlib.metadata.distributions()},
}))
"""


@dataclass(frozen=True)
class ImageInfo:
    """What an image is and holds, as its labels tell."""

    tag: str
    id: str
    base: str
    python: str
    redis: str
    machine: str
    libraries: Mapping[str, str]

    def stands_on(self, base: Base) -> bool:
        """Whether the image has the base that is asked for."""
        return base == "auto" or self.base.startswith(base)


def image_info(tag: str | None = None) -> ImageInfo | None:
    """What the engine has under a tag (the current candidate's image if none is named); None if nothing."""
    with closing(connect()) as client:
        return _info(client, tag or image_tag())


def ensure_image(progress: Callable[[str], None] = lambda _: None, base: Base = "auto") -> ImageInfo:
    """The candidate's image, made if these sources have none yet; an up-to-date one costs a single call.

    A base other than "auto" is insisted on: an image on another base is made anew.
    """
    context = candidate_context()
    tag = image_tag(context)
    with closing(connect(timeout=BUILD_TIMEOUT_S)) as client:
        found = _info(client, tag)
        if found is None or not found.stands_on(base):
            with _one_builder(progress):
                found = _info(client, tag)
                if found is None or not found.stands_on(base):
                    found = _make_candidate(client, tag, context, base, progress)
        return found


def ensure_derived_image(requirements: Path, progress: Callable[[str], None] = lambda _: None) -> ImageInfo:
    """The candidate's image with a project's requirements added: wheels only, nothing of the project is run."""
    parent = ensure_image(progress)
    text = requirements.read_bytes()
    tag = f"assay-derived:{derived_context(text).digest(parent.id)}"
    with closing(connect(timeout=BUILD_TIMEOUT_S)) as client:
        found = _info(client, tag)
        if found is None:
            with _one_builder(progress):
                progress(f"fetching the wheels of {requirements.name}")
                folder = wheels.cache_dir() / "derived" / hashlib.sha256(text).hexdigest()[:12]
                fetched = wheels.fetch(requirements, parent.machine, folder, locked=False)
                context = derived_context(text, fetched)
                labels = {ROLE: "derived", PARENT: parent.tag}
                _build(client, tag, context, {"CANDIDATE": parent.tag}, labels, progress)
                _measure(client, tag, parent.base, labels, progress)
                found = _require(client, tag)
        return found


def outdated() -> list[str]:
    """Every image of ours that the current one does not stand on.

    While there is no current one, layers that its build could use are not among them.
    """
    with closing(connect()) as client:
        current = _info(client, image_tag())
        kept = _stack(current) if current else set()
        return sorted(
            name
            for image in client.images.list(filters={"label": ROLE})
            if current or image.labels[ROLE] in ("candidate", "derived")
            if image.labels.get(PARENT) != image_tag()
            for name in {*(image.tags or [str(image.id)])} - kept
        )


def prune(progress: Callable[[str], None] = lambda _: None) -> list[str]:
    """Remove what is outdated and not in use, and say what was removed."""
    from docker.errors import APIError

    removed = []
    with closing(connect()) as client:
        for name in outdated():
            try:
                client.images.remove(name)
            except APIError as error:
                progress(f"kept {name}: {error.explanation}")
            else:
                removed.append(name)
    return removed


def _make_candidate(
    client: DockerClient, tag: str, context: Context, base: Base, progress: Callable[[str], None]
) -> ImageInfo:
    """Every layer that is not there yet, from the lowest up."""
    machine = roots.machine_of(client)
    root = roots.choose(client, machine, base, progress)
    lower, middle = base_tag(root.name), packages_tag(root.name, machine)
    if _get(client, lower) is None:
        progress(f"building {lower} on {root.name}")
        network = root.kind == "registry"
        _build(client, lower, base_context(), {"ROOT": root.name}, {ROLE: "base"}, progress, network=network)
    if _info(client, middle) is None:
        progress("fetching the wheels of the pinned libraries")
        lock = lock_file(machine)
        folder = wheels.cache_dir() / "locked" / packages_context(lock).digest(machine)
        fetched = wheels.fetch(lock, machine, folder, locked=True)
        progress(f"building {middle}")
        labels = {ROLE: "packages"}
        _build(client, middle, packages_context(lock, fetched), {"BASE": lower}, labels, progress)
        _measure(client, middle, f"{root.kind} {root.name}", labels, progress)
    progress(f"building {tag}")
    _build(client, tag, context, {"PACKAGES": middle}, {ROLE: "candidate"}, progress)
    return _require(client, tag)


def _build(
    client: DockerClient,
    tag: str,
    context: Context,
    arguments: Mapping[str, str],
    labels: Mapping[str, str],
    progress: Callable[[str], None],
    *,
    network: bool = False,
) -> None:
    """Build one layer from a context and tag it. Without `network` its commands have none."""
    stream = client.api.build(
        fileobj=context.tar(),
        custom_context=True,
        tag=tag,
        buildargs=dict(arguments),
        labels=dict(labels),
        network_mode="default" if network else "none",
        rm=True,
        forcerm=True,
        decode=True,
    )
    said: list[str] = []
    for event in stream:
        if "error" in event:
            raise ImageError("\n".join([f"{tag} could not be built:", *said[-12:], str(event["error"]).strip()]))
        line = str(event.get("stream", "")).rstrip()
        if line:
            said.append(line)
            if line.startswith("Step "):
                progress(line)


def _measure(
    client: DockerClient, tag: str, base: str, labels: Mapping[str, str], progress: Callable[[str], None]
) -> None:
    """Ask the image what it holds, and write the answer on it as a label that later layers inherit."""
    said = client.containers.run(tag, ["python", "-c", MEASURE], network_mode="none", remove=True)
    info = json.dumps({"base": base, **json.loads(said)}, sort_keys=True)
    context = Context({"Dockerfile": f"FROM {tag}\n".encode()})
    _build(client, tag, context, {}, {**labels, INFO: info}, lambda _: None)
    progress(f"{tag} holds {len(json.loads(info)['libraries'])} libraries")


def _get(client: DockerClient, tag: str) -> Image | None:
    from docker.errors import ImageNotFound

    try:
        return client.images.get(tag)
    except ImageNotFound:
        return None


def _info(client: DockerClient, tag: str) -> ImageInfo | None:
    image = _get(client, tag)
    if image is None or INFO not in image.labels:
        return None
    return ImageInfo(tag=tag, id=str(image.id), **json.loads(image.labels[INFO]))


def _require(client: DockerClient, tag: str) -> ImageInfo:
    info = _info(client, tag)
    if info is None:
        raise ImageError(f"{tag} was built and is not there: something else removes images here")
    return info


def _stack(info: ImageInfo) -> set[str]:
    """The tags of an image and of what it stands on."""
    root = info.base.partition(" ")[2]
    return {info.tag, packages_tag(root, info.machine), base_tag(root), roots.debian_tag()}


@contextmanager
def _one_builder(progress: Callable[[str], None]) -> Iterator[None]:
    """Let one process of this user build at a time; the others then find the image made."""
    folder = wheels.cache_dir()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("waiting for another build")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
