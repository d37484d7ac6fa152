"""HTML in which nothing is forgotten to be escaped: a string is text until a function of this module made it HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

STYLE = """
:root{color-scheme:light dark;--line:#8885;--soft:#8881;--good:#2a8a3e;--warn:#a15c00}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:0 1rem 4rem}
nav{border-bottom:1px solid var(--line);padding:.7rem 0;margin-bottom:1.2rem}nav a{margin-right:1rem}
h1{margin:.2rem 0;overflow-wrap:anywhere}h1+p{font-size:1.15rem;margin:.2rem 0 1rem}h2{margin:2.2rem 0 .4rem}
h3{margin:1.6rem 0 .3rem}a{color:inherit;text-decoration-color:#8888;text-underline-offset:.15em}
a.out::after{content:"\\2197";font-size:.75em;opacity:.6}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);gap:.2rem 1rem;margin:.5rem 0}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}ul.when,ul.when ul{list-style:none;margin:.1rem 0;padding-left:1.1rem;
border-left:2px solid var(--line)}ul.when{background:var(--soft);padding:.5rem .8rem}ul.when b{font-weight:600}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;text-align:left;
vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:anywhere}thead th{border-bottom-width:2px}
.small{font-size:.87rem;opacity:.85}.mark{border:1px solid var(--warn);color:var(--warn);border-radius:.2rem;
padding:0 .35rem;font-size:.85rem}.now{border-color:var(--good);color:var(--good)}ul.plain{padding-left:1.1rem}
code{font-size:.93em}:target{outline:2px solid #36c;outline-offset:2px}section{break-inside:avoid-page}
@media(max-width:40rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}}
@media print{nav{display:none}body{max-width:none;font-size:10.5pt}details>*{display:block}
a{text-decoration:none}a.out::after{content:" <" attr(href) ">";font-size:.8em}ul.when{background:none}}
"""
#: Elements that have no content.
_EMPTY = frozenset({"br", "meta"})


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *parts: str, **attributes: str) -> Html:
    """An element; parts that are not HTML are escaped, and so are attributes. ``class_`` is the attribute ``class``.

    >>> tag("a", "law & order", href="a.html", class_="out")
    '<a href="a.html" class="out">law &amp; order</a>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value
    )
    return Html(f"<{name}{written}>" if name in _EMPTY else f"<{name}{written}>{join(parts)}</{name}>")


def text(part: str) -> Html:
    """`part` as HTML."""
    return part if isinstance(part, Html) else Html(escape(part))


def join(parts: Iterable[str], between: str = "") -> Html:
    """All parts as HTML, one after the other."""
    return Html(text(between).join(map(text, parts)))


def listed(items: Iterable[str], class_: str = "plain") -> Html:
    """An unordered list; nothing where there are no items."""
    rows = [tag("li", item) for item in items]
    return tag("ul", *rows, class_=class_) if rows else Html("")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Html:
    """A table that scrolls by itself on a narrow screen; nothing where there are no rows."""
    body = [tag("tr", *(tag("td", cell) for cell in row)) for row in rows]
    if not body:
        return Html("")
    top = tag("thead", tag("tr", *(tag("th", cell, scope="col") for cell in head)))
    return tag("div", tag("table", top, tag("tbody", *body)), class_="table")


def terms(pairs: Iterable[tuple[str, str]]) -> Html:
    """Words and what belongs to them; pairs without a value are left out."""
    rows = [join((tag("dt", word), tag("dd", value))) for word, value in pairs if value]
    return tag("dl", *rows) if rows else Html("")


def page(title: str, body: Iterable[str], *, up: str, menu: Iterable[tuple[str, str]], foot: str) -> str:
    """A whole page, as text.

    Args:
        title: of the page.
        body: what stands on it.
        up: the way to the top folder of the site: empty, or ``../``.
        menu: names and addresses, seen from the top folder.
        foot: the last line.
    """
    links = [tag("a", name, href=f"{up}{address}") for name, address in menu]
    head = (
        tag("meta", charset="utf-8"), tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv_="Content-Security-Policy", content="default-src 'none'; style-src 'unsafe-inline'"),
        tag("title", title), tag("style", Html(STYLE)),
    )  # fmt: skip
    inner = (tag("nav", *links), tag("main", *body), tag("footer", tag("p", foot, class_="small")))
    return f'<!doctype html>\n<html lang="en">{tag("head", *head)}{tag("body", *inner)}</html>\n'
