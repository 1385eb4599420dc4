"""The word tables of English: number words, negations, attribution verbs, abbreviations, names of months."""

from __future__ import annotations

from sources.language.languages.tables import (
    CalendarWords,
    Language,
    NumberWords,
    PageWords,
    SentenceWords,
    SpeechVerb,
    SpeechWords,
    counted,
    words,
)

STOP_WORDS = (
    "a about after again against all also although am an and any are as at be because been before being between both "
    "but by can could did do does doing down during each even few for from further had has have having he her here "
    "hers him his how i if in into is it its itself just like many may me might more most much must my no nor not now "
    "of off on once one only or other our out over own said same say says she should since so some still such than "
    "that the their them then there these they this those through to too under until up upon us very was we were what "
    "when where which while who whom whose why will with within without would yet you your"
)
OPENERS = (
    "a an the this that these those his her its their our my your some any each every both all many most more few "
    "several other another one it he she they we i you there here who what when where why how if as at by for from in "
    "into of on to with after before but and or so yet still also then now only even while since during about over "
    "under between against however meanwhile moreover later earlier"
)

SENTENCES = SentenceWords(
    titles=words(
        "dr mr mrs ms prof st rev hon gov sen rep gen col maj capt lt sgt vs no vol cf fig p pp e.g i.e",
    ),
    closing=words("etc inc a.m p.m u.s"),
    abbreviations=words(
        "jr sr cmdr adm pres supt det insp ltd co corp bros nos ed eds al approx dept est ave blvd rd mt ft "
        "jan feb mar apr jun jul aug sep sept oct nov dec u.k u.n d.c ph.d"
    ),
)

NUMBERS = NumberWords(
    values={
        **counted(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ),
        **counted("twenty thirty forty fifty sixty seventy eighty ninety", start=20, step=10),
    },
    scales={"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    thousands=",",
    joining=words("and"),
    vague={
        "dozens": (20, 99),
        "hundreds": (200, 999),
        "thousands": (2_000, 9_999),
        "tens of thousands": (20_000, 99_999),
        "hundreds of thousands": (200_000, 999_999),
    },
    rounded={"dozen": 12},
    quantities=words("millions billions half third quarter"),
    before={
        "at_least": "at least|no fewer than|not less than|no less than|a minimum of",
        "more_than": "more than|over|above|upwards of|in excess of",
        "about": "about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated",
        "up_to": "up to|as many as|at most|no more than|a maximum of|less than|fewer than|under",
    },
    after={"at_least": "at least|or more", "about": "or so", "up_to": "at most"},
    skipped=words("of"),
    opening=words("between from"),
    ranging=words("to"),
    ranging_if_opened=words("and"),
)

CALENDAR = CalendarWords(
    months=words("january february march april may june july august september october november december"),
    weekdays=words("monday tuesday wednesday thursday friday saturday sunday"),
    days=words("yesterday today tomorrow"),
    ambiguous=words("may"),
    before_year=words("in since of by until from year"),
)


# The verbs by the modality they give. Those of the second table just as often describe an act that is no statement.
VERBS = {
    "asserts": "say declare insist explain tell note argue warn assert believe suggest",
    "reports": "report announce reveal disclose",
    "claims": "claim contend purport",
    "alleges": "allege accuse suspect blame",
    "denies": "deny dispute refute reject",
    "confirms": "confirm acknowledge admit concede",
    "predicts": "predict forecast expect",
}
AMBIGUOUS = {"asserts": "state add stress maintain write"}
FORMS = {
    "say": "say says said",
    "tell": "tell tells told",
    "write": "write writes wrote written",
    "deny": "deny denies denied",
    "admit": "admit admits admitted",
    "stress": "stress stresses stressed",
}


def _verb(lemma: str, modality: str, *, ambiguous: bool) -> SpeechVerb:
    past = lemma + ("d" if lemma.endswith("e") else "ed")
    forms = FORMS.get(lemma, f"{lemma} {lemma}s {past}")
    return SpeechVerb(lemma, modality, tuple(forms.split()), ambiguous=ambiguous)


SPEECH = SpeechWords(
    verbs=(
        *(_verb(lemma, modality, ambiguous=False) for modality, line in VERBS.items() for lemma in line.split()),
        *(_verb(lemma, modality, ambiguous=True) for modality, line in AMBIGUOUS.items() for lemma in line.split()),
    ),
    according=("according to", "in the words of"),
    derived=r"saying|stated|statement|reportedly|reporting|claim\w*|alleg\w*|confirm\w*|admit\w*|acknowledg\w*"
    r"|announc\w*|accus\w*|blam\w*|believ\w*|quot\w*|cit(?:es|ed|ing)|sources?|insist\w*|suggest\w*|purported\w*"
    r"|officials?|witness\w*",
    that=words("that"),
    auxiliaries=words("has have had also later then further already previously repeatedly earlier"),
    pronouns=words("he she they it"),
    relatives=words("who which that"),
    interrogatives=words("which"),
    leading=words("but and or so however"),
    agents=words("by"),
    impersonal=words("it"),
    passive_auxiliaries=words("was is been being"),
)

PAGES = PageWords(
    challenge=r"just a moment\.\.\.|attention required! \||pardon our interruption|checking (if the site|your browser)"
    r"|(verify|verifying|confirm|prove) (that )?you are (a )?(human|not a robot)|are you a robot|unusual traffic"
    r"|enable javascript and cookies to continue|access (to this page has been )?denied",
    paywall=r"(account|log ?in|sign ?in|register|subscri\w+|membership)\b[^.]{0,40} "
    r"to (continue|keep reading|read|access|unlock|see the rest|carry on)|"
    r"unlimited (digital )?access|(subscribers|members)[ -]only|"
    r"(exclusive|reserved) (to|for) (our )?(subscribers|members)|"
    r"subscribe (now )?to (continue|read|unlock|keep)|to (read|see|get) the (full|whole|rest|entire)"
    r"|(continue|keep) reading (with|by|for)|(remaining|rest) of (this|the) (article|story)|for subscribers only"
    r"|(article|story|content) is (only |exclusively )?(for|available to) (our )?(subscribers|members)"
    r"|become a (subscriber|member) to (continue|read)",
    sign_in=r"(log|sign) ?in (to (continue|view|read|see|your)|is required)"
    r"|you (must|need to) (be logged|log|sign) ?in",
    sign_in_path="log-?in|sign-?in|sso",
    cookies="cookie|consent|our partners|personal data",
    accept="accept|agree|consent|got it|allow all",
    region=r"(your|this) (country|region|territory|location|area)\b|(visitors|"
    r"users|readers|people|available) (from|in|to) (the )?(eu\b|eea|european)|"
    r"(not|un|n[o'’]t) ?(currently )?(available|accessible) (in|from|to (readers|users|visitors) in) (your|this|the)"
    r"[^.]{0,30}(country|region|location|area|union|european)",
    not_found=r"\b(page|article|story|content|document) (was |could )?not (be )?found|\bnot found\b|\berror ?404\b"
    r"|\b404\b.{0,20}error|(no longer|isn['’]t|not) (available|exists?)|has been (removed|deleted)",
    stamp="(?:last |first )?(?:updated|published|posted|modified|edited)",
    stamp_words=words(
        "jan feb mar apr may jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun on at the by ago since "
        "gmt utc cet cest est edt bst am pm h t z minutes minute hours hour min"
    ),
    agencies="Reuters|AP|UPI|DPA|dpa|EFE|ANSA|TASS|Xinhua",
)

ENGLISH = Language(
    code="en",
    stop_words=words(STOP_WORDS),
    openers=words(OPENERS),
    negations=r"\b(?:not|never|cannot)\b|n't\b",
    negatives=r"\b(?:no|none|nobody|nothing|neither|nor|without|false|deny|denies|denied|denying)\b",
    sentences=SENTENCES,
    numbers=NUMBERS,
    calendar=CALENDAR,
    speech=SPEECH,
    pages=PAGES,
)
