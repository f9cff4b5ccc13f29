"""What may go wrong on our side of the sandbox. None of these is ever a candidate's fault."""

from __future__ import annotations


class SandboxError(Exception):
    """Something of ours failed; the message says what, in words for the person at the keyboard."""


class EngineUnavailable(SandboxError):
    """No container engine answers."""


class ImageError(SandboxError):
    """The candidate's image could not be made or read."""


class MmdebstrapMissing(ImageError):
    """No registry has the official image, and the program that makes a root of our own is not installed."""
