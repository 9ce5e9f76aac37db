"""`manage.py search WORDS`: what somebody would find, with facets and what else to try."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from matching.services.search import search
from matching.services.search_copies import write_search_files
from matching.services.search_json import page_as_json
from zones.management.arguments import principal_of, user_of
from zones.management.telling import CHINESE, answered
from zones.search.highlighting import Pieces
from zones.search.requests import FACETS, read_request
from zones.search.results import SearchPage

HIT, REST = "【", "】"
SHOWN_VALUES = 8


class Command(BaseCommand):
    help = (
        "检索资源、单位与需求，并列出各项条件下的数量。 / Search resources, organizations and needs, with the "
        "counts of every facet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="*", metavar="WORDS", help="要找什么，中文或英文 / what to look for")
        for name in FACETS:
            parser.add_argument(f"--{name}", action="append", metavar="VALUE", help=f"facet {name}; may be repeated")
        for name in ("sort", "near", "page", "size"):
            parser.add_argument(f"--{name}", metavar="VALUE")
        parser.add_argument("--user", metavar="USERNAME", help="以此账号的权限 / with the rights of this user")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--prepare", action="store_true", help="make this host's files anew first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            made = write_search_files()
            self.stdout.write(f"已生成 made: {', '.join(made) or '-'}")
            if not options["words"]:
                return
        principal = principal_of(user_of(options))
        page = answered(lambda: search(principal, read_request(_parameters(options))))
        if options["json"]:
            self.stdout.write(json.dumps(page_as_json(page), ensure_ascii=False))
            return
        with translation.override(CHINESE):
            self.stdout.write("\n".join([*_hits(page), *_help(page), *_facets(page)]))


def _parameters(options: dict[str, Any]) -> dict[str, list[str]]:
    words = " ".join(options["words"])
    if "\x00" in words:
        raise CommandError("检索词含有不可用的字符。 / The words hold a character that cannot be used.")
    single = {name: [options[name]] for name in ("sort", "near", "page", "size") if options[name]}
    return {"q": [words], **single, **{name: options[name] for name in FACETS if options[name]}}


def _hits(page: SearchPage) -> list[str]:
    lines = [f"{page.total} 条 found · 匹配程度 level {page.level} · 排序 sort {page.sort}"]
    for typed, read in page.read_as:
        lines.append(f"“{typed}”按“{read}”检索 / read as")
    for hit in page.hits:
        away = f" · {hit.distance_km:.0f} km" if hit.distance_km is not None else ""
        lines += [f"  {_text(hit.title)}  [{hit.subject}] {hit.score:.2f}{away}", f"      {_text(hit.excerpt)}"]
    return lines


def _help(page: SearchPage) -> list[str]:
    lines = [f"是否要找 did you mean: {'、'.join(page.help.did_you_mean)}"] if page.help.did_you_mean else []
    lines += [f"去掉“{one.name}”有 {one.count} 条 / without it" for one in (*page.help.words, *page.help.facets)]
    return lines


def _facets(page: SearchPage) -> list[str]:
    return [
        f"{name}: {' · '.join(f'{one.label} {one.count}' for one in values[:SHOWN_VALUES])}"
        for name, values in page.facets.items()
        if values
    ]


def _text(pieces: Pieces) -> str:
    return "".join(f"{HIT}{piece.text}{REST}" if piece.is_hit else piece.text for piece in pieces).replace("\n", " ")
