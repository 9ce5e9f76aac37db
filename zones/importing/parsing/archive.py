"""What a file is, by its content and never by its name; a zip archive by its directory, before anything is unpacked."""

import io
import zipfile

from zones.importing.parsing.limits import (
    MAX_ENTRIES,
    MAX_FILE_BYTES,
    MAX_PACKING,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    Refused,
)

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN_MAGICS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "SQLite"),
)
OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLE_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(raw: bytes) -> str:
    """`xlsx`, `ods`, `xls`, `json`, `xml` or `csv`. Raises Refused for anything else."""
    if not raw.strip():
        raise Refused("empty")
    if len(raw) > MAX_FILE_BYTES:
        raise Refused("too_big", limit=MAX_FILE_BYTES // MEGABYTE)
    if raw.startswith(ZIP_MAGIC):
        return _kind_of_archive(raw)
    if raw.startswith(OLE_MAGIC):
        return _kind_of_ole(raw)
    for magic, name in FOREIGN_MAGICS:
        if raw.startswith(magic):
            raise Refused("not_a_table", found=name)
    return _kind_of_text(raw)


def _kind_of_archive(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" in names:
                _no_macros(archive, names)
                return "xlsx"
            if "content.xml" in names and "mimetype" in names and archive.read("mimetype").strip() == ODS_TYPE:
                return "ods"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Refused("damaged") from error
    raise Refused("not_a_table", found="xlsb" if "xl/workbook.bin" in names else "zip")


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Sizes as the directory states them; a directory that lies is caught by the limits of the process."""
    unpacked = sum(entry.file_size for entry in entries)
    packed_tight = any(
        entry.file_size > MEGABYTE and entry.file_size > MAX_PACKING * max(entry.compress_size, 1) for entry in entries
    )
    if packed_tight or unpacked > MAX_UNPACKED_BYTES or len(entries) > MAX_ENTRIES:
        raise Refused("bomb", size=unpacked // MEGABYTE, limit=MAX_UNPACKED_BYTES // MEGABYTE)


def _no_macros(archive: zipfile.ZipFile, names: set[str]) -> None:
    has_project = any(name.lower().endswith("vbaproject.bin") for name in names)
    if has_project or b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Refused("macros")


def _kind_of_ole(raw: bytes) -> str:
    if OLE_ENCRYPTED in raw:
        raise Refused("encrypted")
    if OLE_MACROS in raw:
        raise Refused("macros")
    if not any(name in raw for name in OLE_WORKBOOKS):
        raise Refused("not_a_table", found="Office 97–2003")
    return "xls"


def _kind_of_text(raw: bytes) -> str:
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        raise Refused("web_page")
    if start.startswith(b"<"):
        return "xml"
    return "json" if start.startswith((b"{", b"[")) else "csv"
