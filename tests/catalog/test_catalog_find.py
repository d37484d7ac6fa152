"""From what people write to an item."""

import pytest

from licet.catalog import Item, find, items
from licet.catalog.item import Item as Plain
from licet.catalog.names import Directory, key
from licet.errors import QuestionError, UnknownItem

NAMES = {
    "nvidia-h100-sxm5": [
        "nvidia-h100-sxm5", "NVIDIA H100 SXM5 80GB", "h100-sxm", "H100 SXM", "nvidia-h100-sxm", "nvidia-h100",
        "NVIDIA H100", " NVIDIA_H100_SXM5 ", "英伟达 H100", "輝達H100", "엔비디아 H100", "エヌビディア H100",
        "Нвидиа H100", "Нвидиа Н100", "ＮＶＩＤＩＡ Ｈ１００",
    ],
    "nvidia-h100-pcie": ["H100 PCIe", "nvidia h100 pcie 80gb", "英伟达 H100 PCIe", "900-21010-0000-000"],
    "nvidia-a100-sxm4-80": ["nvidia-a100", "A100-SXM-80GB", "NVIDIA A100 SXM4 80GB"],
    "nvidia-a100-pcie-80": ["900-21001-0020-100"],
    "nvidia-a800-sxm4-80": ["nvidia-a800"],
    "nvidia-h800-sxm": ["nvidia-h800", "H800 SXM", "H800 SXM5"],
    "nvidia-h200-sxm": ["nvidia-h200", "H200 SXM"],
    "nvidia-l40s": ["nvidia-l40s", "L40S", "エヌビディア L40S", "Нвидиа L40S", "900-2g133-0080-000"],
    "nvidia-b200": ["nvidia-b200", "B200", "輝達 B200", "Нвидиа В200"],
    "nvidia-h20": ["nvidia-h20", "H20", "H20 96GB", "엔비디아 H20"],
    "nvidia-rtx-4090": ["RTX 4090", "GeForce RTX 4090", "nvidia rtx4090"],
    "nvidia-rtx-4090d": ["RTX 4090 D", "RTX 4090D"],
    "amd-mi308x": ["amd-mi308", "MI308", "MI308X", "AMD Instinct MI308X", "超微 Instinct MI308X"],
    "huawei-910c": ["Ascend 910C", "昇腾910C", "昇騰 910C", "华为昇腾910C", "화웨이 어센드 910C"],
    "cambricon-mlu590": ["MLU590", "寒武纪 思元590", "Siyuan 590"],
    "sk-hynix-hbm1-1gb-h5vr8gesm4r": ["H5VR8GESM4R"],
    "nvidia-dgx-h100": ["DGX H100"],
    "nvidia-hgx-h100": ["HGX H100"],
    "nvidia-gb200-nvl72": ["GB200 NVL72", "NVIDIA GB200 NVL72"],
}  # fmt: skip


@pytest.mark.parametrize(("id", "text"), [(id, text) for id, texts in NAMES.items() for text in texts])
def test_names_in_any_script(id: str, text: str) -> None:
    assert find(text).id == id


def test_every_id_finds_its_own_item() -> None:
    assert [find(item.id) for item in items()] == list(items())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("H100", ["nvidia-h100-nvl", "nvidia-h100-pcie", "nvidia-h100-sxm5"]),
        ("Н100", ["nvidia-h100-nvl", "nvidia-h100-pcie", "nvidia-h100-sxm5"]),
        ("H200", ["nvidia-h200-nvl", "nvidia-h200-sxm"]),
        ("昇腾910B", ["huawei-910b1", "huawei-910b2", "huawei-910b3", "huawei-910b4"]),
        ("HBM3E 24GB", ["micron-hbm3e-24gb", "sk-hynix-hbm3e-24gb"]),
        ("英特尔 Gaudi 2", ["intel-gaudi2", "intel-gaudi2-china"]),
    ],
)
def test_a_name_that_several_items_bear_is_refused_with_the_list(text: str, ids: list[str]) -> None:
    with pytest.raises(UnknownItem) as caught:
        find(text)
    assert str(caught.value) == f"{text!r} names {len(ids)} items. Say which one: {', '.join(ids)}."


@pytest.mark.parametrize(
    "text",
    ["nvidia-h10", "H1000", "RTX 4900", "MI300", "A100 8", "H 20 1", "HBM2 4GB 16 Gbps bin", "960", "N100"],
)
def test_a_near_miss_finds_nothing(text: str) -> None:
    with pytest.raises(UnknownItem):
        find(text)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [("nvidia-h100-smx5", "nvidia-h100-sxm5"), ("RTX 490", "RTX 4090"), ("英伟达 L40SS", "nvidia-l40s")],
)
def test_a_near_miss_is_told_what_there_is(text: str, suggested: str) -> None:
    with pytest.raises(UnknownItem) as caught:
        find(text)
    assert caught.value.what == f"the catalog holds no item called {text!r}"
    assert f"'{suggested}'" in caught.value.next


@pytest.mark.parametrize("text", ["", "   ", "?!", "（）"])
def test_nothing_is_no_item(text: str) -> None:
    with pytest.raises(UnknownItem, match="licet catalog"):
        find(text)


def test_the_error_is_a_lookup_error_and_a_question_error() -> None:
    with pytest.raises(LookupError):
        find("no such chip")
    assert issubclass(UnknownItem, QuestionError)


def test_spaces_case_and_punctuation_do_not_count_but_groups_of_digits_stay_apart() -> None:
    assert key("H100-SXM5") == key("h100 sxm5") == key("Ｈ１００　ＳＸＭ５")
    assert key("HBM2 4GB 1.6 Gbps") != key("HBM2 4GB 16 Gbps")


def _item(id: str, name: str, *aliases: str) -> Item:
    return Plain(id, name, "Maker", "other", aliases, {}, "a test", "M", (), "", {})


def test_colliding_aliases_are_ambiguous_unless_one_is_preferred() -> None:
    one, two = _item("maker-one", "One", "Both"), _item("maker-two", "Two", "both!")
    directory = Directory([one, two], {})
    assert directory.shared() == {
        "both": ("maker-one", "maker-two"),
        "makerboth": ("maker-one", "maker-two"),
    }
    with pytest.raises(UnknownItem, match="maker-one, maker-two"):
        directory.find("BOTH")
    assert Directory([one, two], {"both": "maker-two"}).find("Both") is two


def test_an_id_wins_over_an_alias() -> None:
    one, two = _item("x", "One"), _item("y", "Two", "X")
    assert Directory([one, two], {}).find("x") is one
