"""Reads a Dockerfile and a .dockerignore as a builder does, as far as the checks need it."""

import fnmatch
import json
import re
import shlex
from dataclasses import dataclass, field

SHELLS = {"sh", "bash", "dash", "ash", "zsh", "ksh", "cmd", "powershell", "pwsh"}
HEREDOC = re.compile(r"""(?:^|\s)\d*<<(-?)(["']?)([A-Za-z_][A-Za-z0-9_.]*)\2(?=\s|$)""")
VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?\})")


@dataclass
class Instruction:
    name: str
    rest: str  # without its here-documents
    documents: str = ""

    @property
    def text(self):
        return f"{self.rest}\n{self.documents}"

    @property
    def flags(self):
        found, words = {}, self.rest.split()
        while words and words[0].startswith("--"):
            key, _, value = words.pop(0)[2:].partition("=")
            found.setdefault(key, []).append(value)
        return found

    @property
    def value(self):
        """What follows the flags."""
        return re.sub(r"^(?:\s*--\S+)+", "", self.rest).strip()

    @property
    def listed(self):
        """The list of the exec form; None for the shell form."""
        try:
            found = json.loads(self.value)
        except ValueError:
            return None
        return found if isinstance(found, list) and all(isinstance(part, str) for part in found) else None

    def sources(self):
        """What a COPY or ADD takes from the build context."""
        if self.name not in ("COPY", "ADD") or "from" in self.flags:
            return []
        words = self.listed or split(self.value)
        return [word for word in words[:-1] if not word.startswith("<<") and "://" not in word]

    def pairs(self):
        """What an ENV or ARG sets: names and values; a value may be None."""
        words = split(self.value)
        if self.name == "ENV" and words and "=" not in words[0]:
            return [(words[0], self.value.split(None, 1)[1] if len(words) > 1 else "")]
        return [(name, value if equals else None) for name, equals, value in (word.partition("=") for word in words)]


@dataclass
class Stage:
    image: str
    name: str
    parent: "Stage | None" = None
    instructions: list = field(default_factory=list)

    @property
    def chain(self):
        """The stages that this one is made of, the first one first."""
        return [*(self.parent.chain if self.parent else []), self]

    @property
    def steps(self):
        return [step for stage in self.chain for step in stage.instructions]


def split(text):
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def instructions(text):
    """The instructions in order: comments are gone, continued lines joined, here-documents apart."""
    lines = text.lstrip("\ufeff").splitlines()
    escape = "\\"
    for line in lines:
        directive = re.fullmatch(r"\s*#\s*(\w+)\s*=\s*(\S+)\s*", line)
        if not directive:
            break
        if directive[1].lower() == "escape":
            escape = directive[2]
    found, at = [], 0
    while at < len(lines):
        parts, more = [], True
        while more and at < len(lines):
            line = lines[at]
            at += 1
            if line.lstrip().startswith("#") or not line.strip():
                more = bool(parts)
                continue
            more = line.rstrip().endswith(escape)
            parts.append(line.rstrip()[: -len(escape)] if more else line)
        joined = " ".join(part.strip() for part in parts).strip()
        if not joined:
            continue
        name, *others = joined.split(None, 1)
        step = Instruction(name.upper(), "".join(others))
        if step.name in ("RUN", "COPY", "ADD"):
            for dash, _, end in HEREDOC.findall(step.rest):
                ends = [n for n in range(at, len(lines)) if (lines[n].lstrip("\t") if dash else lines[n]) == end]
                if ends:
                    step.documents += "\n".join(lines[at : ends[0]]) + "\n"
                    at = ends[0] + 1
        found.append(step)
    return found


def fill(text, known):
    """``text`` with its variables replaced by what is known of them."""

    def value(match):
        found = known.get(match[1] or match[2])
        if match[3] and match[3].endswith("-"):
            return found or match[4]
        if match[3]:
            return match[4] if found else ""
        return found or ""

    return VARIABLE.sub(value, text)


class Dockerfile:
    def __init__(self, text):
        self.stages = []
        self.arguments = {}  # those before the first FROM
        for step in instructions(text):
            if step.name == "FROM":
                words = fill(step.value, self.arguments).split() or [""]
                name = words[2] if len(words) > 2 and words[1].lower() == "as" else ""
                self.stages.append(Stage(words[0], name, self.stage(words[0])))
            elif self.stages:
                self.stages[-1].instructions.append(step)
            elif step.name == "ARG":
                self.arguments.update((key, fill(value or "", self.arguments)) for key, value in step.pairs())

    def stage(self, name):
        for stage in reversed(self.stages):
            if stage.name and stage.name.lower() == name.lower():
                return stage
        return self.stages[int(name)] if name.isdecimal() and int(name) < len(self.stages) else None

    @property
    def last(self):
        return self.stages[-1] if self.stages else Stage("", "")

    @property
    def used(self):
        """The stages that the image is made from, by FROM, COPY or a mount."""
        found, left = [], [self.last]
        while left:
            stage = left.pop()
            if any(stage is other for other in found):
                continue
            found.append(stage)
            names = [name for step in stage.instructions for name in step.flags.get("from", [])]
            for step in stage.instructions:
                for mount in step.flags.get("mount", []):
                    names += [part[5:] for part in mount.split(",") if part.startswith("from=")]
            left += [other for other in [stage.parent, *map(self.stage, names)] if other]
        return found

    @property
    def images(self):
        """The base images from outside."""
        return [stage.image for stage in self.stages if stage.parent is None and stage.image != "scratch"]

    @property
    def user(self):
        """The name or number that the container runs as; empty where no USER says it."""
        known, user = dict(self.arguments), ""
        for step in self.last.steps:
            if step.name == "ARG":
                for key, value in step.pairs():
                    if value is not None:
                        known[key] = fill(value, known)
            elif step.name == "ENV":
                known.update({key: fill(value or "", known) for key, value in step.pairs()})
            elif step.name == "USER":
                user = fill(step.value, known).strip("\"' ").partition(":")[0]
        return user

    @property
    def start(self):
        """``(entrypoint, command)`` of the container: instructions, or None."""
        entrypoint = command = None
        for stage in self.last.chain:
            own = False
            for step in stage.instructions:
                if step.name == "CMD":
                    command, own = step, True
                elif step.name == "ENTRYPOINT":
                    entrypoint = step
                    command = command if own else None
        return entrypoint, command


def is_pinned(image):
    """Whether an image has a tag other than ``latest``, or a digest."""
    if "@" in image:
        return bool(image.partition("@")[2])
    return image.rpartition("/")[2].partition(":")[2] not in ("", "latest")


def is_install(step):
    """Whether a RUN installs what a requirements file names."""
    text = step.text
    tool = re.search(r"\b(pip\d?(\.\d+)?|uv|pip-sync)\b", text)
    does = re.search(r"\b(install|sync|wheel|download)\b", text)
    return step.name == "RUN" and bool(tool and does and re.search(r"requirement|(?<![\w-])-r\b", text))


def takes_code(step):
    """Whether a COPY or ADD takes the app's code from the build context."""
    for source in step.sources():
        parts = [part for part in source.split("/") if part not in ("", ".")]
        if not parts or fnmatch.fnmatch("meteors", parts[0]) or fnmatch.fnmatch("wsgi.py", "/".join(parts)):
            return True
    return False


def is_ignored(text, path):
    """Whether a .dockerignore keeps ``path`` out."""
    ignored = False
    for line in text.lstrip("\ufeff").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        keep = line.startswith("!")
        pattern = line.lstrip("!").strip()
        parts = [part for part in pattern.split("/") if part not in ("", ".")]
        if not parts:
            continue
        names = path.split("/")
        if any(re.fullmatch(expression(parts), "/".join(names[:count])) for count in range(1, len(names) + 1)):
            ignored = not keep
    return ignored


def expression(parts):
    """A regular expression for a pattern's parts; ``**`` stands for any number of folders."""
    found = ""
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "**":
            found += ".*" if last else "(?:.*/)?"
            continue
        single = ""
        for piece in re.findall(r"\*\*|\*|\?|\[[^\]]*\]|\\?.", part):
            if piece == "**":
                single += ".*"
            elif piece == "*":
                single += "[^/]*"
            elif piece == "?":
                single += "[^/]"
            elif len(piece) > 1 and piece[0] == "[":
                single += piece
            else:
                single += re.escape(piece[-1])
        found += single + ("" if last else "/")
    return found
