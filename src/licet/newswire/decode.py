"""From the bytes of a file to text: what it declares is believed only when it fits."""

from __future__ import annotations

# ruff: noqa: E501 - lists of words and patterns read best on one line
import codecs
import re
import unicodedata
from typing import Final

from charset_normalizer import from_bytes

from licet.errors import FileError

#: A report longer than this is no report; nothing longer is read.
LARGEST: Final = 8_000_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""")
#: What pages call an encoding, and what they mean by it.
_MEANT: Final = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "big5": "big5hkscs",
    "iso-8859-8-i": "iso-8859-8",
}
_TRIED: Final = (
    "cp1251",
    "koi8-r",
    "cp866",
    "iso-8859-5",
    "cp1256",
    "iso-8859-6",
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1250",
    "cp1252",
    "cp1254",
    "cp1253",
    "cp1255",
    "cp874",
    "cp852",
    "cp850",
)
_MAGIC: Final = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format",
    b"PAR1",
    b"Rar!",
    b"7z\xbc\xaf",
    b"OggS",
    b"ID3",
    b"MZ\x90",
)


def decode(data: bytes, name: str = "") -> tuple[str, str]:
    """`data` as text, and the encoding it was in.

    Raises:
        FileError: the file is empty, too long, or no text.
    """
    if not data.strip():
        raise FileError("the file is empty", where=name)
    if len(data) > LARGEST:
        raise FileError(
            f"the file has {len(data):,} bytes",
            where=name,
            why=f"the limit is {LARGEST:,}",
            next="split it, or give the reports as JSON Lines, one a line",
        )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, name), encoding.removesuffix("-sig")
    found = _unmarked(data)
    if found is None:
        raise FileError("this is no text", where=name, why="it holds bytes no text has")
    return data.decode(found), found


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileError(f"the file begins as {encoding} and is not", where=name, why=str(error.reason)) from None


def _unmarked(data: bytes) -> str | None:
    if data.startswith(_MAGIC):
        return None
    if b"\0" in data:
        return _wide(data)
    if sum(data.count(bytes((code,))) for code in (*range(1, 9), *range(14, 27))) > len(data) // 200:
        return None
    if _fits(data, "utf-8"):
        return "utf-8"
    found = _DECLARED.search(data[:4096])
    candidates = list(_TRIED)
    if found:
        name = found[1].decode("ascii").casefold()
        name = _MEANT.get(name, name)
        if _fits(data, name) and name in _TRIED:
            candidates.insert(0, name)
    best = from_bytes(data[:60_000]).best()
    if best is not None:
        candidates.insert(0 if not found else 1, best.encoding)
    scored = [
        (plausible(_sample(data, name)) + (0.03 if place < 2 else 0.0), -place, name)
        for place, name in enumerate(dict.fromkeys(candidates))
        if _fits(data, name)
    ]
    score, _, encoding = max(scored, default=(0.0, 0, ""))
    return encoding if score > 0.3 else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of plain words is zero."""
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    ok = max(even, odd) > 4 * min(even, odd) and _fits(data, encoding) and plausible(_sample(data, encoding)) > 0.5
    return encoding if ok else None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _sample(data: bytes, encoding: str) -> str:
    """Some of the text, without its plain ASCII, which is the same in all."""
    text = data[:200_000].decode(encoding, "ignore")
    return text if len(text) < 20_000 else text[:20_000]


_COMMON: Final = {
    "CYRILLIC": "оеаинтсрвлкмдпуяыьгзбчй",
    "ARABIC": "اليمونرتبدعسفهكة",
    "GREEK": "αοιετσνηυρπκμλ",
    "HEBREW": "יוהלאתרבשמנ",
    "THAI": "านรอกเงมยลวดท",
    "CJK": "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進着等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝影算低持音眾書布復容兒須際商非驗連斷深難近礦千週委素技備半辦青省列習響約支般史感勞便團往酸歷市克何除消構府稱太準精值號率族維劃選標寫存候毛親快效斯院查江型眼王按格養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴",
}


def plausible(text: str) -> float:
    """How much `text` looks like words of one script, from 0 to 1. Only what is not ASCII counts."""
    scripts: dict[str, int] = {}
    by_script: dict[str, list[str]] = {}
    odd = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char < "\x80":
            continue
        category = unicodedata.category(char)
        if category[0] == "L":
            script = _script(char)
            scripts[script] = scripts.get(script, 0) + 1
            by_script.setdefault(script, []).append(char.lower())
            odd += category == "Lu" and (
                before.islower() or (script in _APART and before.isupper() and after.isupper())
            )
            odd += script in _APART and (
                (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
            )
        elif (
            (
                before.isalpha()
                and after.isalpha()
                and category[0] == "P"
                and char not in "’‘‐‑–—·・、。，：；「」《》（）〜ー"
            )
            or category in {"Cc", "Co", "Cn", "So", "Sm", "Sk", "No"}
            or char in "¤¦¨¯¸¬±¶"
        ):
            odd += 1
    letters = sum(scripts.values())
    if not letters + odd:
        return 1.0
    if scripts.get("KANA"):
        scripts["KANA"] += scripts.pop("CJK", 0)
    main = max(scripts, key=lambda script: scripts[script], default="")
    common = _common(main, by_script.get(main, []))
    one = scripts.get(main, 0) / (letters + odd)
    return max(0.0, 0.5 * one + 0.5 * common - 2 * odd / (letters + odd))


def _common(script: str, letters: list[str]) -> float:
    """How usual the letters are: for Latin, in the language that fits best; for others, by frequency."""
    if script in {"HANGUL", "KANA"}:
        return 1.0
    if not letters:
        return 0.0
    if script == "LATIN":
        return max(sum(char in usual for char in letters) for usual in _ACCENTED) / len(letters)
    share = min(1.0, 1.2 * sum(char in _COMMON.get(script, "") for char in letters) / len(letters))
    if script == "CYRILLIC":
        vowels = sum(char in "аеёиоуыэюяіїє" for char in letters) / len(letters)
        return share if 0.28 <= vowels <= 0.6 else share - 0.3
    return share


#: Scripts whose letters do not stand inside a word of ASCII letters.
_APART: Final = frozenset({"CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI"})
_ACCENTED: Final = (
    "àâæçéèêëîïôœùûüÿ",
    "äöüß",
    "áéíñóúü",
    "àáâãçéêíóôõú",
    "àèéìíòóù",
    "áëéèïóöüç",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áéíóöőúüű",
    "ăâîșțşţ",
    "çğıöşüâîi̇",
    "åäö",
    "æøåé",
    "áäčďéíĺľňóôŕšťúýž",
    "čćđšž",
    "āčēģīķļņšūž",
    "ąčęėįšųūž",
    "äõöüšž",
    "áæéíðóöþúý",
    "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)


def _script(char: str) -> str:
    code = ord(char)
    if 0x4E00 <= code < 0xA000:
        return "CJK"
    if 0x3040 <= code < 0x3100:
        return "KANA"
    if 0xFF61 <= code < 0xFFA0:
        return "HALFWIDTH"
    word = unicodedata.name(char, "NONE").split(" ")[0]
    return "CJK" if word in {"CJK", "IDEOGRAPHIC"} else word
