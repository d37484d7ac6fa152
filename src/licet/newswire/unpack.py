"""What a file holds: one report in plain text or HTML, or many in a feed or in JSON Lines.

HTML goes through trafilatura, which leaves menus, advertisements and footers behind; feeds are read with a parser
that follows no entity and no link. Nothing is fetched.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Final

from licet.errors import FileError
from licet.newswire.decode import LARGEST, decode


@dataclass(frozen=True)
class Sheet:
    """One report as it was found in a file, before it is read.

    Attributes:
        id: the file's name, with a number where a file holds several.
        text: title and body, as decoded.
        title: the headline, where the file says which it is.
        published: the day of publication as the file gives it, unparsed.
        site, url, language: what the file says of itself.
        encoding: the encoding the file was in.
        kind: ``text``, ``html``, ``feed`` or ``jsonl``.
    """

    id: str
    text: str
    title: str = ""
    published: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    encoding: str = "utf-8"
    kind: str = "text"
    extra: dict[str, Any] = field(default_factory=dict, hash=False)


#: A page with more tags than this, or deeper than that, is not a page but an attack on its reader.
_MOST_TAGS: Final = 60_000
_DEEPEST: Final = 400
_HTML: Final = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h1|title|meta)\b", re.IGNORECASE)
_FEED: Final = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_LINES: Final = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_LONGEST_LINE: Final = 2_000_000


def sheets(path: Path, name: str = "") -> Iterator[Sheet]:
    """The reports in the file at `path`, in their order.

    Args:
        path: the file.
        name: what it is called in ids and messages; its own name by default.

    Raises:
        FileError: it cannot be read, or holds no text. What came before the fault has been given.
    """
    name = name or path.name
    if path.is_dir():
        raise FileError("this is a folder", where=name, next="name the files in it")
    try:
        if path.suffix.casefold() in _LINES:
            yield from _lines(path, name)
            return
        if path.stat().st_size > LARGEST:
            raise FileError(f"the file has {path.stat().st_size:,} bytes", where=name, why=f"the limit is {LARGEST:,}")
        data = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileError):
            raise
        raise FileError("the file cannot be read", where=name, why=error.strerror or str(error)) from None
    yield from unpack(data, name)


def unpack(data: bytes, name: str) -> Iterator[Sheet]:
    """The reports in the bytes of one file that is not JSON Lines."""
    text, encoding = decode(data, name)
    start = text[:3000].lstrip("\ufeff \t\r\n")
    if start.startswith("<") and _FEED.search(start):
        yield from _feed(text, name, encoding)
    elif start.startswith("{") and (record := _record(text)) is not None:
        yield _from_record(record, name, encoding)
    elif start.startswith("<") and _HTML.search(start):
        yield page(text, name, encoding)
    else:
        yield Sheet(name, text, encoding=encoding)


def _lines(path: Path, name: str) -> Iterator[Sheet]:
    count = 0
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                raise FileError(f"the line is longer than {_LONGEST_LINE:,} bytes", where=f"{name}, line {number}")
            if not line.strip():
                continue
            text, encoding = decode(line, f"{name}, line {number}")
            record = _record(text)
            if record is None:
                raise FileError(
                    "this is no JSON object",
                    where=f"{name}, line {number}",
                    next="put one object with a text on each line",
                )
            count += 1
            yield _from_record(record, f"{name}:{number}", encoding)
    if not count:
        raise FileError("the file is empty", where=name)


def _record(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _first(record: dict[str, Any], *names: str) -> str:
    for key in names:
        value = record.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _from_record(record: dict[str, Any], name: str, encoding: str) -> Sheet:
    title = _first(record, "title", "headline")
    body = _first(record, "text", "body", "content", "articleBody", "maintext", "description", "summary")
    if not body and not title:
        raise FileError("the record has no text", where=name, next="give it as text, body or content")
    if _HTML.match(body.lstrip()) or "</p>" in body:
        body = page(body, name, encoding).text
    text = f"{title}\n\n{body}" if title and not body.startswith(title) else body
    return Sheet(
        (_first(record, "id") and f"{name}#{_first(record, 'id')}") or name,
        text,
        title,
        _first(record, "published", "date_publish", "datePublished", "date", "pubDate", "published_at", "timestamp"),
        _first(record, "source", "site", "publisher", "outlet", "source_domain"),
        _first(record, "url", "link"),
        _first(record, "language", "lang", "inLanguage"),
        encoding,
        "jsonl",
        record,
    )


_META: Final = re.compile(r"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DATES: Final = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "pubdate",
    "publishdate",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
    "publish-date",
    "citation_date",
)
_IN_JSON: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_IN_TIME: Final = re.compile(r"""<time\b[^>]*\bdatetime\s*=\s*["']([^"']{8,40})["']""", re.IGNORECASE)
_LANG: Final = re.compile(r"""<html\b[^>]*\blang\s*=\s*["']?([A-Za-z]{2,3})""", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title[^>]*>([^<]{0,600})</title", re.IGNORECASE)


def page(text: str, name: str, encoding: str = "utf-8") -> Sheet:
    """The report on an HTML page."""
    _safe(text, name)
    meta: dict[str, str] = {}
    for tag in _META.finditer(text[:400_000]):
        values = {key.casefold(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(tag[0])}
        name_of = values.get("property") or values.get("name") or values.get("itemprop") or ""
        if name_of and values.get("content"):
            meta.setdefault(name_of.casefold(), values["content"])
    in_page = [found[1] for pattern in (_IN_JSON, _IN_TIME) if (found := pattern.search(text))]
    title = meta.get("og:title") or _inner(_TITLE, text)
    body = _main_text(text, name)
    if title and title.strip() not in body[: len(title) + 200]:
        body = f"{title.strip()}\n\n{body}"
    language = _LANG.search(text[:4000])
    return Sheet(
        name,
        body,
        title.strip(),
        next((meta[key] for key in _DATES if key in meta), "") or "".join(in_page[:1]),
        meta.get("og:site_name", ""),
        meta.get("og:url", ""),
        language[1].casefold() if language else "",
        encoding,
        "html",
    )


def _inner(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text[:400_000])
    return unescape(found[1]) if found else ""


_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_NEVER_CLOSED: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dt",
        "dd",
        "option",
    ]
)


def _safe(text: str, name: str) -> None:
    tags = text.count("<")
    if tags > _MOST_TAGS:
        raise FileError(f"the page has {tags:,} tags", where=name, why=f"the limit is {_MOST_TAGS:,}")
    if tags < _DEEPEST:
        return
    depth = 0
    for found in _TAG.finditer(text):
        if found[2].casefold() in _NEVER_CLOSED or found[3]:
            continue
        depth += -1 if found[1] else 1
        if depth > _DEEPEST:
            raise FileError("the page is nested too deep to be one", where=name, why=f"the limit is {_DEEPEST} levels")


def _main_text(text: str, name: str) -> str:
    import trafilatura  # takes half a second to load, and plain text does not need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        body = trafilatura.extract(text, fast=True, include_comments=False, include_tables=False, favor_recall=True)
    except Exception as error:
        raise FileError("the page cannot be read", where=name, why=str(error)[:200] or type(error).__name__) from None
    if not body:
        stripped = re.sub(r"<(script|style)\b.*?</\1\s*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
        body = unescape(re.sub(r"<[^>]*>", "\n", stripped))
        body = re.sub(r"\s*\n\s*", "\n", body).strip()
    if not body:
        raise FileError("the page holds no text", where=name)
    return str(body)


def _feed(text: str, name: str, encoding: str) -> Iterator[Sheet]:
    from lxml import etree

    if "<!ENTITY" in text[:100_000] or text.count("<") > _MOST_TAGS:
        raise FileError("the feed declares entities of its own, or has too many tags", where=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), parser)
    if root is None:
        raise FileError("the feed cannot be read", where=name)
    entries = [node for node in root.iter() if _local(node) in {"item", "entry"}]
    site = next((_text(node) for node in root.iter() if _local(node) == "title"), "")
    if not entries:
        raise FileError("the feed holds no report", where=name)
    for number, entry in enumerate(entries, 1):
        parts = {_local(child): child for child in reversed(list(entry))}
        title = _plain(_text(parts.get("title")))
        bodies = [_plain(_text(parts.get(tag))) for tag in ("encoded", "content", "description", "summary")]
        body = max(bodies, key=len)
        day = next((_text(parts[tag]) for tag in ("pubdate", "published", "date", "updated") if tag in parts), "")
        link = parts.get("link")
        url = "" if link is None else _text(link) or str(link.get("href") or "")
        if title or body:
            yield Sheet(f"{name}:{number}", f"{title}\n\n{body}".strip(), title, day, site, url, "", encoding, "feed")


def _local(node: Any) -> str:
    return str(node.tag).rsplit("}", 1)[-1].casefold() if isinstance(node.tag, str) else ""


def _text(node: Any) -> str:
    return "" if node is None else "".join(node.itertext()).strip()


def _plain(text: str) -> str:
    if "<" not in text:
        return unescape(text) if "&" in text else text
    broken = re.sub(r"</(?:p|div|li|h\d)\s*>|<br\s*/?>", "\n", text)
    return re.sub(r"[^\S\n]+", " ", unescape(re.sub(r"<[^>]*>", "", broken))).strip()
