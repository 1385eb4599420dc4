"""The word tables of French: number words, negations, attribution verbs, abbreviations, names of months."""

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
    "a afin ai ainsi alors apres au aucun aucune aujourd aupres aussi autour autre autres aux avaient avait avant avec "
    "avoir ayant beaucoup bien car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez comme "
    "comment contre d dans de deja depuis des desormais dont donc du elle elles en encore entre es est et etaient "
    "etait etant etc ete etre eu eux fait faire fois font hui ici il ils j je jusqu l la le les leur leurs lors "
    "lorsque lui m ma mais meme memes mes moins mon n ne ni non nos notre nous on ont ou par parce parmi pas pendant "
    "peu peut plus plusieurs pour pourquoi puis quand que quel quelle quelles quels qui quoi s sa sans se selon ses si "
    "sinon soit son sont sous souvent sur t tandis te tel telle telles tels ton tous tout toute toutes tres trop tu un "
    "une vers voici voila vos votre vous y"
)
OPENERS = (
    "le la les l un une des du de d ce c cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes il elle "
    "ils elles nous vous je j y qui que qu quoi ou et mais donc car si dans en sur sous par pour avec chez vers entre "
    "apres avant depuis pendant contre plusieurs certains certaines quelques tous toutes tout toute chaque autre "
    "autres plus moins aussi ainsi alors puis enfin cependant toutefois"
)

SENTENCES = SentenceWords(
    titles=words("m mm mme mlle dr pr prof me mgr st ste cf fig p pp vol no art av col lt"),
    closing=words("etc"),
    abbreviations=words(
        "mmes mlles drs sts stes cie sté ex env éd t n chap apr ap j.-c bd bld boul tél hab min max janv févr fév avr "
        "juil sept oct nov déc gén cap cdt adj chef ch"
    ),
)

NUMBERS = NumberWords(
    values={
        **counted(
            "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        ),
        **counted("vingt trente quarante cinquante soixante septante huitante nonante", start=20, step=10),
        "vingts": 20,
        "une": 1,
    },
    scales={
        "cent": 100,
        "cents": 100,
        "mille": 1000,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
        "billion": 10**12,
        "billions": 10**12,
        "douzaines": 12,
    },
    thousands=".",
    abbreviations={"k": 1000, "K": 1000, "M": 10**6, "md": 10**9, "mds": 10**9, "mrd": 10**9, "mio": 10**6},
    halves=("et demi", "et demie"),
    half_of=("un demi", "demi"),
    fractions={
        "moitie": 2,
        "tiers": 3,
        "quart": 4,
        "quarts": 4,
        "cinquieme": 5,
        "cinquiemes": 5,
        "dixieme": 10,
        "dixiemes": 10,
    },
    out_of=words("sur"),
    joining=words("et"),
    vague={
        "dizaines": (20, 99),
        "centaines": (200, 999),
        "milliers": (2_000, 9_999),
        "dizaines de milliers": (20_000, 99_999),
        "centaines de milliers": (200_000, 999_999),
        "dizaines de millions": (20_000_000, 99_999_999),
        "centaines de millions": (200_000_000, 999_999_999),
    },
    rounded={
        "dizaine": 10,
        "demi douzaine": 6,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "quarantaine": 40,
        "cinquantaine": 50,
        "soixantaine": 60,
        "centaine": 100,
        "millier": 1000,
    },
    quantities=words("douzaines moitie tiers quart"),
    before={
        "at_least": "au moins|au minimum|pas moins de|un minimum de",
        "more_than": "plus de|plus d|au dela de|superieur a|depasse|depassent|a depasse|ont depasse"
        "|franchi les|depasse les|depasser les",
        "about": "environ|autour de|quelque|pres de|presque|a peu pres|approximativement|aux alentours de",
        "up_to": "jusqu a|au plus|au maximum|moins de|moins d|pas plus de",
    },
    after={"at_least": "au moins|ou plus", "about": "environ", "up_to": "au plus"},
    skipped=words("de d des"),
    opening=words("entre de"),
    ranging=words("à ou"),
    ranging_if_opened=words("et"),
)

CALENDAR = CalendarWords(
    months=words("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"),
    weekdays=words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    days=words("hier aujourd'hui demain"),
    before_year=words("en depuis de des annee annees"),
)


# The verbs by the modality they give. Those of the second table just as often describe an act that is no statement.
VERBS = {
    "asserts": "affirmer déclarer assurer expliquer indiquer préciser souligner estimer avouer répéter dire avertir "
    "considérer prévenir marteler insister réaffirmer accuser dénoncer supposer clamer proclamer argumenter tweeter "
    "arguer déplorer promettre rétorquer répliquer certifier garantir maintenir raconter",
    "reports": "annoncer rapporter relater signaler révéler",
    "claims": "prétendre revendiquer",
    "alleges": "alléguer soupçonner insinuer",
    "denies": "démentir nier contester réfuter rejeter",
    "confirms": "confirmer attester reconnaître admettre concéder",
    "predicts": "prédire pronostiquer",
}
AMBIGUOUS = {
    "asserts": "ajouter juger rappeler répondre soutenir lancer regretter noter relever "
    "suggérer jurer témoigner confier plaider conclure mentionner",
    "reports": "relayer écrire",
    "predicts": "prévoir",
}
# They attribute only beside a quotation.
QUOTING = {
    "asserts": "constater observer remarquer commenter poursuivre renchérir enchaîner résumer détailler compléter "
    "ironiser plaisanter scander tonner "
    "fustiger persifler trancher glisser poster pointer menacer nuancer temporiser exhorter questionner",
}
# They attribute only with the pronoun: “s’est félicité”. Those of the second line do so only beside a quotation.
REFLEXIVE = {
    "se féliciter": False, "se réjouir": False, "se plaindre": False, "se vanter": False,
    "s’indigner": True, "s’alarmer": True, "s’inquiéter": True, "s’exclamer": True, "s’étonner": True,
    "s’insurger": True, "se désoler": True, "s’agacer": True, "s’emporter": True, "s’enthousiasmer": True,
    "se défendre": True, "se souvenir": True, "se justifier": True, "s’émouvoir": True, "s’écrier": True,
    "s’offusquer": True, "se lamenter": True, "s’amuser": True,
}  # fmt: skip
# Two verbs that say something together, by the forms of the first.
MADE = "fait font faisait faisaient fit firent"
LET = "laisse laissent laissait laissaient laissa laisserent"
HELD = "tient tiennent tenait tenaient tint tenu tenue tenus"
COMPOUND = {
    "faire savoir": (MADE, "savoir"),
    "faire valoir": (MADE, "valoir"),
    "faire remarquer": (MADE, "remarquer"),
    "faire observer": (MADE, "observer"),
    "laisser entendre": (LET, "entendre"),
    "tenir à préciser": (HELD, "a preciser"),
    "tenir à rappeler": (HELD, "a rappeler"),
    "tenir à souligner": (HELD, "a souligner"),
    "mettre en garde": ("met mettent mettait mettaient mis", "en garde"),
}
# Present, imperfect and participle of the verbs that do not end in -er.
FORMS = {
    "dire": "dit disent disait disaient dite dits",
    "soutenir": "soutient soutiennent soutenait soutenaient soutenu",
    "prévenir": "previent previennent prevenait prevenaient prevenu prevenus",
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
    "promettre": "promet promettent promettait promettaient promis",
    "maintenir": "maintient maintiennent maintenait maintenaient maintenu",
    "garantir": "garantit garantissent garantissait garantissaient garanti",
    "conclure": "conclut concluent concluait concluaient conclu",
    "poursuivre": "poursuit poursuivent poursuivait poursuivaient poursuivi",
    "renchérir": "rencherit rencherissent rencherissait rencherissaient rencheri",
    "poster": "poste postee",
    "réjouir": "rejouit rejouissent rejouissait rejouissaient rejoui rejouie rejouis rejouies",
    "plaindre": "plaint plaignent plaignait plaignaient plainte plaints plaintes",
    "défendre": "defend defendent defendait defendaient defendu defendue defendus defendues",
    "souvenir": "souvient souviennent souvenait souvenaient souvenu souvenue souvenus souvenues",
    "émouvoir": "emeut emeuvent emouvait emouvaient emu emue emus emues",
}
ENDINGS = ("e", "ent", "ait", "aient", "a", "erent", "es", "ee", "ees")  # of the verbs in -er
PLAIN = str.maketrans("éèêîç", "eeeic")


def _verb(lemma: str, modality: str, *, ambiguous: bool, quoting: bool = False) -> SpeechVerb:
    bare = lemma.removeprefix("se ").removeprefix("s’")
    stem = bare.translate(PLAIN).removesuffix("er")
    forms = FORMS[bare].split() if bare in FORMS else [stem + ending for ending in ENDINGS]
    participle = next((form.removesuffix("aient") + "ant" for form in forms if form.endswith("aient")), "")
    if bare != lemma or participle == "maintenant":  # "now"
        participle = ""
    return SpeechVerb(
        lemma,
        modality,
        tuple(forms),
        ambiguous=ambiguous,
        participle=participle,
        quoting=quoting,
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
        *(_verb(lemma, "asserts", ambiguous=True, quoting=quoting) for lemma, quoting in REFLEXIVE.items()),
        *(
            SpeechVerb(lemma, "asserts", tuple(f"{form} {rest}" for form in first.split()), ambiguous=True)
            for lemma, (first, rest) in COMPOUND.items()
        ),
    ),
    according=("selon", "d’après", "à en croire", "de source", "de sources"),
    derived=r"affirm\w*|declar\w*|indiqu\w*|annonc\w*|assur\w*|pretend\w*|rapport\w*|confirm\w*|dement\w*|accus\w*"
    r"|estim\w*|soulign\w*|presum\w*|suppos\w*|serai(?:en)?t|aurai(?:en)?t|pourrai(?:en)?t|sources?|citant"
    r"|revendiqu\w*|reconnu\w*|temoin\w*",
    that=words("que qu"),
    auxiliaries=words(
        "a ont avait avaient aurait auraient est etait s l y en lui leur nous ensuite egalement aussi deja toutefois "
        "cependant encore elle meme memes par ailleurs d abord t"
    ),
    pronouns=words("il elle ils elles on"),
    relatives=words("qui dont"),
    interrogatives=words("lequel laquelle lesquels lesquelles"),
    leading=words("mais et or car cependant toutefois"),
    agents=words("par"),
    impersonal=words("il"),
)

CLAUSES = ClauseWords(
    contrasting=words("mais tandis alors pourtant cependant"),
    contrasting_after_comma=words("or car donc quoique toutefois neanmoins bien"),
    adding=words("et ou"),
    subordinating=words(
        "alors tandis pendant parce puisque depuis lorsque comme car et mais or ou donc que qu ainsi apres quand"
    ),
    doubting=words(
        "si sans afin pour avant moins supposons imaginons supposer imaginer possible faux impossible peut probable "
        "probablement apparemment presumement faute dement demente dementi nie refuse refusent pretendument"
    ),
    negating=words("ne n pas jamais guere nullement aucunement ni plus point"),
    supposing=words(
        "aurait auraient aurais aura auront serait seraient sera seront ait aient eut fut soit soient avoir etre ayant "
        "etant"
    ),
    nobody=words("aucun aucune personne nul nulle ni rien pas"),
    asking=words("qui que quoi quel quelle quels quelles pourquoi comment ou quand est"),
    finite=words(
        "est sont etait etaient a ont avait avaient sera seront serait seraient aura auront aurait auraient fut furent "
        "va vont fait font peut peuvent doit doivent veut veulent ait aient soit soient ai avons avez suis sommes etes "
        "eut eurent dit disent prend prennent met mettent vient viennent tient meurt meurent reste restent reclame"
    ),
    determiners=words(
        "le la les l un une des du de d ce c cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes "
        "plusieurs deux trois quatre cinq six sept huit neuf dix onze douze vingt trente cent mille aucun chaque tout "
        "tous toutes"
    ),
    prepositions=words(
        "de d du des a au aux en dans sur sous par pour avec sans chez vers entre apres avant depuis pendant contre "
        "lors devant pres hors selon"
    ),
    pronouns=words("il elle ils elles on je j nous vous c ce cela ca y"),
    empty=words("rien oui non"),
    told=words("assurer avertir prévenir accuser rappeler répondre"),
    means=words(
        "communique ecrit telephone courriel courrier mail lettre erreur telegramme radio voie biais moyen exemple "
        "ailleurs consequent hasard principe precaution intermediaire entremise voix sms message"
    ),
    adjuncts=r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|aujourd'hui"
    r"|ce (?:matin|soir|midi)|cette nuit|lors d\w*|dans (?:un|une|son|sa|l|les|le|la)|au cours d\w*|devant"
    r"|sur (?:son|sa|ses|le|la|les|x|twitter|facebook)"
    r"|a l'(?:antenne|afp|issue)|aupres d\w*|au micro|en conference)\b",
    roles=words(
        "porte-parole porte directeur directrice president presidente maire chef cheffe ministre depute deputee "
        "professeur responsable secretaire fondateur fondatrice membre commandant prefet prefete chercheur adjoint"
    ),
)

PAGES = PageWords(
    challenge=r"(v[ée]rifi|confirm|prouv)(ez|er|ons) que vous (êtes|n['’]êtes) (bien )?(un |pas un )?"
    r"(être humain|humain|robot)"
    r"|je ne suis pas un robot|v[ée]rification de (la sécurité de )?votre (navigateur|connexion)",
    paywall=r"réservée?s? à nos (\w+ )?abonnés|(cet article|contenu|suite|lire)\b.{0,40}\babonnés|"
    r"(lire|accéder à) .{0,30}(en entier|en intégralité|l['’]intégralité)|"
    r"sans engagement|accès illimité|(compte|connectez|inscri\w+|"
    r"abonne\w+)\b[^.]{0,50} (continuer|poursuivre|lire la suite)|"
    r"(article|contenu|suite|lecture)( de cet article)?( est)? réservée?s? (à nos|aux) abonnés"
    r"|il vous reste [\d,.]+ ?%|abonnez-vous (pour|afin de|et) (lire|continuer|accéder|poursuivre|découvrir)"
    r"|vous avez (déjà )?(atteint|dépassé|épuisé|utilisé|lu)\b[^.]{0,30}\b(limite|quota|plafond|nombre|tous|vos)\b"
    r"[^.]{0,30}\b(articles|contenus) (gratuits|offerts)|il (ne )?vous reste (0|plus d['’]|aucun) ?articles? gratuits?"
    r"|\d+ ?% de (cet article|ce contenu|l['’]article) reste\w* à (lire|découvrir)"
    r"|(lisez|lire) la suite (pour|à partir de|dès) [\d,.]+ ?€"
    r"|(lisez|lire) la suite [^.]{0,20}avec l['’](offre|abonnement)",
    sign_in=r"(connectez|identifiez)-vous (pour|afin)|vous devez (être connecté|vous (connecter|identifier))"
    r"|se connecter pour",
    sign_in_path="connexion|identification",
    cookies="cookie|traceurs|témoins de connexion|nos partenaires|données personnelles|vie privée",
    accept="accept|continuer sans",
    region=r"\b(votre|vos) (pays|territoire|région|zone géographique|localisation)|"
    r"(pas|plus|in) ?(disponible|accessible) (dans|depuis|pour) (votre|le) (pays|r[ée]gion|zone|territoire|position)",
    not_found=r"\berreur ?404\b|\b404\b.{0,20}erreur"
    r"|(page|article|contenu|document) (est )?(introuvable|non trouvée?|inexistante?)|n['’](existe|est) (plus|pas)",
    stamp="(?:derniere )?mise a jour|mis a jour|publiee?|modifiee?",
    stamp_words=words("janv fevr avr juil le a la du et il y heures heure h min"),
    agencies="AFP|Agence France-Presse",
)

FRENCH = Language(
    code="fr",
    stop_words=words(STOP_WORDS),
    openers=words(OPENERS),
    negations=r"\b(?:ne|pas|jamais)\b|\bn'",
    negatives=r"\b(?:non|aucune?|rien|personne|ni|sans|nulle?|guere|faux|fausse|dement\w*|nie|nient)\b",
    elided=("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"),
    sentences=SENTENCES,
    numbers=NUMBERS,
    calendar=CALENDAR,
    speech=SPEECH,
    clauses=CLAUSES,
    pages=PAGES,
)
