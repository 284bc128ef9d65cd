"""The file store: content-addressed by SHA-256, immutable, with checks of size and of what a file really is."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court
from cases.models import StoredFile
from kernel.refusals import Refusal

SIGNATURES = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\x03\x04",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\x03\x04",),
    "application/vnd.ms-excel": (b"\xd0\xcf\x11\xe0",),
}
BY_SUFFIX = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
}


class FileTooLarge(Refusal):
    """The file is over the limit."""

    message = _("文件 %(name)s 有 %(size)s MB，超过上限 %(limit)s MB。请压缩或分开上传。")
    status = 413


class WrongFile(Refusal):
    """The file is not what its name says, or of a kind that is not kept."""

    message = _("文件 %(name)s 不能上传：只接受 PDF、Word、Excel、JPG 和 PNG，且内容须与扩展名相符。")
    status = 400


def store(*, court: Court, name: str, content: bytes, actor: Actor, at: datetime) -> StoredFile:
    """Keep a file that a person gave. Raises FileTooLarge, WrongFile."""
    if len(content) > settings.UPLOAD_LIMIT:
        size, limit = len(content) / 1024 / 1024, settings.UPLOAD_LIMIT // 1024 // 1024
        raise FileTooLarge(name=name, size=f"{size:.1f}", limit=limit)
    media_type = BY_SUFFIX.get(Path(name).suffix.lower(), "")
    if not media_type or not content.startswith(SIGNATURES[media_type]):
        raise WrongFile(name=name)
    return keep(court=court, name=name, content=content, media_type=media_type, by=actor.symbol, at=at)


def keep(*, court: Court, name: str, content: bytes, media_type: str, by: str, at: datetime) -> StoredFile:
    """Keep bytes that the product made itself."""
    sha = hashlib.sha256(content).hexdigest()
    path = path_of(sha)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{at.timestamp():.6f}")
        partial.write_bytes(content)
        partial.replace(path)
    return StoredFile.objects.create(
        court=court, sha256=sha, name=Path(name).name[:200], media_type=media_type, size=len(content), stored_at=at,
        stored_by=by,
    )  # fmt: skip


def path_of(sha: str) -> Path:
    """Where the bytes of a digest lie."""
    return Path(settings.FILES_DIR) / sha[:2] / sha


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file; raises ValueError when they no longer fit the digest."""
    content = path_of(file.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValueError(f"stored file {file.pk} does not fit its digest")
    return content
