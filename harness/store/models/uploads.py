"""A class's submissions that were uploaded together: looked at first, then stored as everybody's own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Digest, Id, Ref, choice
from harness.store.models.assessments import Assessment, FrozenItem, Invitation
from harness.store.models.attempts import Submission
from harness.store.models.people import User


class UploadState(StrEnum):
    LOOKED_AT = "looked-at"  # nothing of it counts yet
    STORED = "stored"


class Enrolment(Model):
    """What a class's roster says of an invited person: by which id an LMS knows them, and cells it wants back."""

    __table_args__ = (UniqueConstraint("assessment_id", "number"),)

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True)
    invitation: Mapped[Invitation] = relationship()
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    number: Mapped[str | None] = mapped_column(String(100))
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Upload(Model):
    """One upload for one task. ``people`` are the roster's lines, until it is stored."""

    id: Mapped[Id]
    ref: Mapped[Ref]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    assessment: Mapped[Assessment] = relationship()
    digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"))
    task: Mapped[FrozenItem] = relationship()
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    state: Mapped[UploadState] = mapped_column(choice(UploadState), default=UploadState.LOOKED_AT)
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[Created]
    stored_at: Mapped[datetime | None]
    files: Mapped[list[UploadedFile]] = relationship(
        back_populates="upload", order_by="UploadedFile.name", cascade="all, delete-orphan"
    )


class UploadedFile(Model):
    """What lay in it under one name. ``person`` is a line of the roster; ``refused`` says why it is not taken.

    ``content`` waits here, packed, until the upload is stored; then ``submission`` is what became of it.
    """

    __table_args__ = (UniqueConstraint("upload_id", "name"),)

    id: Mapped[Id]
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"))
    upload: Mapped[Upload] = relationship(back_populates="files")
    name: Mapped[str] = mapped_column(String(400))
    person: Mapped[int | None]
    chosen: Mapped[bool] = mapped_column(default=False)  # by somebody, and not by its name
    fits: Mapped[int] = mapped_column(default=0)  # how many people its name fits
    refused: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[list[str]] = mapped_column(default=list)
    digest: Mapped[str] = mapped_column(String(64), default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int] = mapped_column(default=0)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    invitation: Mapped[Invitation | None] = relationship()
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="SET NULL"), index=True)
    submission: Mapped[Submission | None] = relationship()
    new: Mapped[bool] = mapped_column(default=False)  # whether storing it made the submission, or found it there
