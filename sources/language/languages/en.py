"""The word tables of English: number words, negations, attribution verbs, abbreviations, names of months."""

from __future__ import annotations

from sources.language.languages.tables import (
    CalendarWords,
    ClauseWords,
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
    scales={"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12},
    abbreviations={
        "bn": 10**9,
        "tn": 10**12,
        "trn": 10**12,
        "mn": 10**6,
        "m": 10**6,
        "k": 1000,
        "K": 1000,
        "M": 10**6,
        "B": 10**9,
    },
    measures=words("high tall wide long deep away above below thick apart"),
    measured=words(
        "sprint race run walk swim dash hurdle relay heat final semifinal runner sprinter swimmer walker champion "
        "record event freestyle butterfly backstroke breaststroke tide wave swell surge wall fence barrier cliff drop "
        "fall dive board platform gap crack crater trench tunnel statue tower mast pole ladder rope pool track lane "
        "shark snake crocodile tv screen video resolution camera monitor"
    ),
    counted=r"people|ppl|men|women|children|dollar|euro|pound|yen|lira|yuan|won|rupee|peso|\w{3,}(?<![aius])s",
    halves=("and a half",),
    half_of=("half a", "half"),
    fractions={
        "half": 2,
        "third": 3,
        "thirds": 3,
        "quarter": 4,
        "quarters": 4,
        "fifth": 5,
        "fifths": 5,
        "sixth": 6,
        "tenth": 10,
        "tenths": 10,
        "halves": 2,
    },
    out_of=words("in"),
    thousands=",",
    joining=words("and"),
    vague={
        "tens": (20, 99),
        "dozens": (20, 99),
        "hundreds": (200, 999),
        "thousands": (2_000, 9_999),
        "tens of thousands": (20_000, 99_999),
        "hundreds of thousands": (200_000, 999_999),
        "tens of millions": (20_000_000, 99_999_999),
        "hundreds of millions": (200_000_000, 999_999_999),
        "millions": (2_000_000, 9_999_999),
    },
    rounded={"half a dozen": 6, "dozen": 12},
    quantities=words("millions billions half third quarter"),
    before={
        "at_least": "at least|no fewer than|not less than|no less than|a minimum of",
        "more_than": "more than|over|above|upwards of|in excess of|exceeded|exceeding|exceeds|surpassed",
        "about": "about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated",
        "up_to": "up to|as many as|at most|no more than|a maximum of|less than|fewer than|under",
    },
    after={"at_least": "at least|or more", "about": "or so", "up_to": "at most"},
    skipped=words("of"),
    opening=words("between from"),
    ranging=words("to or"),
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
    "asserts": "say declare insist explain tell note argue warn assert believe suggest underline emphasize emphasise "
    "reiterate lament caution affirm reaffirm remark",
    "reports": "report announce reveal disclose",
    "claims": "claim contend purport",
    "alleges": "allege accuse suspect blame",
    "denies": "deny dispute refute reject",
    "confirms": "confirm acknowledge admit concede confess",
    "predicts": "predict forecast expect",
}
AMBIGUOUS = {
    "asserts": "state add stress maintain write vow post tweet hint recall observe comment boast complain testify "
    "promise pledge indicate estimate conclude proclaim swear inform remind assure",
}
# They attribute only beside a quotation.
QUOTING = {
    "asserts": "underscore quip joke reply respond retort counter continue repeat muse exclaim recount summarize object"
}
FORMS = {
    "say": "say says said",
    "tell": "tell tells told",
    "write": "write writes wrote written",
    "deny": "deny denies denied",
    "admit": "admit admits admitted",
    "swear": "swear swears swore sworn",
    "post": "posted",
    "comment": "commented",
    "estimate": "estimates estimated",
    "counter": "countered",
    "object": "objected",
}
COMPOUND = {
    "point out": "point out|points out|pointed out",
    "make clear": "make clear|makes clear|made clear|make it clear|makes it clear|made it clear",
    "let know": "let it be known|lets it be known",
    "go on to say": "goes on to say|went on to say",
}
DOUBLING = {"admit", "quip"}  # their last letter, before an ending


def _verb(lemma: str, modality: str, *, ambiguous: bool, quoting: bool = False) -> SpeechVerb:
    stem = lemma + lemma[-1] if lemma in DOUBLING else lemma.removesuffix("e")
    changed = lemma.removesuffix("y") + "i" if lemma.endswith(("ly", "fy")) else lemma if lemma.endswith("ss") else ""
    forms = FORMS.get(lemma, f"{lemma} {changed}es {changed}ed" if changed else f"{lemma} {lemma}s {stem}ed")
    return SpeechVerb(
        lemma, modality, tuple(forms.split()), ambiguous=ambiguous, participle=stem + "ing", quoting=quoting
    )


SPEECH = SpeechWords(
    verbs=(
        *(_verb(lemma, modality, ambiguous=False) for modality, line in VERBS.items() for lemma in line.split()),
        *(_verb(lemma, modality, ambiguous=True) for modality, line in AMBIGUOUS.items() for lemma in line.split()),
        *(
            _verb(lemma, modality, ambiguous=True, quoting=True)
            for modality, line in QUOTING.items()
            for lemma in line.split()
        ),
        *(SpeechVerb(lemma, "asserts", tuple(line.split("|")), ambiguous=True) for lemma, line in COMPOUND.items()),
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
)

CLAUSES = ClauseWords(
    contrasting=words("but whereas while"),
    contrasting_after_comma=words("yet although though so nor however"),
    adding=words("and or"),
    subordinating=words("because since as after when although though while whereas and or but so yet then plus"),
    doubting=words(
        "if unless whether lest until before provided supposing suppose imagine assuming perhaps maybe possibly "
        "probably likely reportedly allegedly apparently supposedly purportedly presumably hypothetically "
        "otherwise nearly almost rumored rumoured false untrue wrong denied denies deny denying refuse refuses refused"
    ),
    negating=words("not never cannot hardly barely scarcely neither nor no without nowhere rarely seldom"),
    supposing=words(
        "will would shall should can could may might must cannot couldn wouldn mustn shouldn ll d to having let"
    ),
    nobody=words("no nobody none neither nor nothing never few hardly not"),
    asking=words(
        "who whom whose what which why how where did does do has have had is was were are can could will would"
    ),
    finite=words(
        "is are was were am be been has have had do does did will would shall should can could may might must cannot "
        "became began broke brought built bought came caught chose drew drove ate fell felt fought found fled flew "
        "forgot froze gave got went grew held hid hung kept knew laid led left lent lay lost made meant met paid ran "
        "rang rose sank sat saw sent shook shot shut slept spoke spent stood stole struck swam took taught thought "
        "threw told understood woke won wore wrote said isn aren wasn weren hasn haven hadn doesn didn won wouldn "
        "couldn don says burst hit hurt put shut split bled dug fled flung leapt lit rode sang sold sped spun sprang "
        "stuck swung swept tore wept knows thinks wants goes comes takes makes gives gets seems"
    ),
    determiners=words(
        "the a an this that these those his her its their our my your some any each every both all many most several "
        "another no two three four five six seven eight nine ten eleven twelve dozens hundreds thousands"
    ),
    prepositions=words(
        "of in on at by for from into to with without within after before during through over under between against "
        "about around near across amid among as via per off outside inside behind"
    ),
    pronouns=words("he she they it we i you there everyone nobody nothing"),
    empty=words("nothing so no goodbye little something hello yes much"),
    told=words("tell warn assure inform remind caution"),
    bare=words("say claim insist admit acknowledge believe tell warn"),
    speech_nouns=words(
        "claim claims report reports allegation allegations accusation accusations rumor rumors rumour rumours "
        "suggestion suggestions statement statements idea notion fact news charge charges"
    ),
    means=words(
        "telephone phone email e-mail mail letter fax text mistake error accident now then noon midnight chance law "
        "radio loudspeaker"
    ),
    adjuncts=r"\b(?:(?:late |early )?(?:on|since) )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|yesterday|today|tonight|this (?:morning|week|afternoon|evening)|last (?:week|night|month|year))\b"
    r"|\b(?:late|early|on|in|during|at|via|through) (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}(?:statement|interview"
    r"|briefing|speech|tweet|report|letter|email|post|conference|debate|rally|hearing|press|news)\b",
    roles=words(
        "spokesman spokeswoman spokesperson head chief director president mayor leader minister secretary chairman "
        "professor founder author member co-founder executive"
    ),
)

PAGES = PageWords(
    challenge=r"just a moment\.\.\.|attention required! \||pardon our interruption|checking (if the site|your browser)"
    r"|(verify|verifying|confirm|prove) (that )?you are (a )?(human|not a robot)|are you a robot|unusual traffic"
    r"|please complete (the|this|a) (security check|captcha)"
    r"|enable javascript and cookies to continue|access (to this page has been )?denied",
    paywall=r"(account|log ?in|sign ?in|register|subscri\w+|membership)\b[^.]{0,40} "
    r"to (continue|keep reading|read|access|unlock|see the rest|carry on)|"
    r"unlimited (digital )?access|(subscribers|members)[ -]only|"
    r"(exclusive|reserved) (to|for) (our )?(subscribers|members)|"
    r"subscribe (now )?to (continue|read|unlock|keep)|to (read|see|get) the (full|whole|rest|entire)"
    r"|(continue|keep) reading (with|by|for)|(remaining|rest) of (this|the) (article|story)|for subscribers only"
    r"|(article|story|content) is (only |exclusively )?(for|available to) (our )?(subscribers|members)"
    r"|become a (subscriber|member) to (continue|read)"
    r"|you(['’]ve| have) (already |now )?(reached|hit|used|read|exceeded)\b[^.]{0,30}\b(limit|all)\b[^.]{0,30}\bfree "
    r"(\w+ )?(articles|stories)|you(['’]ve| have) (reached|hit|exceeded)\b[^.]{0,30}\bfree[- ](article|story) limit"
    r"|you(['’]ve| have) (0|no|zero)( more)? free (articles|stories) (left|remaining)"
    r"|sign ?up[^.]{0,20} to (continue reading|keep reading|unlock|read (this|the (full|whole|rest)))",
    sign_in=r"(log|sign) ?in (to (continue|view|read|see|your)|is required)"
    r"|you (must|need to) (be logged|log|sign) ?in",
    sign_in_path="log-?in|sign-?in|sso",
    cookies="cookie|consent|our partners|personal data",
    accept="accept|agree|consent|got it|allow all",
    region=r"(your|this) (country|region|territory|location|area)\b|(visitors|"
    r"users|readers|people|available) (from|in|to) (the )?(eu\b|eea|european)|"
    r"(not|un|n[o'’]t) ?(currently )?(available|accessible) (in|from|to (readers|users|visitors) in) (your|this|the)"
    r"[^.]{0,30}(country|region|location|area|union|european)|"
    r"attempting to access (this|our) (web ?)?site from a country",
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
    clauses=CLAUSES,
    pages=PAGES,
)
