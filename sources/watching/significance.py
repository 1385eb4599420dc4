"""What in a sentence carries weight: its numbers, names, negations, attributions and dates, in four languages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import normalize

from sources.language import numerals
from sources.language.folding import fold

FLAGS = ("number", "name", "negation", "attribution", "date")

# By language, of folded words (no marks, lower case; an apostrophe is '). A language we do not know is read as all.
NEGATIONS = {
    "en": r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|false|deny|denies|denied|denying)\b|n't\b",
    "fr": r"\b(?:ne|non|pas|jamais|aucune?|rien|personne|ni|sans|nulle?|guere|faux|fausse|dement\w*|nie|nient)\b|\bn'",
    "tr": r"\b(?:degil\w*|yok\w*|hayir|hicbir|hic|kimse\w*|asla|yalanla\w*|redde\w*)\b"
    r"|\b(?!namaz|hamam|tamam|gomuyor|yumuyor)\w{2,}m(?:[iu]yor\w*|[ae](?:m|di\w*|mis\w*|z(?:d\w*|s\w*|l[ae]r\w*)?"
    r"|yor\w*|y[ie]z|yec\w*|yac\w*|y[ae]n|y[ae]nl[ae]r\w*|dig\w*|dan|den))\b",
    "ar": r"\b[وف]?(?:لا|لم|لن|ما|ليس\w*|لست\w*|لسنا|غير|بدون|دون|عدم|كلا|نفي\w*|نفت|تنفي|ينفي)\b",
}
ATTRIBUTIONS = {
    "en": r"\b(?:sa(?:id|ys?|ying)|told|tells|according|report(?:s|ed|edly|ing)?"
    r"|claim\w*|alleg\w*|den(?:y|ies|ied)|confirm\w*"
    r"|admit\w*|acknowledg\w*|announc\w*|stated|states|statement|accus\w*|blam\w*|believ\w*|quot\w*|cit(?:es|ed|ing)"
    r"|sources?|insist\w*|suggest\w*|purported\w*|officials?|witness\w*)\b",
    "fr": r"\b(?:selon|d'apres|affirm\w*|declar\w*|dit|disent|indiqu\w*|annonc\w*|assur\w*|pretend\w*"
    r"|rapport\w*|confirm\w*"
    r"|dement\w*|accus\w*|estim\w*|soulign\w*|presum\w*|suppos\w*|serai(?:en)?t|aurai(?:en)?t|pourrai(?:en)?t|sources?"
    r"|citant|revendiqu\w*|reconnu\w*|temoin\w*)\b",
    "tr": r"\b(?:gore|de(?:di|diler|nildi)|soyle\w*|belirt\w*|acikla\w*|iddia\w*|one sur\w*|bildir\w*|kaydet\w*"
    r"|ifade\w*"
    r"|savun\w*|dogrula\w*|yalanla\w*|redde\w*|itiraf\w*|kaynak\w*|sucla\w*|aktar\w*|anlat\w*|duyur\w*|tanik\w*)\b",
    "ar": r"\b[وف]?(?:قال\w*|بحسب|حسب|وفقا?|ذكر\w*|اعلن\w*|افاد\w*|زعم\w*|يزعم|مزعوم\w*|ادعي\w*|اكد\w*|نفي\w*|نفت"
    r"|صرح\w*"
    r"|نقلا|اتهم\w*|مصدر|مصادر|اشار\w*|شهود|شاهد)\b",
}
QUANTITIES = """
hundreds thousands millions billions dozen dozens half third quarter
dizaine dizaines douzaine douzaines vingtaine trentaine quarantaine cinquantaine soixantaine centaine centaines millier
milliers moitie tiers quart onlarca yuzlerce binlerce milyonlarca milyarlarca yari yarisi
عشرات ميات الوف نصف ثلث ربع
"""
QUANTITY = frozenset(QUANTITIES.split())
DAYS = """
january february march april june july august september october november december
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
pazartesi sali carsamba persembe cuma cumartesi pazar الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت الاحد
yesterday today tomorrow hier aujourd'hui demain dun bugun yarin امس اليوم غدا
"""
DAY = frozenset(DAYS.split())
IN_STAMPS = """
jan feb mar apr may jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun janv fevr avr juil
on at le a la du the by et il y ago since gmt utc cet cest est edt bst am pm h t z saat tarih tarihinde ve في و الساعه
بتوقيت غرينتش minutes minute hours hour min heures heure dakika once
"""
STAMP_WORDS = DAY | frozenset(IN_STAMPS.split())

# Words that often open a sentence and are no names.
OPENERS = """
a an the this that these those his her its their our my your some any each every both all many most more few several
other another one it he she they we i you there here who what when where why how if as at by for from in into of on to
with after before but and or so yet still also then now only even while since during about over under between against
however meanwhile moreover later earlier
le la les l un une des du de d ce c cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes il elle ils elles
nous vous je j y qui que qu quoi ou et mais donc car si dans en sur sous par pour avec chez vers entre apres avant
depuis pendant contre plusieurs certains certaines quelques tous toutes tout toute chaque autre autres plus moins aussi
ainsi alors puis enfin cependant toutefois
bir bu su o onlar biz siz ben sen her bazi tum butun birkac cok daha ve veya ama fakat ancak ile icin gibi kadar sonra
once ayrica ise ne kim nasil neden diger baska
"""
NO_NAMES = DAY | QUANTITY | frozenset(OPENERS.split()).union(*numerals.NUMERALS.values(), *numerals.SCALES.values())
OPENING = re.compile(r"\W*([^\W\d_]+)\S*\s+(\S+)")  # its first word, in letters, and its second

# What a line that only says when a page was changed begins with (newsdiffs calls such a change boring).
STAMP = re.compile(
    r"(?:(?:last |first )?(?:updated|published|posted|modified|edited)|(?:derniere )?mise a jour|mis a jour|publiee?"
    r"|modifiee?|(?:son )?guncelle(?:me|ndi)(?: tarihi)?|yayin(?:lanma)?(?: tarihi)?|giris(?: tarihi)?"
    r"|(?:اخر )?تحديث|تم التحديث|نشر(?: في)?|تاريخ النشر)\b"
)
LONGEST_STAMP = 120
# Without such words a line is a stamp only if it has both; of folded text.
FULL_DATE = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d?([./-])\d\d?\1\d{4}|\d\d?\.? [^\W\d]+\.?,? \d{4}|[^\W\d]+\.? \d\d?,? \d{4})(?!\d)"
)
TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])(?::| ?h ?)[0-5]\d(?!\d)")

_CAPITAL = "A-ZÀ-ÖØ-ÞİŞĞ"
_DATE = r"(?:,? (?:\d\d?\.? [^\W\d]+|[^\W\d]+\.? \d\d?)(?:,? \d{4})?)?"
_AGENCY = (
    r"AFP|Agence France-Presse|AP|Reuters|DPA|dpa|UPI|EFE|ANSA|TASS|Xinhua|AA|Anadolu|DHA|İHA"
    r"|أ ?\.? ?ف ?\.? ?ب\.?|فرانس برس|رويترز|الأناضول|واس|وام"
)
# PARIS, 12 mars (AFP) –: the agency tells a dateline from who speaks or votes (MACRON –, Dupont (PS) –).
DATELINE = re.compile(
    rf"^(?:[{_CAPITAL}][\w’'-]+(?: [{_CAPITAL}][\w’'-]+){{0,3}}|[\u0621-\u064a]+){_DATE} ?\((?:{_AGENCY})\) ?[–—-]+ "
)

QUOTES = str.maketrans(
    {**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′ʼ´`‹›", "'"), "−": "-", "؟": "?", "٪": "%", "\u00ad": None}
)
TOKEN = re.compile(rf"(?:(?<![\w-])-)?\d+(?:[.,:/٫٬\u00a0\u202f]\d+)*|\w[\w{numerals.MARKS}]*|[^\w\s]")
SIGNS = frozenset('"?%‰°$€£¥₺₽+=<>±×÷')
NUMERIC = re.compile(r"\d")
ENDS_BEFORE_CAPITAL = re.compile(r"(?:^|[.!?…:]\s|[\"“„«]\s?|\n)$")


@dataclass(frozen=True)
class Marks:
    """What of a sentence carries weight; numbers by value and as written, in the order of the sentence."""

    numbers: tuple[tuple[str, str], ...]
    digits: Counter[str]
    names: Counter[str]
    negations: Counter[str]
    attributions: Counter[str]
    dates: Counter[str]


@dataclass(frozen=True)
class Difference:
    """What of weight differs between two sentences; ``numbers`` as written, before and after."""

    flags: frozenset[str]
    numbers: tuple[tuple[str, str], ...] = ()


def marks(sentence: str, language: str) -> Marks:
    """Return what of a sentence carries weight."""
    folded = fold(sentence)
    words = numerals.tokens(sentence)
    dates = Counter(fold(found[0]) for found in numerals.DATE.finditer(sentence))
    dates += Counter(word.form for word in words if word.form in DAY)
    outside = numerals.DATE.sub(" ", folded)
    return Marks(
        numbers=tuple(_numbers(sentence, words, language)),
        digits=Counter(re.findall(r"-?\d[\d.,]*", outside)),
        names=_names(sentence),
        negations=_found(NEGATIONS, folded, language),
        attributions=_found(ATTRIBUTIONS, folded, language) + Counter(sentence.translate(QUOTES).count('"') * ['"']),
        dates=dates,
    )


def flags_of(sentence: str, language: str) -> frozenset[str]:
    """Return which kinds of weight a sentence has: what is lost with it, or comes with it."""
    found = marks(sentence, language)
    held = {
        "number": found.numbers or found.digits,
        "name": found.names,
        "negation": found.negations,
        "attribution": found.attributions,
        "date": found.dates,
    }
    return frozenset(flag for flag in FLAGS if held[flag])


def difference(before: str, after: str, language: str) -> Difference:
    """Return what of weight differs between a sentence and what became of it."""
    old, new = marks(before, language), marks(after, language)
    values = [value for value, _written in old.numbers], [value for value, _written in new.numbers]
    differs = {
        "number": Counter(values[0]) != Counter(values[1]) or old.digits != new.digits,
        "name": old.names != new.names or _opens_with_another(before, after),
        "negation": old.negations != new.negations,
        "attribution": old.attributions != new.attributions,
        "date": old.dates != new.dates,
    }
    return Difference(frozenset(flag for flag in FLAGS if differs[flag]), _changed_numbers(old, new))


def is_typesetting(before: str, after: str) -> bool:
    """Return whether two sentences differ in nothing but white space, punctuation, or a dateline that one has not.

    Another dateline is another place, date or agency, and so is no typesetting.
    """
    return bare(before) == bare(after) or bare(undated(before)) == bare(after) or bare(before) == bare(undated(after))


def bare(sentence: str) -> tuple[str, ...]:
    """Return what of a sentence is more than typesetting: words, numbers, quotation marks, questions, per cents, signs.

    What is only a stamp of when the page was changed has nothing.
    """
    if is_stamp(sentence):
        return ()
    text = normalize("NFC", sentence).translate(QUOTES)
    return tuple(found for found in TOKEN.findall(text) if found[0].isalnum() or found[-1].isalnum() or found in SIGNS)


def undated(sentence: str) -> str:
    """Return a sentence without its dateline."""
    return DATELINE.sub("", sentence, count=1)


def is_stamp(line: str) -> bool:
    """Return whether a line only says when its page was published or changed: in so many words, or to the minute.

    A number or a day alone does not: it may be a row of a table, or the answer to a question.
    """
    folded = fold(line)
    if len(folded) > LONGEST_STAMP:
        return False
    stamp = STAMP.match(folded)
    rest = folded[stamp.end() if stamp else 0 :]
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", rest)
    if not NUMERIC.search(rest) or not STAMP_WORDS.issuperset(words):
        return False
    if stamp:
        return bool(words or numerals.DATE.search(rest))
    return bool(FULL_DATE.search(rest) and TIME.search(FULL_DATE.sub(" ", rest)))


def _numbers(sentence: str, words: list[numerals.Token], language: str) -> list[tuple[str, str]]:
    """Return every number of a sentence by its value and as it is written, in digits or in words, exact or vague."""
    known, found, at = language if language in numerals.SCALES else "en", [], 0
    while at < len(words):
        read = numerals.number(words, at, known)
        if read is None:
            if words[at].form in QUANTITY or words[at].form in numerals.SCALES[known]:  # thousands; a thousand
                found.append((words[at].form, sentence[words[at].start : words[at].end]))
            at += 1
            continue
        value, after = read
        found.append((str(value.normalize()), sentence[words[at].start : words[after - 1].end]))
        at = after
    return found


def _changed_numbers(old: Marks, new: Marks) -> tuple[tuple[str, str], ...]:
    """Return the numbers that took the place of others, each pair as written; "" where one came or went."""
    before, after = [value for value, _ in old.numbers], [value for value, _ in new.numbers]
    pairs: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone = [written for _value, written in old.numbers[i1:i2]]
            come = [written for _value, written in new.numbers[j1:j2]]
            longest = max(len(gone), len(come))
            pairs += zip(gone + [""] * (longest - len(gone)), come + [""] * (longest - len(come)), strict=True)
    return tuple(pairs)


def _names(sentence: str) -> Counter[str]:
    """Return the words with a capital that do not owe it to the place where they stand.

    Scripts without capitals have none: there a changed name is a changed word, and shown as such.
    """
    found: Counter[str] = Counter()
    for word in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", sentence):
        capital = word[0][0].isupper()
        if capital and (word[0][1:].isupper() or not ENDS_BEFORE_CAPITAL.search(sentence[: word.start()])):
            found[fold(word[0])] += 1
    return found


def _opens_with_another(before: str, after: str) -> bool:
    """Return whether another word that may be a name opens a sentence, before the same second word."""
    old, new = OPENING.match(before), OPENING.match(after)
    if not old or not new or old[2] != new[2] or not (old[1][0].isupper() and new[1][0].isupper()):
        return False
    openers = {fold(old[1]), fold(new[1])}
    return len(openers) == 2 and openers.isdisjoint(NO_NAMES)


def _found(patterns: dict[str, str], folded: str, language: str) -> Counter[str]:
    chosen = [patterns[language]] if language in patterns else list(patterns.values())
    return Counter(found[0] for pattern in chosen for found in re.finditer(pattern, folded))
