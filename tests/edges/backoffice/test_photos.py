"""Photos of a resource: drawn anew without metadata, seen by who sees the resource, changed by its own side."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.builders import make_grant, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_writing import change_url
from zones.errors import InvalidInput, NotAllowed, NotFound
from zones.models import Resource, ResourcePhoto
from zones.scoping import scope_of
from zones.services.photos import MOST_PHOTOS, add_photo, drawn_anew, remove_photo

pytestmark = pytest.mark.django_db
GPS, ORIENTATION, ROTATED = 0x8825, 0x0112, 6


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **more: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(stream, kind, **more)
    return stream.getvalue()


def with_place() -> bytes:
    """A photo lying on its side that tells where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATED
    exif[GPS] = {1: "N", 2: (39.0, 54.0, 20.0)}
    return picture(exif=exif)


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in some hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.fixture
def resource(world: World) -> Resource:
    found = make_resource(organization=world.laboratory, visibility="association")
    make_grant(found, association=world.alliance)
    return found


def test_what_is_kept_is_upright_small_and_tells_no_place() -> None:
    drawn = drawn_anew(with_place())
    assert (drawn.width, drawn.height) == (300, 400)
    kept = Image.open(io.BytesIO(drawn.content))
    assert (kept.format, dict(kept.getexif()), kept.size) == ("JPEG", {}, (300, 400))
    large = drawn_anew(picture(size=(4_000, 1_000)))
    assert (large.width, large.height) == (1_600, 400)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_become_jpeg(kind: str) -> None:
    assert Image.open(io.BytesIO(drawn_anew(picture(kind)).content)).format == "JPEG"


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", picture("GIF"), picture()[:200], bomb(),
     b"x" * (10 * 1024 * 1024 + 1)],
    ids=["nothing", "text", "svg", "gif", "cut short", "bomb", "too large"],
)  # fmt: skip
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as error:
        drawn_anew(content)
    assert list(error.value.errors) == ["photo"]


def test_its_own_side_adds_and_removes_and_nobody_else(world: World, resource: Resource) -> None:
    bo = scope_of(world.bo)
    photo = add_photo(bo, resource_id=resource.pk, content=picture(), caption="光学平台")
    for person, refused in ((world.ana, NotAllowed), (world.cy, NotFound)):
        with pytest.raises(refused):
            add_photo(scope_of(person), resource_id=resource.pk, content=picture())
        with pytest.raises(NotFound):
            remove_photo(scope_of(person), photo_id=photo.pk)
    remove_photo(bo, photo_id=photo.pk)
    assert not ResourcePhoto.plain.exists()


def test_there_are_at_most_eight(world: World, resource: Resource) -> None:
    for _ in range(MOST_PHOTOS):
        add_photo(scope_of(world.bo), resource_id=resource.pk, content=picture(size=(9, 9)))
    with pytest.raises(InvalidInput, match="最多"):
        add_photo(scope_of(world.bo), resource_id=resource.pk, content=picture())


def upload(browse: Browse, person: Any, resource: Resource, content: bytes) -> Any:
    url = change_url(resource).replace("change/", "photos/")
    return browse(person).post(url, {"photo": SimpleUploadedFile("x.jpg", content), "caption": "光学平台"}, follow=True)


def test_on_the_page_of_a_resource(world: World, browse: Browse, resource: Resource) -> None:
    assert "照片已更新" in upload(browse, world.bo, resource, picture()).content.decode()
    assert "无法读取这张照片" in upload(browse, world.bo, resource, b"no photo").content.decode()
    photo = ResourcePhoto.plain.get()
    url = change_url(resource).replace("change/", f"photos/{photo.public_id}/")
    shown = browse(world.ana).get(url)
    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert url in browse(world.ana).get(change_url(resource)).content.decode()
    assert browse(world.ana).post(url).status_code in (302, 404)
    assert ResourcePhoto.plain.exists()
    assert browse(world.cy).get(url).status_code == 404
    assert browse(world.cy).post(url).status_code == 404
    browse(world.bo).post(url)
    assert not ResourcePhoto.plain.exists()


def test_a_photo_of_another_resource_is_a_404(world: World, browse: Browse, resource: Resource) -> None:
    hidden = make_resource(organization=world.laboratory, visibility="zone")
    photo = add_photo(scope_of(world.bo), resource_id=hidden.pk, content=picture())
    for row in (resource, hidden):
        url = change_url(row).replace("change/", f"photos/{photo.public_id}/")
        assert browse(world.ana).get(url).status_code == 404
