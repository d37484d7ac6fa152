"""What little grammar claims are read by, in tables: who is not the subject, what is a noun, what is passive.

None of it is a parser. Each rule can only take something away: a party that a preposition, a case ending or a particle
marks as not acting is no actor, and a noun such as *easing* does nothing by itself.
"""

from __future__ import annotations

# ruff: noqa: E501, SIM905 - words of many languages read best on one line
import re
from typing import Final

#: Languages whose verb ends the sentence, and that which begins it.
VERB_LAST: Final = frozenset({"ja", "ko", "tr", "hi", "fa"})
VERB_FIRST: Final = frozenset({"ar"})

#: Languages whose subject stands behind the verb where something else begins the sentence.
VERB_SECOND: Final = frozenset({"de", "nl", "sv", "da", "nb"})

#: Words after which a party is not the one who acts.
_PREPOSITIONS: Final = {
    "en": "to with in for of by from against on at between into over toward towards under including via through about than as like not during amid despite without within except alongside",
    "ru": "к с в для от со из на у о об при через за между против про до вместо перед после включая по",
    "uk": "до з із в у для від на про за між проти через щодо перед після по",
    "fr": "à de du des d' avec pour par en vers aux au contre entre sur dans chez depuis comme selon envers pendant durant sous malgré sauf",
    "es": "a al de del con para por en hacia contra entre sobre desde según ante como durante bajo",
    "pt": "à ao aos de do da dos das com para por pela pelo em no na nos nas contra entre sobre segundo durante sob",
    "it": "a al alla ai di del della dei delle con per da dal dalla in nel nella contro tra fra su sul sulla verso secondo durante sotto",
    "de": "an mit in für von vom aus gegen nach zu zum zur bei zwischen über durch auf wie laut des einen einem unter während trotz ohne",
    "nl": "aan met in voor van uit tegen naar bij tussen over door op volgens tijdens onder",
    "pl": "do z w dla od na przez o przeciw przeciwko między wobec ze we po według pod podczas",
    "cs": "do z v pro od na proti o mezi k s se ze ve podle",
    "sv": "till med i för av från mot på mellan om vid över enligt",
    "da": "til med i for af fra mod på mellem om ifølge",
    "nb": "til med i for av fra mot på mellom om ifølge",
    "id": "ke dengan di untuk dari oleh terhadap pada antara kepada bagi menurut",
    "vi": "cho với ở tại từ sang tới đến vào về của cùng theo bởi",
    "ro": "la cu în pentru de din către împotriva între pe spre",
    "el": "σε στο στη στην στον με για από προς κατά",
    "ar": "في من مع إلى على عن لدى ضد بين تجاه بشأن نحو حول",
    "fa": "به با در برای از علیه بر بین",
    "he": "עם על מן של נגד בין אל לפי",
    "th": "ต่อ กับ ใน ให้ จาก แก่ ไปยัง ของ",
}
_BEFORE: Final = {language: frozenset(words.split()) for language, words in _PREPOSITIONS.items()}
_LAST_WORD: Final = re.compile(r"[\w']+\W*$")
_ZH_BEFORE: Final = tuple(
    "对 對 向 与 與 和 在 给 給 从 從 受 將 将 把 为 以 让 讓 令 使 对向 往 至 到 针对 針對 据 據 被 遭 包括 包含 比如 例如 担心 擔心 防止 阻止 限制 禁止 要求 允许 允許 敦促 呼吁 呼籲 说服 說服".split()
)
_ZH_AFTER: Final = re.compile(
    r"^(?:(?:半导体|半導體|互联网|互聯網|通信|汽车|汽車|行业|行業|科技|芯片|晶片|人工智能|AI|电子|電子|大型|主要|本土|技术|技術){0,3}(?:协会|協會|公司|企业|企業|厂商|廠商|买家|買家)|的|市场|市場|客户|客戶|境内|制造|製|产|產|籍|国家安全|國家安全|核心|最亲密|最親密)"
)
_TITLE: Final = r"(?:氏|社|側|政府|当局|当局者|大統領|首相|主席|長官|商務長官|財務長官|副首相|会長|社長|議員|上院議員|副?報道局長|経済産業相|経産相|外相|次期大統領|下院議員|の?報道官|の?担当者|の?広報官?|の?幹部|代表|CEO|政権|議会|各社|両国|大使館|商務省|外務省|の?政策立案者|の?議員|の?当局者?|の?高官|の?政府高官|の?規制当局|の?[^。、はがもをにでとの]{0,3}長官|のグループ|の(?:戦略|狙い|方針|代表団))"
_JA_ACTS: Final = re.compile(rf"^\s?(?:\([^)]*\)|（[^）]*）)?\s?{_TITLE}?\s?(?:らは?|は|が|も)(?![^。]{{0,1}}の)")
_JA_NOT: Final = re.compile(r"^\s?[^。、]{0,6}?(?:を|に|で|と|へ|の|から|向け|製|など)")
_KO_ACTS: Final = re.compile(
    r"^\s?(?:\w{0,5}(?:장관|차관|본부장|위원장|대변인|국장|의원)|정부|당국|상무부|측|대통령|장관|최고경영자|CEO|대표|의원|대변인|위원회|총리|부총리|관리들|기업|회사|\([^)]*\)|\s){0,3}(?:은|는|이|가|도|께서)(?=[\s,.])"
)
_TR_CASES: Final = re.compile(
    r"^['’](?:y?[ea]|n?[ıiuü]n|d[ea]n?|t[ea]n?|n?d[ea]n?|y?l[ea]|y?[ıiuü])(?!\w)|^ (?:menşeli|yapımı|merkezli|çipleri\w*|ile|için|gibi|tarafından|üzerinden|pazarı\w*)"
)
_TR_INSIDE: Final = re.compile(r"[iıuü]n(?:[eaıiuü]|den|dan|de|da|in|ın)$")
_HI_AFTER: Final = re.compile(r"^ (?:समेत|सहित|को|से|में|पर|के साथ|के लिए|का|की|के)(?!\S)")
_FA_AFTER: Final = re.compile(r"^ (?:را|درباره)(?!\S)")
_AR_BEFORE: Final = re.compile(r"(?:^|\s)(?:و|ف)?(?:ب|ل|ك|لل)$")
_AR_INSIDE: Final = re.compile(r"(?:و|ف)?(?:لل|بال|كال)")
#: Endings of names in Russian and Ukrainian that are no nominative.
_SLAVIC: Final = re.compile(
    r"(?:[бвгджзклмнпрстфхцчшщ](?:а|у|е|ом|ем)|[аеиіо]я|ая|[иіеa]ю|ией|ией|ією|[ое]го|[ое]му|[ыиі]м|[ыиі]х|[ыиі]ми|ую|ой|[нт]и|ья|[ії]я|[цнр]ии|[цнрс]ії)$"
)
#: Endings of adjectives in Czech, Slovak and Polish that are no nominative.
_DECLINED: Final = re.compile(r"(?:ými|ých|ého|ému|ymi|ich|imi|ych|iego|iemu)$")
_SLAVIC_NOT: Final = re.compile(r"(?:[иі]я|ея|ая|яя|ое|ее|ые|ие|[кнрвг]а|ане|[оа]ри)$", re.IGNORECASE)
_PLURALS: Final = frozenset({"власти", "чиновники", "представители", "депутаты", "законодатели", "регуляторы"})
_NAMES_IN_A: Final = frozenset({"америка", "украина", "україна", "москва", "гаага", "женева"})


def oblique(text: str, start: int, end: int, language: str) -> bool:
    """Whether what stands at `start` to `end` is marked as not the one who acts."""
    if language == "zh":
        return text[max(0, start - 3) : start].endswith(_ZH_BEFORE) or _ZH_AFTER.match(text[end : end + 8]) is not None
    if language == "ja":
        heads = (start == 0 or text[start - 1] == "\n") and text[end : end + 1] == "、"
        return not heads and _JA_ACTS.match(text[end : end + 24]) is None
    if language == "ko":
        return _KO_ACTS.match(text[end : end + 24]) is None
    if language == "tr" and _TR_CASES.match(text[end : end + 16]):
        return True
    if language == "tr" and " " in text[start:end] and _TR_INSIDE.search(text[start:end]):
        return True
    if language == "hi" and _HI_AFTER.match(text[end : end + 12]):
        return True
    if language == "fa" and _FA_AFTER.match(text[end : end + 12]):
        return True
    if language == "ar" and (
        _AR_BEFORE.search(text[max(0, start - 4) : start]) or _AR_INSIDE.match(text[start : start + 3])
    ):
        return True
    if language in {"ru", "uk"} and _declined(text[start:end]):
        return True
    if language in {"cs", "pl", "sk"} and _DECLINED.search(text[start:end].partition(" ")[0]):
        return True
    before = text[max(0, start - 14) : start].lower()
    if language == "fr" and before.endswith(("d'", "d’")):
        return True
    if language == "en" and text[end : end + 2] in {"'s", "’s"}:
        return True
    last = _LAST_WORD.search(before)
    if last is None or before.rstrip()[-1:] in {",", ".", ":", "—", "(", '"', "“"}:
        return False
    word = last[0].rstrip()
    if language == "ar":
        word = word[1:] if word[:1] in {"و", "ف"} and word[1:] in _BEFORE["ar"] else word
    if word in _BEFORE.get(language, ()):
        return True
    if language == "de" and _DE_RELATIVE.search(before):
        return False
    return (word in _ARTICLES or word in _BETWEEN or _TITLES.search(word) is not None) and _after_preposition(
        text, start, language
    )


_ARTICLES: Final = frozenset(
    {
        "the",
        "a",
        "der",
        "den",
        "dem",
        "die",
        "das",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "o",
        "os",
        "as",
        "het",
        "de",
    }
)


#: What else may stand between a preposition and a name.
_BETWEEN: Final = frozenset("first second former new current previous outgoing incoming".split())
#: A clause of its own whose subject follows: ``eine Obergrenze, gegen die Nvidia protestierte``.
_DE_RELATIVE: Final = re.compile(
    r", (?:gegen|für|mit|von|auf|bei|an|zu|über|nach|durch|unter) (?:die|den|das|dem|der)\s$"
)

_TITLES: Final = re.compile(
    r"pr[aäeé]sident|minist|secret|senat|chef|ceo|premier|canc|kanz|direct|chairm|leader|rappr|represent", re.IGNORECASE
)


def _after_preposition(text: str, start: int, language: str) -> bool:
    """Whether a preposition stands before the article or the title before a name."""
    words = text[max(0, start - 40) : start].lower().split()
    for word in reversed(words[-4:]):
        if word in _BEFORE.get(language, ()):
            return True
        if word not in _ARTICLES and word not in _BETWEEN and not _TITLES.search(word):
            return False
    return False


def _declined(surface: str) -> bool:
    """Whether a Russian or Ukrainian name stands in another case than the first; of several words the first tells."""
    words = surface.split()
    first = words[0].lower()
    if not ("а" <= first[-1] <= "ї") or first in _NAMES_IN_A or first in _PLURALS or words[0].isupper():
        return False
    if len(words) > 1 and words[-1][:1].isupper() and words[0][:1].isupper() and len(words) == 2:
        first = max((w.lower() for w in words), key=lambda w: bool(_SLAVIC.search(w)))
    if _SLAVIC_NOT.search(first):
        return first.endswith(("ка", "на", "ра", "ва", "га")) and first not in _NAMES_IN_A and len(first) > 4
    return _SLAVIC.search(first) is not None


#: Forms of action words that are nouns: they say what is asked for or feared, and by themselves do nothing.
_NOUNS: Final = {
    "en": r"(?:tion|tions|ment|ments|relief|repeal|ban|bans|curbs|probe|probes|talks|debate|scrutiny|oversight|inquiry|review)$",
    "ru": r"(?:ени|ани|яти|ыти)(?:е|я|ю|ем|и|й|ям|ями|ях)$|(?:отмен|выдач|проверк|покупк|поставк)[аеуыойами]{1,3}$|запрет(?:а|у|ом|е|ы|ов|ам|ами|ах)?$|(?:отказ|отзыв|арест|штраф|протест)(?:а|у|ом|е|ы)?$|продаж[аеуией]{0,2}$",
    "uk": r"(?:енн|анн|ств)(?:я|ю|ям|і|ях)$|(?:заборон|відмін)[аиуоюі]{1,2}$",
    "fr": r"(?:ment|ments|tion|tions|age|ance|enquête|trêve|négociations|critiques|craintes?|levée)$|^mise$",
    "es": r"(?:ción|ciones|miento|imientos|prohibición|alivio|bloqueo|propuestas?|iniciativa|acuerdo|críticas?)$",
    "pt": r"(?:ção|ções|mento|mentos|alívio|bloqueio|propostas?|acordo|críticas?)$",
    "it": r"(?:zione|zioni|mento|menti|divieto|blocco)$",
    "de": r"(?:ung|ungen|verbot\w{0,2}|lockerungen)$",
    "nl": r"(?:ing|ingen|verbod)$",
    "pl": r"(?:nie|nia|niu|niem|nień|cja|cji|cję|cją|zakaz\w{0,3})$",
    "cs": r"(?:ní|ním|zákaz\w{0,3})$",
    "tr": r"(?:[mn][ae]s[ıi]\w{0,4}|m[ae]y[ae]|lama\w{0,4}|leme\w{0,4}|yasa[kğ](?:ı|lar\w{0,4}|ın)?|izin|izni)$",
    "ar": r"^(?:و|ف)?(?:ل|ب|ك)?(?:ال|لل|ل)?(?:تخفيف|تشديد|توسيع|تمديد|[اإ]لغاء|[اإ]صدار|تعليق|تجميد|سماح|تقييد|استئناف|تحقيق|تدقيق|مخاوف|قلق|[اإ]حباط|استياء|[اإ]دراج|تحذير|تعديل|مراجعة|موافق[ةه]|اشتراط|تيسير|تصنيع|تطوير)|^(?:و|ف)?ال(?!تق|تز|غ[تىي])|^(?:و|ف)?(?:لل|ل|ب)(?:حظر|منع|طلب|رفع|فرض|وقف|بيع|منح)",
    "fa": r"^(?:فروش|توافق|ممنوعیت|محدودیت|مجوز|کاهش|تحقیق|مذاکره|بررسی)",
    "id": r"^(?:pe|peng|pem|pen|per)\w+an$|^(?:larangan|pembatasan|izin)$",
}
_NOUN: Final = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _NOUNS.items()}
_BEFORE_NOUN: Final = re.compile(
    r"(?:\b(?:such|these|those|amid|the|a|an|its|their|this|any|of|no|new|export|china's|us|u\.s\.|trade|proposed|possible|further|tighter|stricter)|['’]s)\s$",
    re.IGNORECASE,
)
_LIMITED: Final = re.compile(r"\b(?:permit|allow|allowing|grant|gain|get|provide|with|of|for|the|a|only|very|its|to) $")
_FA_VERB: Final = re.compile(r"^\s?(?:کرد|شد|می|خواهد|داد|گرفت|را آغاز|را اعلام)")
_FA_DONE: Final = re.compile(r"\s(?:کرد|شد|داد|گرفت)")
_TOKEN_END: Final = re.compile(r"[^\W\d_]*")
_JA_NOUN: Final = re.compile(r"^(?:\s?(?:[のをにはがへと・]|から|まで|など|や)|[\u4e00-\u9fff])")
_JA_VERB: Final = re.compile(r"^を(?:発表|表明|命|実施|開始|決|課|求|要請)|^に(?:踏み切|動|乗り出)|^[済中]")
#: Review of applications, which is no inquiry.
_ZH_REVIEW: Final = re.compile(r"(?:逐案|個案|个案|用途|許可|许可|严格的|嚴格的)(?:审查|審查)$")
_ZH_NOUN: Final = re.compile(r"局|显示|顯示|性|令|措施|政策|規定|规定|規則|规则|清单|清單|名单|名單|条件|條件|要求$")
_KO_VERB: Final = re.compile(
    r"^(?:하|했|할|한|해|됐|된|되|돼|시|받|키|당|토록)|^(?:를|을) (?:발표|결정|명령|시행|발급|부여|받)"
)
_KO_ENDING: Final = re.compile(r"(?:하|했|할|한|해|된|됐|다|라|는|고|며)$")


def is_noun(text: str, start: int, end: int, language: str) -> bool:
    """Whether the word of an action at `start` to `end` is a noun (*easing*), not a verb (*eased*)."""
    if language == "ja":
        after = text[end : end + 6]
        return "\u4e00" <= text[end - 1] <= "\u9fff" and bool(_JA_NOUN.match(after)) and not _JA_VERB.match(after)
    if language == "ko":
        if text[end : end + 1] == "적":
            return True
        if " " in text[start:end] or _KO_ENDING.search(text[start:end]):
            return False
        after = text[end : end + 8]
        return not _KO_VERB.match(after) and bool(after.strip()[:1])
    if language == "zh":
        return _ZH_NOUN.match(text[end : end + 2]) is not None or _ZH_REVIEW.search(text[start - 4 : end]) is not None
    pattern = _NOUN.get(language)
    if pattern is None:
        return False
    if language == "fa" and (_FA_VERB.match(text[end : end + 10]) or _FA_DONE.search(text[start:end])):
        return False
    if language == "ar":
        while start > 0 and text[start - 1].isalpha():
            start -= 1
        return pattern.match(text[start:end]) is not None
    full = _TOKEN_END.match(text, end)
    last = text[start : full.end() if full else end].split()
    head = (last[-1] if language == "tr" else last[0]) if last else ""
    if pattern.search(head) is not None:
        return True
    if head == "limited" and _LIMITED.search(text[max(0, start - 12) : start]):
        return True
    return (
        language == "en"
        and not head.endswith(("ed", "es"))
        and bool(_BEFORE_NOUN.search(text[max(0, start - 12) : start]))
    )


_PASSIVE_BEFORE: Final = {
    "en": r"\b(?:is|are|was|were|been|being|be|got) (?:\w+ly |also |now |not )?$",
    "fr": r"\b(?:est|sont|été|être|était|étaient|fut) (?:\w+ment )?$",
    "es": r"\b(?:es|son|fue|fueron|sido|ser|será|serán) (?:\w+mente )?$",
    "pt": r"\b(?:é|são|foi|foram|sido|ser|será|serão) (?:\w+mente )?$",
    "it": r"\b(?:è|sono|stat[oaie]|essere|viene|vengono|sarà|saranno) (?:\w+mente )?$",
    "zh": r"(?:[被遭受獲获]|获得|獲得|得到)$",
    "vi": r"\b(?:bị|được) $",
    "he": r"\b(?:נאסר|הוגבל)\w* $",
}
_PASSIVE_AFTER: Final = {
    "de": r"^[^.;]{0,60}\b(?:werden|worden|wird|wurde|wurden)\b",
    "nl": r"^[^.;]{0,40}\b(?:worden|werd|werden)\b",
    "ja": r"^[^。、]{0,4}?(?:され|られ|となっ|の対象と)",
    "ko": r"^(?:됐|된|되|돼|받)",
    "ru": r"^(?:ен|ена|ены|ено|лся|лась|лись|тся|ется|ются|утся)?(?![а-яё])",
}
_PASSIVE_FORM: Final = {
    "ru": r"(?:ен|ена|ены|ено|ан|ана|ано|аны|ся|сь)$",
    "uk": r"(?:ено|ено|ано|ся|сь|ений|ені|ена)$",
    "sv": r"(?:as|ades|ats|es|des|ts)$",
    "tr": r"(?:ıldı|ildi|uldu|üldü|ndı|ndi|nmış|ılmış|ilmiş|ılıyor|iliyor|nıyor|niyor)\w*$",
    "id": r"^di\w+",
    "ar": r"^(?:تم|يتم|ستتم|سيتم)\b",
}
_BEFORE_IS: Final = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _PASSIVE_BEFORE.items()}
_AFTER_IS: Final = {language: re.compile(_PASSIVE_AFTER[language]) for language in ("de", "nl", "ja", "ko")}
_FORM_IS: Final = {language: re.compile(pattern) for language, pattern in _PASSIVE_FORM.items()}


#: What is given, named before the giving: ``licenses being issued``.
_EN_GIVEN: Final = re.compile(r"(?:licen[cs]es?|approvals?|permits) ", re.IGNORECASE)


def is_passive(text: str, start: int, end: int, language: str) -> bool:
    """Whether the action at `start` to `end` is done to the subject, not by it."""
    if language == "en" and _EN_GIVEN.match(text, start, end):
        return True
    if (before := _BEFORE_IS.get(language)) is not None and before.search(text[max(0, start - 24) : start]):
        return not text[start:end].lower().endswith("ing")
    if (after := _AFTER_IS.get(language)) is not None and after.match(text[end : end + 80]):
        return True
    if (form := _FORM_IS.get(language)) is not None:
        full = _TOKEN_END.match(text, end)
        words = text[start : full.end() if full else end].split()
        return bool(words) and form.search(words[0]) is not None
    return False


BY: Final = re.compile(
    r"(?:\bby|\bpar|\bpor|\bda|\bdal|\bdalla|\bvon|\bdoor|\bpelo|\bpela|من قبل|由|によって|\bprzez|\bav|\bab|\boleh|\bbởi|\bot)\s*"
    r"(?:the |la |le |les |los |el |o |a |der |die |den |het |de |)"
    r"(?:(?:sen|rep|pres|pré|prä|min|sec|dem|dém|dep|dép|congress|gov|gob)[^\W\d_]*[.]? ){0,3}$",
    re.IGNORECASE,
)
