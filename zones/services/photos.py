"""Photos of a resource: read with care, drawn anew as small JPEG, without place, time and camera."""

import io
import warnings
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from zones.errors import InvalidInput, NotFound
from zones.models import Resource, ResourcePhoto
from zones.scoping import Principal
from zones.services.base import clean_text, editable_or_error, must_be_editable, tell_fact, validated

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
MOST_PHOTOS: Final = 8
LONGEST_SIDE: Final = 1_600
QUALITY: Final = 85
FORMATS: Final = ("JPEG", "PNG", "WEBP")
UNREADABLE: Final = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning,
    Image.DecompressionBombError,
)  # fmt: skip
WHITE: Final = (255, 255, 255)


class Drawn(NamedTuple):
    """A photo as it is stored."""

    content: bytes
    width: int
    height: int


@transaction.atomic
def add_photo(principal: Principal, *, resource_id: int, content: bytes, caption: str = "") -> ResourcePhoto:
    """Add a photo behind the others. Raises NotFound, NotAllowed, InvalidInput for what is no photo or too large."""
    resource = editable_or_error(Resource, principal, pk=resource_id)
    stored = ResourcePhoto.objects.editable_by(principal).filter(resource=resource)
    if stored.count() >= MOST_PHOTOS:
        raise InvalidInput.single("photo", _("最多 %(most)d 张照片：请先删除一张。") % {"most": MOST_PHOTOS})
    last = stored.aggregate(last=Max("position"))["last"] or 0
    photo = ResourcePhoto(
        resource=resource,
        position=last + 1,
        caption_zh=clean_text("caption_zh", caption),
        uploaded_by_id=principal.user_id,
        **drawn_anew(content)._asdict(),
    )
    validated(photo).save()
    must_be_editable(photo, principal)
    tell_fact(photo, "photo.added", resource=resource)
    return photo


@transaction.atomic
def remove_photo(principal: Principal, *, photo_id: int) -> None:
    """Take a photo away; its history tells that it was there. Raises NotFound."""
    photo = ResourcePhoto.objects.editable_by(principal).select_related("resource").filter(pk=photo_id).first()
    if photo is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    tell_fact(photo, "photo.removed", resource=photo.resource)
    photo.delete()


def drawn_anew(content: bytes) -> Drawn:
    """The picture upright, at most 1,600 pixels on a side, as JPEG without any metadata. Raises InvalidInput."""
    if len(content) > MOST_BYTES:
        raise InvalidInput.single("photo", _("照片过大：请压缩到 10 MB 以内。"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _draw(content)
    except UNREADABLE as error:
        message = _("无法读取这张照片：请使用 JPEG、PNG 或 WebP 格式，总像素不超过 4000 万。")
        raise InvalidInput.single("photo", message) from error


def _draw(content: bytes) -> Drawn:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        paper = Image.new("RGB", upright.size, WHITE)
        shown = upright.convert("RGBA")
        paper.paste(shown, mask=shown.getchannel("A"))
        stream = io.BytesIO()
        paper.save(stream, "JPEG", quality=QUALITY, optimize=True)
        return Drawn(stream.getvalue(), *paper.size)
