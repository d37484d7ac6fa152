"""Pronouns and nouns that stand for somebody named before: ``she``, ``the ministry``, ``la empresa``."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
import re
from typing import Final

_PRONOUN: Final = {
    "ru": r"\b(он|она|они|ведомство|компания)\b",
    "en": r"\b(he|she|they|it|the (company|agency|department|ministry|bureau|official))\b",
    "fr": r"\b(il|elle|ils|elles)\b",
    "es": r"\b(él|ella|ellos|la compañía)\b",
    "pt": r"\b(ele|ela|eles)\b",
    "de": r"\b(er|sie|es)\b",
    "it": r"\b(lui|lei|egli|l'azienda)\b",
    "uk": r"\b(він|вона|вони)\b",
    "zh": r"他|她|其|该公司",
    "ja": r"同社|同氏|同省|彼",
    "ko": r"그는|(?:이|해당) 회사는|그녀는",
    "ar": r"^(?:وأضاف|وقال|وأشار|وأوضح)ت?(?=\s*(?:[:«\"“]|أن|إن|ان|في|خلال|إلى))",
    "nl": r"\b(hij|zij|het bedrijf)\b",
    "pl": r"\b(on|ona|firma)\b",
    "tr": r"\b(o|şirket)\b",
}
_PRONOUNS: Final = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _PRONOUN.items()}


#: Nouns that stand at the head of a sentence for the ministry or firm named before.
_STANDS_FOR: Final = {
    "agency": {
        "en": "the (?:department|ministry|agency|bureau|commission|regulator)", "de": "(?:das ministerium|die behörde|die kommission)",
        "fr": "(?:le ministère|le département|la commission|l'agence)", "es": "(?:el ministerio|el departamento|la comisión|la agencia)",
        "it": "(?:il ministero|il dipartimento|la commissione|l'agenzia)", "pt": "(?:o ministério|o departamento|a comissão|a agência)",
        "nl": "(?:het ministerie|de commissie)", "ru": "(?:ведомство|министерство|комиссия)", "uk": "(?:міністерство|відомство|регулятор)",
        "pl": "(?:ministerstwo|resort)", "cs": "ministerstvo", "sv": "(?:ministeriet|departementet)", "tr": "bakanlık",
        "ar": "(?:و|ف)?(?:قالت |أضافت |ذكرت |كانت |أوضحت )?الوزارة", "fa": "این وزارتخانه", "he": "המשרד", "zh": "(?:该部|该局|该机构)",
        "ja": "(?:同省|同局|同庁)", "ko": "(?:이 부처|해당 부처)", "id": "(?:kementerian|departemen) itu", "vi": "(?:bộ|cơ quan) này", "th": "กระทรวง",
    },
    "company": {
        "en": "the (?:company|chipmaker|firm|group)", "de": "(?:der konzern|das unternehmen|die firma)", "fr": "(?:l'entreprise|le groupe|la société|la firme)",
        "es": "(?:la empresa|la compañía|la firma)", "it": "(?:l'azienda|la società|il gruppo)", "pt": "(?:a empresa|a companhia)", "nl": "het bedrijf",
        "ru": "(?:компания|в компании)", "uk": "компанія", "pl": "(?:firma|spółka)", "cs": "(?:společnost|firma)", "sv": "(?:bolaget|företaget)",
        "tr": "şirket", "ar": "(?:و|ف)?(?:قالت |أضافت |ذكرت |كانت |أوضحت )?الشركة", "fa": "این شرکت", "he": "החברה", "zh": "(?:该公司|该企业)", "ja": "同社",
        "ko": "(?:이|해당) 회사", "id": "perusahaan itu", "vi": "công ty", "th": "บริษัท", "hi": "कंपनी",
    },
}  # fmt: skip
_STAND: Final = {
    kind: {
        language: re.compile(rf"^\W*(?:\w+\W+){{0,3}}?{pattern}(?!\w)", re.IGNORECASE)
        for language, pattern in table.items()
    }
    for kind, table in _STANDS_FOR.items()
}


def stood_for(sentence: str, language: str) -> list[str]:
    """The kinds of those whom a noun at the head of `sentence` stands for: ``the ministry``, ``the company``."""
    return [kind for kind, table in _STAND.items() if language in table and table[language].match(sentence)]


def has_pronoun(sentence: str, language: str) -> bool:
    """Whether `sentence` may speak of the one the sentence before it spoke of."""
    pattern = _PRONOUNS.get(language)
    return pattern is not None and pattern.search(sentence) is not None
