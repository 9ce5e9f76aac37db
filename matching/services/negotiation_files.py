"""Files two sides give each other: known by their content, without macros and passwords, kept as they were sent."""

import io
import re
import warnings
import zipfile
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from matching.choices import FileKind
from matching.models import NegotiationFile
from matching.services.negotiations import REASON, talking
from zones.errors import InvalidInput
from zones.scoping import Principal
from zones.services.base import clean_text, tell_fact, validated
from zones.services.photos import MOST_PIXELS, UNREADABLE

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_FILES: Final = 50
MOST_ENTRIES: Final = 5_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
LONGEST_NAME: Final = 120
CONTENT_TYPES: Final = "[Content_Types].xml"
PARTS: Final = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
PICTURES: Final = {"PNG": FileKind.PNG, "JPEG": FileKind.JPEG}
MEDIA_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
"""What no file name may hold anywhere, and what would turn around the order in which a name is read."""


@transaction.atomic
def add_file(principal: Principal, *, exchange_id: int, name: str, content: bytes, side: str = "") -> NegotiationFile:
    """Give the other side a file. Raises NotFound, NotAllowed, IllegalTransition; InvalidInput for what is too large
    or none of the kinds.
    """
    kind = kind_of(content)
    exchange, who = talking(principal, exchange_id, side)
    if NegotiationFile.objects.unscoped(reason=REASON).filter(exchange=exchange).count() >= MOST_FILES:
        raise _refused(_("最多 %(most)d 个文件：请改用邮件等方式。") % {"most": MOST_FILES})
    file = NegotiationFile(
        exchange=exchange, side=who, uploader_id=principal.user_id, name=clean_name(name, kind), kind=kind,
        size=len(content), content=content,
    )  # fmt: skip
    validated(file).save()
    tell_fact(file, "negotiation.file", exchange=exchange, side=who)
    return file


def kind_of(content: bytes) -> FileKind:
    """What a file is, by its content and never by its name. Raises InvalidInput."""
    if not content:
        raise _refused(_("文件是空的：请检查后重新上传。"))
    if len(content) > MOST_BYTES:
        raise _refused(_("文件过大：请压缩到 10 MB 以内。"))
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return _picture_kind(content)
    raise _refused(_("不能上传这种文件：请使用 PDF、Word（docx）、Excel（xlsx）、PNG 或 JPEG。"))


def clean_name(name: str, kind: FileKind) -> str:
    """The name as it may stand on any disk, with the ending that its content deserves."""
    stem = NOT_IN_NAMES.sub("_", clean_text("name", name)).strip(" .")
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", stem).strip(" .") or _("文件")
    ending = f".{kind.value}"
    return stem[: LONGEST_NAME - len(ending)] + ending


def _office_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise _refused(_("压缩内容异常：请另存为新文件后重新上传。"))
            return _document_kind(archive, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, EOFError, ValueError) as error:
        raise _refused(_("文件已损坏、不完整或设有密码：请打开并另存后重新上传。")) from error


def _document_kind(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    kind = next((kind for part, kind in PARTS.items() if part in names), None)
    if kind is None or CONTENT_TYPES not in names:
        raise _refused(_("不能上传这种文件：请使用 PDF、Word（docx）、Excel（xlsx）、PNG 或 JPEG。"))
    with archive.open(CONTENT_TYPES) as types:
        has_macros = b"macroEnabled" in types.read(1024 * 1024)
    if has_macros or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refused(_("文件含有宏：请另存为不含宏的文件后重新上传。"))
    return kind


def _picture_kind(content: bytes) -> FileKind:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValueError("too many pixels")
                picture.verify()
                return PICTURES[str(picture.format)]
    except UNREADABLE as error:
        raise _refused(_("无法读取这张图片：请使用 PNG 或 JPEG，总像素不超过 4000 万。")) from error


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput.single("file", sentence)
