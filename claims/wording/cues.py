"""The verbs and phrases by which news says who said something, and how strongly, in four languages."""

from __future__ import annotations

from typing import NamedTuple


class Cue(NamedTuple):
    """A word that attributes: its dictionary form, and the modality it gives (claims.models.vocabulary.Modality)."""

    verb: str
    modality: str


FRENCH = {
    "asserts": "affirmer déclarer assurer expliquer indiquer préciser souligner estimer ajouter juger avouer rappeler "
    "répondre répéter dire soutenir avertir considérer marteler insister lancer réaffirmer accuser dénoncer",
    "reports": "annoncer rapporter relater signaler relayer révéler écrire",
    "claims": "prétendre revendiquer",
    "alleges": "alléguer soupçonner",
    "denies": "démentir nier contester réfuter rejeter",
    "confirms": "confirmer attester reconnaître admettre",
    "predicts": "prévoir prédire pronostiquer",
}
# Present, imperfect and participle of the verbs that do not end in -er, folded.
FRENCH_FORMS = {
    "dire": "dit disent disait disaient dite dits",
    "soutenir": "soutient soutiennent soutenait soutenaient soutenu",
    "avertir": "avertit avertissent avertissait averti",
    "répondre": "repond repondent repondait repondaient repondu",
    "écrire": "ecrit ecrivent ecrivait ecrivaient",
    "prétendre": "pretend pretendent pretendait pretendaient pretendu",
    "démentir": "dement dementent dementait dementaient dementi dementie",
    "reconnaître": "reconnait reconnaissent reconnaissait reconnaissaient reconnu",
    "admettre": "admet admettent admettait admettaient admis",
    "prévoir": "prevoit prevoient prevoyait prevoyaient prevu",
    "prédire": "predit predisent predisait predisaient",
    "rejeter": "rejette rejettent rejetait rejetaient rejete",
    "rappeler": "rappelle rappellent rappelait rappelaient rappele",
}
ER_ENDINGS = ("e", "ent", "ait", "aient", "a", "erent", "es", "ee", "ees")

ENGLISH = {
    "asserts": "say state declare insist add explain tell stress note argue maintain warn assert write",
    "reports": "report announce reveal disclose",
    "claims": "claim contend purport",
    "alleges": "allege accuse suspect",
    "denies": "deny dispute refute reject",
    "confirms": "confirm acknowledge admit concede",
    "predicts": "predict forecast expect",
}
ENGLISH_FORMS = {
    "say": "say says said",
    "tell": "tell tells told",
    "write": "write writes wrote written",
    "deny": "deny denies denied",
    "admit": "admit admits admitted",
    "stress": "stress stresses stressed",
}

# Turkish, at the end of the sentence: modality, active forms, and the passive that names nobody.
TURKISH = {
    "söylemek": ("asserts", "soyledi|soyluyor|dedi|diyor|ifade etti|dile getirdi", "soylendi|ifade edildi"),
    "belirtmek": ("asserts", "belirtti|vurguladi|kaydetti|ekledi", "belirtildi|vurgulandi|kaydedildi"),
    "bildirmek": (
        "reports",
        "bildirdi|bildiriyor|aktardi|duyurdu|ilan etti|anlatti|yazdi|acikladi|aciklamisti",
        "bildirildi|duyuruldu|aktarildi|ilan edildi|aciklandi|ogrenildi",
    ),
    "savunmak": ("claims", "savundu|savunuyor", "savunuldu"),
    "iddia etmek": (
        "claims",
        "iddia etti|iddia ediyor|iddia etmisti|ileri surdu|one surdu",
        "iddia edildi|iddia ediliyor|iddia edilmisti|ileri suruldu|one suruldu",
    ),
    "suçlamak": ("alleges", "sucladi|sorumlu tuttu|sorumlu tutmustu", "suclandi"),
    "yalanlamak": ("denies", "yalanladi|reddetti|inkar etti", "yalanlandi|reddedildi"),
    "doğrulamak": ("confirms", "dogruladi|teyit etti|kabul etti", "dogrulandi|teyit edildi"),
    "öngörmek": ("predicts", "ongordu|tahmin etti", "ongoruldu|tahmin ediliyor"),
}

# Arabic, before the subject, folded and without "and".
ARABIC = {
    "قال": ("asserts", "قال قالت يقول تقول قالوا صرح صرحت اوضح اوضحت اضاف اضافت شدد شددت اشار اشارت"),
    "أعلن": ("reports", "اعلن اعلنت يعلن تعلن افاد افادت ذكر ذكرت نقل نقلت اورد اوردت كشف كشفت"),
    "زعم": ("claims", "زعم زعمت يزعم تزعم ادعي ادعت يدعي تدعي"),
    "اتهم": ("alleges", "اتهم اتهمت يتهم تتهم"),
    "نفى": ("denies", "نفي نفت ينفي تنفي"),
    "أكد": ("confirms", "اكد اكدت يوكد توكد اقر اقرت اعترف اعترفت"),
    "توقع": ("predicts", "توقع توقعت يتوقع تتوقع"),
}
# Verbs that name nobody when nothing stands between them and "that"; most look like the active ones without vowels.
ARABIC_PASSIVES = frozenset({"قيل", "يقال", "زعم", "يزعم", "اعلن", "افيد", "ذكر", "تردد", "يعتقد", "اشيع", "ادعي"})

ACCORDING = {
    "fr": ("selon", "d apres", "a en croire", "de source", "de sources"),
    "en": ("according to", "in the words of"),
    "ar": ("بحسب", "حسب", "وفقا ل", "وفقا", "وفق", "نقلا عن", "استنادا الي"),
}
THAT = {
    "fr": frozenset({"que", "qu"}),
    "en": frozenset({"that"}),
    "ar": frozenset({"ان", "انه", "انها", "انهم", "بان", "بانه", "بانها"}),
}
# What may stand between the subject and the participle.
BETWEEN = {
    "fr": "a ont avait avaient aurait auraient est etait s l y en lui leur nous ensuite egalement aussi deja toutefois "
    "cependant encore elle meme memes par ailleurs d abord t",
    "en": "has have had also later then further already previously repeatedly earlier",
}
AUXILIARIES = {language: frozenset(words.split()) for language, words in BETWEEN.items()}
NEGATIONS = frozenset({"pas", "jamais", "not", "never", "n", "ne", "didn", "hasn"})
PRONOUNS = frozenset({"il", "elle", "ils", "elles", "on", "he", "she", "they", "it"})
RELATIVES = frozenset({"qui", "who", "which", "that", "dont"})
LEADING = frozenset({"mais", "et", "or", "car", "but", "and", "so", "cependant", "however", "toutefois"})


def _french() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    plain = str.maketrans("éèêîç", "eeeic")
    for modality, verbs in FRENCH.items():
        for verb in verbs.split():
            stem = verb.translate(plain).removesuffix("er")
            forms = FRENCH_FORMS[verb].split() if verb in FRENCH_FORMS else [stem + ending for ending in ER_ENDINGS]
            found |= dict.fromkeys(forms, Cue(verb, modality))
    found["annonca"] = Cue("annoncer", "reports")
    return found


def _english() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for modality, verbs in ENGLISH.items():
        for verb in verbs.split():
            past = verb + ("d" if verb.endswith("e") else "ed")
            forms = ENGLISH_FORMS[verb].split() if verb in ENGLISH_FORMS else [verb, verb + "s", past]
            found |= dict.fromkeys(forms, Cue(verb, modality))
    return found


CUES: dict[str, dict[str, Cue]] = {
    "fr": _french(),
    "en": _english(),
    "tr": {form: Cue(verb, modality) for verb, (modality, active, _) in TURKISH.items() for form in active.split("|")},
    "ar": {form: Cue(verb, modality) for verb, (modality, forms) in ARABIC.items() for form in forms.split()},
}
TURKISH_PASSIVES = {
    form: Cue(verb, "unattributed_passive") for verb, (_, _, passive) in TURKISH.items() for form in passive.split("|")
}
