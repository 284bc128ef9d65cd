"""Rendering: Word and PDF of an issued paper, made once from its frozen data."""

from datetime import datetime
from uuid import UUID


def render(*, document_id: UUID, at: datetime) -> None:
    """Make both files of a document; does nothing when they exist."""
