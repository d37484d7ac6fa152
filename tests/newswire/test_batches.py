"""Many reports: stories, the labelled sets, the outputs, and the five real ones where they are at hand."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
import io
import json
import random
from html.parser import HTMLParser

import keys
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newswire_texts import REPORTS, labelled, sheet
from rich.console import Console

from licet import newswire
from licet.newswire import wording
from licet.newswire.digest import print_digest
from licet.newswire.lines import lines
from licet.newswire.page import page

ROWS = labelled()


@pytest.fixture(scope="module")
def batch() -> newswire.Batch:
    return newswire.read_sheets([sheet(row) for row in ROWS])


def test_the_labelled_set_is_wide_enough() -> None:
    assert len(ROWS) >= 60
    assert len({row["language"] for row in ROWS}) >= 10
    assert sum(not row["relevant"] for row in ROWS) >= 12


@pytest.mark.parametrize(
    ("what", "kinds"),
    [("chips", ("chip",)), ("parties", ("company", "agency", "person", "group")), ("provisions", ("rule",))],
)
def test_precision_and_recall(batch: newswire.Batch, what: str, kinds: tuple[str, ...]) -> None:
    by_id = {report.id: report for report in batch.reports}
    hit = given = right = 0
    for row in ROWS:
        answer = set(by_id[row["id"]].named(*kinds))
        if what == "chips":
            answer |= {"seven-nm", "lithography"} & set(by_id[row["id"]].named("item"))
        truth = set(row[what])
        hit, given, right = hit + len(truth & answer), given + len(answer), right + len(truth)
    assert hit / given >= 0.9
    assert hit / right >= 0.9


def test_claims_of_the_texts_written_before_the_rules(batch: newswire.Batch) -> None:
    by_id = {report.id: report for report in batch.reports}
    wanted = met = made = made_up = 0
    for row in (row for row in ROWS if "claims" in row):
        key, also = keys.of_row(row)
        wanted, met = wanted + len(key), met + len(keys.found(key, by_id[row["id"]]))
        made, made_up = made + len(by_id[row["id"]].claims), made_up + len(keys.invented(key, also, by_id[row["id"]]))
    assert met / wanted >= 0.9
    assert made_up / made <= 0.05


def test_stories_are_grouped(batch: newswire.Batch) -> None:
    told = {id_: story.id for story in batch.stories for id_ in story.reports}
    truth = {row["id"]: row["story"] for row in ROWS}
    score = 0.0
    for id_, own in truth.items():
        answer = {other for other in truth if told[other] == told[id_]}
        same = {other for other in truth if truth[other] == own}
        precision, recall = len(answer & same) / len(answer), len(answer & same) / len(same)
        score += 2 * precision * recall / (precision + recall) / len(truth)
    assert score >= 0.9


def test_every_tie_has_a_reason(batch: newswire.Batch) -> None:
    ties = [tie for story in batch.stories for tie in story.ties]
    assert len(ties) > 20
    assert all(tie.why for tie in ties)


def test_issued_and_rescinded_are_two_stories_that_know_of_each_other(batch: newswire.Batch) -> None:
    story_of = {id_: story for story in batch.stories for id_ in story.reports}
    assert story_of["diff-en"].id != story_of["resc-en"].id
    assert story_of["resc-en"].id in [id_ for id_, _ in story_of["diff-en"].related]


def test_the_order_of_the_files_changes_nothing(batch: newswire.Batch) -> None:
    shuffled = [sheet(row) for row in ROWS]
    random.Random(7).shuffle(shuffled)
    assert list(lines(newswire.read_sheets(shuffled))) == list(lines(batch))


def test_all_evidence_is_verbatim(batch: newswire.Batch) -> None:
    for report in batch.reports:
        for claim in report.claims:
            assert report.source.original[claim.evidence.start : claim.evidence.end] == claim.evidence.exact


def test_json_lines(batch: newswire.Batch) -> None:
    records = [json.loads(line) for line in lines(batch)]
    assert {record["type"] for record in records} == {"NewsArticle", "Story"}
    claims = [claim for record in records if record["type"] == "NewsArticle" for claim in record["claims"]]
    assert all(claim["evidence"]["selector"]["exact"] for claim in claims)
    assert all("review" not in claim for claim in claims if claim["verdict"] == "not in the record")


def test_the_page_stands_alone_and_reads_from_the_right(batch: newswire.Batch) -> None:
    html = page(batch)
    for tag in ("<script", "<link", "<img", "http://", "https://", "javascript:"):
        assert tag not in html
    assert 'dir="rtl"' in html
    assert "<mark" in html

    class Balance(HTMLParser):
        open_: list[str]

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in {"meta", "br"}:
                self.open_.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open_.pop() == tag

    parser = Balance()
    parser.open_ = []
    parser.feed(html)
    assert parser.open_ == []


def test_hostile_words_do_not_reach_the_page_as_markup() -> None:
    hostile = newswire.Sheet(
        "<b>x</b>", "<script>alert(1)</script> China asks the US to ease export controls on HBM chips."
    )
    html = page(newswire.read_sheets([hostile]))
    assert "<script" not in html
    assert "<b>x" not in html


def test_the_digest(batch: newswire.Batch) -> None:
    stream = io.StringIO()
    print_digest(batch, Console(file=stream, width=120))
    assert "confirmed" in stream.getvalue()


@pytest.fixture(scope="module")
def five() -> newswire.Batch:
    return newswire.read([REPORTS])


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside this checkout")
class TestTheFiveReports:
    def by_language(self, five: newswire.Batch) -> dict[str, newswire.Report]:
        return {report.language: report for report in five.reports}

    def test_language_and_day(self, five: newswire.Batch) -> None:
        days = {report.language: str(report.published.day) for report in five.reports}
        assert days == {
            "ru": "2025-08-10",
            "fr": "2025-08-10",
            "ar": "2025-08-10",
            "ja": "2025-05-13",
            "zh": "2025-01-13",
        }

    def test_three_are_one_story_and_two_stand_apart(self, five: newswire.Batch) -> None:
        languages = {report.id: report.language for report in five.reports}
        groups = {frozenset(languages[id_] for id_ in story.reports) for story in five.stories}
        assert groups == {frozenset({"ru", "fr", "ar"}), frozenset({"ja"}), frozenset({"zh"})}

    def test_the_rule_issued_knows_of_the_rule_rescinded(self, five: newswire.Batch) -> None:
        stories = {story.day.isoformat(): story for story in five.stories if story.day}
        assert stories["2025-05-13"].id in [id_ for id_, _ in stories["2025-01-13"].related]

    def test_all_rely_on_one_outlet(self, five: newswire.Batch) -> None:
        assert all("ft" in report.relies_on for report in five.reports)

    def test_systems_and_actors(self, five: newswire.Batch) -> None:
        wanted = {
            "ru": "trump xi biden bessent lutnick he-lifeng huawei hbm us-treasury-or-us",
            "fr": "trump xi huawei hbm nvidia nvidia-h20",
            "ar": "trump xi biden bessent lutnick he-lifeng huang gregory-allen csis huawei smic nvidia nvidia-h20 hbm gaming-gpu",
            "ja": "trump biden huang huawei ascend huawei-910b huawei-910c huawei-910d nvidia amd deepseek openai humain bis "
            "us-commerce nvidia-h100 nvidia-h200 nvidia-h20 nvidia-blackwell ai-diffusion-rule chip-security-act",
            "zh": "biden sullivan raimondo virkkunen sefcovic neuffer cruz nvidia deepseek tsmc asml tokyo-electron "
            "applied-materials lam-research kla us-commerce mofcom reuters time sia iti ai-diffusion-rule model-weights",
        }
        for language, report in self.by_language(five).items():
            assert set(wanted[language].split()) - {"us-treasury-or-us"} - set(report.named()) == set()

    def test_nine_claims_of_ten_are_found_and_none_is_invented(self, five: newswire.Batch) -> None:
        wanted = met = 0
        made_up: list[str] = []
        for language, report in self.by_language(five).items():
            key, also = keys.five()[language]
            wanted += len(key)
            met += len(keys.found(key, report))
            made_up += [wording.said(claim) for claim in keys.invented(key, also, report)]
        assert wanted >= 70
        assert met / wanted >= 0.9
        assert made_up == []

    def test_known_errors_are_caught(self, five: newswire.Batch) -> None:
        caught = {
            link.to
            for report in five.reports
            for claim in report.claims
            for link in claim.links
            if link.kind == "check"
        }
        assert caught >= {
            "country of humain",
            "origin of nvidia-h20",
            "hbm-half-of-value",
            "relief-a-gift",
            "h20-eased-in-july",
            "truce-will-be-extended",
        }

    def test_the_damage_is_undone(self, five: newswire.Batch) -> None:
        source = self.by_language(five)["zh"].source
        assert source.restored() == source.original
        assert not any(mark in source.text for mark in ("(d", "ǎo)", ",，", ",。"))
        assert sum(change.inferred for change in source.changes) == 2
        assert sum(bool(report.source.changes) for report in five.reports) == 1

    def test_a_request_names_its_what_if(self, five: newswire.Batch) -> None:
        for language in ("ru", "fr", "ar"):
            assert "relax-hbm" in [claim.proposal for claim in self.by_language(five)[language].claims]


@given(st.text(max_size=300), st.sampled_from(["", "2025-05-14", "not a day"]))
def test_any_text_is_read(text: str, day: str) -> None:
    report = newswire.read_one(newswire.Sheet("any", text, published=day))
    assert report.source.restored() == text
