"""Counters beside an article, such as "1,234 views": lines with a number of views, shares, comments or likes alone."""

from __future__ import annotations

import re

from sources.language.folding import fold

# Beginnings of the words that a counter is labelled with, by language. They count only in a line that has nothing but
# these words and a number: "12 dead" is no counter, and a sentence about shares is none either.
LABELS = {
    "ar": "مشاهد قراء مشارك تعليق اعجاب زيار",
    "de": "aufruf ansicht gelesen geteilt teilen kommentar reaktion klick gefällt",
    "en": "view read share comment like reaction repost retweet replies reply click visit",
    "es": "vista visualizacion visita lectura compartid compartir comentario reaccion gusta",
    "fa": "بازدید نظر دیدگاه اشتراک لایک پسند",
    "fr": "vue lecture partage partagé commentaire réaction visite aime",
    "he": "צפיות צפיה שיתופ תגוב לייק קריאות",
    "it": "visualizzazion lettur condivision condivis comment reazion visit piace",
    "ru": "просмотр прочтен прочитал репост комментари лайк поделил реакци",
    "tr": "görüntüle okunma izlenme paylaş yorum beğen tıklanma",
    "uk": "перегляд прочитан репост коментар поширен поширил вподоба реакці",
}
# What else may stand there: "times", "thousand" and the like, and the words of "3 people like this".
AROUND = (
    "fois times time veces vez mal volte раз раза разів рази kez defa kere مرة مرات פעמים بار "
    "k m mil mln mio tsd тыс тис млн bin mn b ألف مليون אלף هزار میلیون "
    "this post article people personnes kişi have has a été ha sido me i j mi total de the и"
)
LONGEST = 60  # characters
NUMBER = re.compile(r"\d[\d.,' ]*")
WORD = re.compile(r"[^\W\d_]+")
PICTURE = re.compile(r"[\U0001f300-\U0001faff\u2190-\u21ff\u2600-\u27bf\ufe0f]")

_BEGINNINGS = "|".join(sorted({fold(word) for line in LABELS.values() for word in line.split()}))
_LABEL = re.compile(rf"(?:{_BEGINNINGS})\w{{0,4}}")  # endings; more letters make another word
_AROUND = frozenset(fold(AROUND).split())


def is_counter(line: str) -> bool:
    """Return whether a line has a number with the label of a counter or a picture, and nothing else."""
    folded = fold(line)
    if len(folded) > LONGEST or len(NUMBER.findall(folded)) != 1 or folded.endswith((".", "!", "?")):
        return False
    words = WORD.findall(folded)
    labels = [word for word in words if word not in _AROUND and _LABEL.fullmatch(word)]
    if not words:
        return PICTURE.search(line) is not None
    return bool(labels) and len(labels) <= 2 and _AROUND.issuperset(set(words) - set(labels))
