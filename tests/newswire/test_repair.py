"""Damage is undone, written down, and can be done again; what is whole stays as it is."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
import ftfy.bad_codecs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newswire_texts import labelled

from licet.newswire.repair import repaired
from licet.newswire.source import Change, Source

assert ftfy.bad_codecs
TEXTS = [row["text"] for row in labelled()]
PAGES = (
    "sloppy-windows-1252",
    "latin-1",
    "sloppy-windows-1251",
    "sloppy-windows-1256",
    "koi8-r",
    "cp866",
    "cp852",
    "cp437",
)
ANNOTATED = "美國商務部宣布對華芯片實(shí)施出口管制,。英偉達(dá)表示,，新規(guī)定將影響收入。業(yè)內(nèi)人士認(rèn)為,，這對產(chǎn)業(yè)不利。"


@pytest.mark.parametrize("text", TEXTS)
def test_clean_text_is_never_changed(text: str) -> None:
    assert repaired(text).changes == ()


@pytest.mark.parametrize("page", PAGES)
def test_utf8_misread_through_a_code_page(page: str) -> None:
    tried = 0
    for text in TEXTS:
        try:
            broken = text.encode().decode(page)
        except UnicodeDecodeError:
            continue
        if sum(char >= "\x80" for char in text) < 8:
            continue
        tried += 1
        source = repaired(broken)
        assert source.text == text
        assert source.restored() == broken
    assert tried


@pytest.mark.parametrize("page", ["gb18030", "cp932"])
@pytest.mark.parametrize("language", ["ru", "ar", "ko"])
def test_a_lossy_misreading_is_undone_in_part_and_flagged(page: str, language: str) -> None:
    text = next(row["text"] for row in labelled() if row["language"] == language and len(row["text"]) > 100)
    source = repaired(text.encode().decode(page, "replace"))
    assert source.changes
    assert all(change.inferred for change in source.changes)
    assert source.restored() == text.encode().decode(page, "replace")


def test_pinyin_notes_go_and_can_come_back() -> None:
    source = repaired(ANNOTATED)
    assert source.text == (
        "美國商務部宣布對華芯片實施出口管制。英偉達表示，新規定將影響收入。業內人士認為，這對產業不利。"
    )
    assert source.restored() == ANNOTATED


def test_brackets_in_plain_chinese_stay() -> None:
    text = "高带宽内存(hbm)和人工智能(ai)芯片,以及图形处理器(gpu)。"
    assert repaired(text).text == text


def test_a_span_of_the_repaired_text_leads_back() -> None:
    source = repaired(ANNOTATED)
    start = source.text.index("實施出口管制")
    first, last = source.span(start, start + 6)
    assert ANNOTATED[first:last].startswith("實(shí)施出口管制")


@given(st.text(max_size=200))
def test_any_text_can_be_restored(text: str) -> None:
    assert repaired(text).restored() == text


@given(
    st.text("abcdef", min_size=12, max_size=40),
    st.lists(st.tuples(st.integers(0, 9), st.text("XYZ", max_size=3)), max_size=3),
)
def test_changes_are_undone_exactly(text: str, edits: list[tuple[int, str]]) -> None:
    at, changes = 0, []
    for step, now in edits:
        start, end = min(at + step, len(text)), min(at + step + 1, len(text))
        changes.append(Change(start, end, text[start:end], now, "test"))
        at = end + 1
        if at >= len(text):
            break
    source = Source.of(text, changes)
    assert source.restored() == text
    for first in range(len(source.text) + 1):
        low, high = source.span(first, len(source.text))
        assert 0 <= low <= high <= len(text)
