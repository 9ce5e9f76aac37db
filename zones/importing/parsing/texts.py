"""CSV as people send it: UTF-8 with or without BOM, UTF-16 with BOM, GBK and GB18030; commas, semicolons or tabs."""

import codecs
import csv
import io

from zones.importing.parsing.limits import MAX_CELL_CHARACTERS, MAX_HEADER_ROWS, MAX_ROWS, Refused, check_extent

DELIMITERS = ",\t;，|"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(raw: bytes) -> str:
    """The text of a file. Raises Refused where no encoding in use fits."""
    encodings = ("utf-16",) if raw.startswith(UTF16_MARKS) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Refused("nul")
        return text
    raise Refused("encoding")


def read_csv(raw: bytes) -> list[list[str | None]]:
    """Rows as written, blank ones too, so that their numbers are those people see. A quote that is never closed is
    refused where it opens: read on, it would swallow the rows below it.
    """
    text = decoded(raw)
    csv.field_size_limit(50 * MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str | None]] = []
    last = 0
    try:
        for row in reader:
            last = reader.line_num
            rows.append([cell or None for cell in row])
            if len(rows) > MAX_ROWS + MAX_HEADER_ROWS:
                check_extent(rows=len(rows) + sum(1 for _row in reader), columns=1)
    except csv.Error as error:
        raise Refused("bad_csv", row=last + 1) from error
    check_extent(rows=len(rows), columns=max(map(len, rows), default=0))
    return rows


def _delimiter(text: str) -> str:
    """What the first lines hold most of, outside quotes; a comma where they hold none."""
    head = "\n".join(text.splitlines()[:5])
    bare = "".join(head.split('"')[::2])
    return max(DELIMITERS, key=lambda mark: (bare.count(mark), mark == ","))
