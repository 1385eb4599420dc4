"""The word tables of Turkish: number words, negations, attribution verbs, abbreviations, names of months."""

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
    "acaba ama ancak artik asla aslinda az bana bazi belki ben beni benim beri bile bir bircok biri birkac birsey biz "
    "bize bizi bizim boyle bu buna bundan bunlar bunu bunun burada cok cunku da daha dahi de defa degil diger diye "
    "dolayi en etti eden ederek gibi gore hala hangi hatta hem henuz hep her hic icin icinde ile ilgili ise iste kadar "
    "karsi ki kim kimse mi mu nasil ne neden nerede niye o olan olarak oldu oldugu oldugunu olduklarini olmak olsa "
    "olup ona once ondan onlar onlari onu onun oysa sadece sanki sen siz sonra soyle su sunu tarafindan tum uzere var "
    "ve veya ya yani yapilan yaptigi yaptigini yeniden yer yine yok zaten"
)
OPENERS = (
    "bir bu su o onlar biz siz ben sen her bazi tum butun birkac cok daha ve veya ama fakat ancak ile icin gibi kadar "
    "sonra once ayrica ise ne kim nasil neden diger baska"
)

SENTENCES = SentenceWords(
    titles=words("mr mrs ms dr prof doç yrd av sn bkz hz st no vol alb gen"),
    closing=words("vb vs vd"),
    abbreviations=words(
        "arş gör öğr uzm yy yay mah cad sok bul apt tel s ss çev haz ed müh mim korg tümg tuğg bnb yzb tğm ütğm çvş "
        "ltd şti a.ş t.c m.ö m.s örn yak sy nr ör mad"
    ),
)

NUMBERS = NumberWords(
    values={
        **counted("sifir bir iki uc dort bes alti yedi sekiz dokuz"),
        **counted("on yirmi otuz kirk elli altmis yetmis seksen doksan", start=10, step=10),
    },
    scales={"yuz": 100, "bin": 1000, "milyon": 10**6, "milyar": 10**9, "trilyon": 10**12},
    abbreviations={"mn": 10**6, "mlr": 10**9},
    endings=r"(?:y?[iuae]|n?[iu]n|[dt][ae]n?|l[iu]k|y?l[ae]|[iu]nc[iu])",
    halves=("bucuk",),
    half_of=("yarim",),
    thousands=".",
    vague={
        "onlarca": (20, 99),
        "yuzlerce": (200, 999),
        "binlerce": (2_000, 9_999),
        "on binlerce": (20_000, 99_999),
        "yuz binlerce": (200_000, 999_999),
        "on milyonlarca": (20_000_000, 99_999_999),
        "yuz milyonlarca": (200_000_000, 999_999_999),
        "milyonlarca": (2_000_000, 9_999_999),
    },
    rounded={"duzine": 12},
    quantities=words("milyonlarca milyarlarca yari yarisi"),
    before={
        "at_least": "en az|asgari",
        "about": "yaklasik|asagi yukari|takriben|neredeyse",
        "up_to": "en fazla|en cok|azami",
    },
    after={
        "at_least": "veya daha fazla",
        "more_than": "den fazla|dan fazla|ten fazla|tan fazla|i askin|u askin|yi askin|yu askin|askin"
        "|asti|asan|u asti|i asti|yi asti|u asan|i asan"
        "|gecti|gecen|i gecti|u gecti|i gecen|u gecen|uzerinde|un uzerinde|in uzerinde",
        "about": "civarinda|kadar|yakin|e yakin|a yakin|ye yakin|ya yakin|yaklasti|e yaklasti|a yaklasti",
        "up_to": "den az|dan az|ten az|tan az",
    },
    skipped=words("fazla az askin yakin asti asan gecti gecen ulasti"),
    ranging=words("ile ilâ ila veya"),
)

CALENDAR = CalendarWords(
    months=words("ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik"),
    weekdays=words("pazartesi sali carsamba persembe cuma cumartesi pazar"),
    days=words("dun bugun yarin"),
    after_year=("yil",),
)


def _verb(
    lemma: str, modality: str, active: str, passive: str = "", *, ambiguous: bool = False, quoting: bool = False
) -> SpeechVerb:
    forms = tuple(form for form in passive.split("|") if form)
    return SpeechVerb(lemma, modality, tuple(active.split("|")), forms, ambiguous=ambiguous, quoting=quoting)


# Nouns between a quotation and a verb that says little: “…” uyarısında bulundu, “…” yorumunu yaptı.
QUOTING_NOUNS = (
    "degerlendirmesi uyarisi yorumu vurgusu cagrisi itirafi tespiti elestirisi benzetmesi paylasimi hatirlatmasi"
)
QUOTING_PHRASES = (
    "mesajini verdi|mesajini paylasti|cevabini verdi|yanitini verdi|karsiligini verdi|bilgisini paylasti"
    "|tepkisini gosterdi|notunu dustu|notunu paylasti|sozlerini sarf etti|ifadelerine yer verdi|ifadelerini paylasti"
    "|gorusunu dile getirdi|gorusunu savundu|gorusunu paylasti|seklinde ifade etti|seklinde acikladi"
    "|seklinde yanit verdi|seklinde degerlendirdi|seklinde uyardi|seklinde yazdi"
)
AFTER_DIYE = (
    "uyardi|seslendi|bagirdi|haykirdi|yanitladi|ozetledi|yorumladi|paylasti|yakindi|cikisti|vurguladi|cevap verdi"
    "|yanit verdi|karsilik verdi|devam etti|tepki gosterdi|not dustu|sikayet etti|sitem etti|isyan etti|ifade etti"
    "|itiraf etti"
)
QUOTING = (
    *(
        f"{noun}n{ending}"
        for noun in QUOTING_NOUNS.split()
        for ending in ("da bulundu", "de bulundu", "i yapti", "u yapti")
    ),
    *QUOTING_PHRASES.split("|"),
    *(f"diye {verb}" for verb in AFTER_DIYE.split("|")),
)


SPEECH = SpeechWords(
    # As they end a sentence.
    verbs=(
        _verb(
            "söylemek",
            "asserts",
            "soyledi|soyluyor|soylediler|soylemisti|dedi|dediler|diyor|demisti|ifade etti|dile getirdi"
            "|ifade ediyor|ifade ettiler|ifade etmisti|dile getiriyor|dile getirdiler|beyan etti"
            "|ifadesini kullandi|ifadelerini kullandi|diye konustu|seklinde konustu"
            "|sozlerini kullandi",
            "soylendi|denildi|ifade edildi|soyleniyor|ifade ediliyor|dile getirildi|dile getiriliyor",
        ),
        _verb(
            "belirtmek",
            "asserts",
            "belirtti|belirtiyor|vurguladi|kaydetti|ekledi|belirttiler|vurguluyor|kaydediyor|ekliyor|vurguladilar"
            "|kaydettiler|belirtmisti|vurgulamisti|kaydetmisti|sozlerine ekledi",
            "belirtildi|vurgulandi|kaydedildi|belirtiliyor|vurgulaniyor|kaydediliyor",
        ),
        _verb(
            "belirtmek",
            "asserts",
            "altini cizdi|altini ciziyor|dikkat cekti|dikkat cekiyor|dikkati cekti|isaret etti|isaret ediyor|hatirlatti"
            "|hatirlatiyor|yineledi|tekrarladi|tekrar etti|paylasti|ima etti|not etti|vaat etti|mujdeledi|haber verdi"
            "|rapor etti",
            ambiguous=True,
        ),
        _verb(
            "bildirmek",
            "reports",
            "bildirdi|bildiriyor|aktardi|duyurdu|ilan etti|anlatti|yazdi|acikladi|aciklamisti|aciklamasinda bulundu"
            "|aciklamasini yapti|diye yazdi|bilgisini verdi|haberini verdi|bildirmisti|duyurmustu|duyuruyor|acikliyor"
            "|aktariyor|aciklamis|acikladilar|duyurdular|bildirdiler|aktardilar",
            "bildirildi|duyuruldu|aktarildi|ilan edildi|aciklandi|ogrenildi|bildiriliyor|aktariliyor",
        ),
        _verb("savunmak", "claims", "savundu|savunuyor|savundular", "savunuldu|savunuluyor"),
        _verb(
            "iddia etmek",
            "claims",
            "iddia etti|iddia ediyor|iddia etmisti|ileri surdu|one surdu|iddiasinda bulundu|iddia ettiler|ileri suruyor"
            "|one suruyor|ileri surduler|one surduler",
            "iddia edildi|iddia ediliyor|iddia edilmisti|ileri suruldu|one suruldu|ileri suruluyor|one suruluyor",
        ),
        _verb("suçlamak", "alleges", "sucladi|sorumlu tuttu|sorumlu tutmustu", "suclandi"),
        _verb("yalanlamak", "denies", "yalanladi|reddetti|inkar etti", "yalanlandi|reddedildi"),
        _verb(
            "doğrulamak",
            "confirms",
            "dogruladi|teyit etti|kabul etti|itiraf etti|dogruluyor|dogruladilar|teyit ediyor",
            "dogrulandi|teyit edildi|itiraf edildi",
        ),
        _verb("öngörmek", "predicts", "ongordu|tahmin etti|ongoruyor", "ongoruldu|tahmin ediliyor|ongoruluyor"),
        _verb("söylemek", "asserts", "|".join(QUOTING), ambiguous=True, quoting=True),
    ),
    according=("göre",),
    derived=r"soyle\w*|belirt\w*|acikla\w*|iddia\w*|one sur\w*|bildir\w*|kaydet\w*|ifade\w*|savun\w*|dogrula\w*"
    r"|yalanla\w*|redde\w*|itiraf\w*|kaynak\w*|sucla\w*|aktar\w*|anlat\w*|duyur\w*|tanik\w*",
    agents=words("tarafindan"),
    unnamed=words("iddiaya iddialara haberlere bildirildigine soylentilere edinilen"),
    publications=words("haberine aciklamasina verilerine raporuna iddiasina aktardigina"),
    after_speaker="ise|da|de|yazılı|yaptığı|açıklamasında",
)

CLAUSES = ClauseWords(
    contrasting=words("ama ancak fakat oysa lakin halbuki"),
    adding=words("ve"),
    determiners=words("bir bu birkac tum butun bazi cok yaklasik en her uc"),
    doubting=words("eger belki sanki guya sozde galiba keske hicbir hic kimse neredeyse muhtemelen"),
    empty=words("bunu bunlari sunu onu boyle iddiayi iddialari haberi haberleri suclamalari suclamayi sorulari"),
    # In -ca and -ce, without being an agent.
    means=words(
        "once sadece ayrica yalnizca boylece oldukca iyice turkce ingilizce acikca resmence gizlice onlarca yuzlerce "
        "binlerce milyonlarca yillarca gunlerce aylarca saatlerce haftalarca defalarca kesince nihayetince gunce gece "
        "kisaca genellikle hemence bence sence bizce sizce onca bunca nice kanunca yasaca hukukca birce doguca"
    ),
    adjuncts=r"(?:pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar|dun|bugun|yarin|gunu|sabah|aksam|gece|ogle"
    r"|sabahi|aksami|gecesi|yazili|resmen|resmi|kamuoyuna|ayrica|daha|sonra|once|bir|kez|olarak)$",
)

PAGES = PageWords(
    challenge="insan olduğunuzu? (doğrula|onayla)(yın|nıyor)|robot olmadığınızı|ben robot değilim"
    "|tarayıcınız (kontrol ediliyor|denetleniyor|doğrulanıyor)",
    paywall=r"abone\w* (özel|açık|ayrıl)|(devamını|tamamını|kalanını) [^.]{0,40}(abone|"
    r"oku)|sınırsız erişim|(üye|abone|giriş)\w*[^.]{0,40}devam et|"
    "devamı\\w* .{0,20}abone|"
    "(yalnızca |sadece )?abonele(re|rimize) özel"
    "|(okumaya devam etmek|devamını okumak|tamamını okumak) için abone"
    r"|ücretsiz (makale|haber|içerik|yazı)\w* (limit|kota|hak)\w* (ulaş|dol|bit|tüken|aş|kalma)"
    r"|(içeri|makale|haber|yazı)\w* (sadece|yalnızca) abone\w* (eriş|oku|görü|açık|özel)",
    sign_in="(devam etmek|görmek|okumak|görüntülemek) için (lütfen )?(giriş yap|oturum aç)|giriş yapmanız gerek",
    sign_in_path="giris|oturum-ac",
    cookies="çerez|kişisel veri|gizlilik|ortaklarımız",
    accept="kabul e[td]|onaylıyorum|izin ver",
    region="(bulunduğunuz|bölgeniz|ülkeniz|konumunuz|ülkenizden|bölgenizden) |"
    "(ülke|bölge|konum)n?[iı]zde[n]? .{0,20}(kullanılamıyor|erişilemiyor|görüntülenemiyor|mevcut değil)"
    "|(ülke|bölge|konum)n?[iı]zde[n]? (erişim|erişime)",
    not_found=r"\bhata ?404\b|\b404\b.{0,20}hata|(sayfa|haber|içerik) (bulunamadı|mevcut değil|kaldırıl)|bulunamadı",
    stamp="(?:son )?guncelle(?:me|ndi)(?: tarihi)?|yayin(?:lanma)?(?: tarihi)?|giris(?: tarihi)?",
    stamp_words=words("saat tarih tarihinde ve dakika once"),
    agencies="AA|Anadolu|DHA|İHA",
)

TURKISH = Language(
    code="tr",
    stop_words=words(STOP_WORDS),
    openers=words(OPENERS),
    # Most verbs are negated by an ending. Words that only look like it are named first.
    negations=r"\bdegil\w*\b|\b(?!namaz|hamam|tamam|gomuyor|yumuyor)\w{2,}m(?:[iu]yor\w*|[ae](?:m|di\w*|mis\w*"
    r"|z(?:d\w*|s\w*|l[ae]r\w*)?|yor\w*|y[ie]z|yec\w*|yac\w*|y[ae]n|y[ae]nl[ae]r\w*|dig\w*|dan|den))\b",
    negatives=r"\b(?:yok\w*|hayir|hicbir|hic|kimse\w*|asla|yalanla\w*|redde\w*)\b",
    sentences=SENTENCES,
    numbers=NUMBERS,
    calendar=CALENDAR,
    speech=SPEECH,
    clauses=CLAUSES,
    pages=PAGES,
)
