"""Open formats that are no tables: NRII's JSON and EEN's XML, laid out as a table with their own names as titles."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zones.importing.parsing.limits import MAX_CELL_CHARACTERS, MAX_DEPTH, Refused, check_extent
from zones.importing.parsing.texts import decoded

Record = dict[str, Any]
Rows = list[list[Any]]
LIST_MARK = "；"


def read_json(raw: bytes) -> Rows:
    """An array of flat objects, or NRII's envelope with the array in `instruData`. Raises Refused."""
    try:
        document = json.loads(decoded(raw), object_pairs_hook=_no_repeats)
        if isinstance(document, dict):
            document = document.get("instruData", [document])
        records = json.loads(document) if isinstance(document, str) else document
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json", reason=str(error)[:120]) from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Refused("bad_json", reason="array of objects expected")
    return _table([{key: _flat(value) for key, value in record.items()} for record in records])


def read_xml(raw: bytes) -> Rows:
    """EEN profiles: one row each, titled by the path of their elements below `profile`. Raises Refused."""
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refused("bad_xml", reason=type(error).__name__) from error
    profiles = [root] if _name(root) == "profile" else [node for node in root.iter() if _name(node) == "profile"]
    if not profiles:
        raise Refused("bad_xml", reason="no <profile>")
    return _table([_record(profile) for profile in profiles])


def _no_repeats(pairs: list[tuple[str, Any]]) -> Record:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("duplicate key")
    return record


def _flat(value: Any, depth: int = 1) -> Any:
    if depth > MAX_DEPTH:
        raise Refused("too_deep", limit=MAX_DEPTH)
    if isinstance(value, list):
        return LIST_MARK.join(str(_flat(item, depth + 1)) for item in value)
    if isinstance(value, dict):
        return LIST_MARK.join(f"{key}: {_flat(item, depth + 1)}" for key, item in value.items())
    return value[: MAX_CELL_CHARACTERS + 1] if isinstance(value, str) else value


def _record(profile: Element) -> Record:
    record: Record = {}
    for path, text in _texts(profile, "", depth=0):
        record[path] = f"{record[path]}{LIST_MARK}{text}" if path in record else text
    return record


def _texts(node: Element, path: str, *, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        raise Refused("too_deep", limit=MAX_DEPTH)
    for child in node:
        below = f"{path}/{_name(child)}".lstrip("/")
        if child.text and child.text.strip():
            yield below, child.text.strip()[: MAX_CELL_CHARACTERS + 1]
        yield from _texts(child, below, depth=depth + 1)


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _table(records: list[Record]) -> Rows:
    titles = list(dict.fromkeys(key for record in records for key in record))
    check_extent(rows=len(records), columns=len(titles))
    return [titles, *([record.get(title) for title in titles] for record in records)]
