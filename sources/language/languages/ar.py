"""The word tables of Arabic: number words, negations, attribution verbs, abbreviations, names of months."""

from __future__ import annotations

from sources.language.languages.tables import (
    CalendarWords,
    Language,
    NumberWords,
    PageWords,
    SentenceWords,
    SpeechVerb,
    SpeechWords,
    words,
)

CONJUNCTIONS = "وف"

# With attached particles where that is frequent.
STOP_WORDS = (
    "ابي اثنا اذ اذا الا التي الذي الذين اللذان اللتان الي ام اما امام ان انه انها او اي ايضا اين ب بان بعد بعض بل بين "
    "بينما تحت تلك تم ثم حتي حول حيث حين خلال دون ذلك رغم ضد عبر عدم علي عليه عليها عن عند عندما غير ف في فيه فيها فقط "
    "قال قالت قبل قد كل كان كانت كانوا كما كيف ك ل لا لان لدي لقد لكن لم لن له لها لهم لو ليس ليست ما ماذا متي مثل مع "
    "من منذ منه منها مما نحو هذا هذه هل هم هن هنا هناك هو هي و وان وفي وقال وقالت وقد وكان وكانت ولا ولم وهو وهي ومن "
    "يكون يمكن"
)

SENTENCES = SentenceWords(
    titles=words("د أ م"),
    closing=frozenset(),
    abbreviations=words("ص ج ط ق هـ ت ب ه"),
)

VALUES = {
    "احد احدي واحد": 1,
    "اثنان اثنين اثنا اثني": 2,
    "ثلاثه ثلاث": 3,
    "اربعه اربع": 4,
    "خمسه خمس": 5,
    "سته ست": 6,
    "سبعه سبع": 7,
    "ثمانيه ثماني ثمان": 8,
    "تسعه تسع": 9,
    "عشره عشر": 10,
    "عشرون عشرين": 20,
    "ثلاثون ثلاثين": 30,
    "اربعون اربعين": 40,
    "خمسون خمسين": 50,
    "ستون ستين": 60,
    "سبعون سبعين": 70,
    "ثمانون ثمانين": 80,
    "تسعون تسعين": 90,
    "ميتان ميتين مايتان مايتين": 200,
    "الفان الفين": 2000,
}
NUMBERS = NumberWords(
    values={word: value for line, value in VALUES.items() for word in line.split()},
    scales={
        "ميه": 100,
        "مايه": 100,
        "الف": 1000,
        "الفا": 1000,
        "الاف": 1000,
        "مليون": 10**6,
        "مليونا": 10**6,
        "ملايين": 10**6,
        "مليار": 10**9,
        "مليارا": 10**9,
    },
    thousands=",٬",
    vague={
        "عشرات": (20, 99),
        "ميات": (200, 999),
        "الاف": (2_000, 9_999),
        "عشرات الالاف": (20_000, 99_999),
        "ميات الالاف": (200_000, 999_999),
    },
    rounded={},
    quantities=words("الوف نصف ثلث ربع"),
    before={
        "at_least": "ما لا يقل عن|لا يقل عن|علي الاقل|بما لا يقل عن",
        "more_than": "اكثر من|ما يزيد علي|ما يزيد عن|يزيد علي|يزيد عن|لاكثر من|باكثر من",
        "about": "حوالي|نحو|قرابه|ما يقارب|زها|يقارب|ما يناهز|يناهز|بنحو|بحوالي",
        "up_to": "ما يصل الي|يصل الي|لا يزيد عن|لا يزيد علي|لا يتجاوز|اقل من",
    },
    after={"at_least": "علي الاقل|او اكثر", "about": "تقريبا", "up_to": "كحد اقصي"},
    opening=words("بين من"),
    ranging_if_opened=words("إلى و"),
)

CALENDAR = CalendarWords(
    months=words("يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر"),
    weekdays=words("الاثنين الثلاثا الاربعا الخميس الجمعه السبت الاحد"),
    days=words("امس اليوم غدا"),
    before_year=words("عام سنه منذ"),
)


def _verb(lemma: str, modality: str, active: str, passive: str = "", *, ambiguous: bool = False) -> SpeechVerb:
    return SpeechVerb(lemma, modality, tuple(active.split()), tuple(passive.split()), ambiguous=ambiguous)


SPEECH = SpeechWords(
    # As they stand before their subject. Most passives look like the active form, as short vowels are not written.
    verbs=(
        _verb(
            "قال",
            "asserts",
            "قال قالت يقول تقول قالوا صرح صرحت اوضح اوضحت اضاف اضافت شدد شددت اشار اشارت",
        ),
        _verb("أعلن", "reports", "اعلن اعلنت يعلن تعلن افاد افادت ذكر ذكرت اورد اوردت كشف كشفت", "اعلن ذكر"),
        _verb("أعلن", "reports", "نقل نقلت", ambiguous=True),
        _verb("زعم", "claims", "زعم زعمت يزعم تزعم ادعي ادعت يدعي تدعي", "زعم يزعم ادعي"),
        _verb("اتهم", "alleges", "اتهم اتهمت يتهم تتهم"),
        _verb("نفى", "denies", "نفي نفت ينفي تنفي"),
        _verb("أكد", "confirms", "اكد اكدت يوكد توكد اعترف اعترفت"),
        _verb("أكد", "confirms", "اقر اقرت", ambiguous=True),
        _verb("توقع", "predicts", "توقع توقعت يتوقع تتوقع"),
        _verb("قيل", "asserts", "", "قيل يقال"),
        _verb("أفيد", "reports", "", "افيد"),
        _verb("أشيع", "claims", "", "اشيع"),
        _verb("اعتقد", "asserts", "اعتقد اعتقدت يعتقد تعتقد", "يعتقد"),
        _verb("تردد", "reports", "", "تردد", ambiguous=True),
    ),
    according=("بحسب", "حسب", "وفقا", "وفق", "نقلا عن", "استنادا إلى"),
    derived=r"قال\w*|ذكر\w*|اعلن\w*|افاد\w*|زعم\w*|مزعوم\w*|ادعي\w*|اكد\w*|نفي\w*|صرح\w*|اتهم\w*|مصدر|مصادر|اشار\w*"
    r"|شهود|شاهد",
    that=words("ان انه انها انهم بان بانه بانها"),
    what=words("ما"),
)

PAGES = PageWords(
    challenge="(تحقق|تأكد|أثبت) (من )?(أنك|أنّك) (إنسان|لست)|لست (روبوت|برنامج روبوت)",
    paywall="(المقال|المحتوى|النص|القراءة|المادة|الخبر).{0,30}(للمشتركين|اشتراك|مشترك)|"
    "اشترك[^.]{0,20}(لقراءة|لمتابعة|للوصول|لمواصلة)|(وصول|دخول) غير محدود|لإكمال القراءة|"
    "(للمشتركين|للأعضاء) فقط|(اشترك|اشتركوا) (الآن )?(لمتابعة|لقراءة|للقراءة)"
    "|هذا (المحتوى|المقال) (متاح |حصري |مخصص )?للمشتركين",
    sign_in="(سجل|سجّل|سجلوا) الدخول (لل|ل|إلى)|يجب (عليك )?تسجيل الدخول",
    cookies="ملفات (تعريف )?الارتباط|كوكيز|شركاؤنا|الخصوصية|البيانات الشخصية",
    accept="أوافق|موافق|اقبل|أقبل|قبول|السماح",
    region="(بلدك|بلدكم|منطقتك|منطقتكم|دولتك|دولتكم|موقعك الجغرافي)|"
    "غير (متاح|متوفر|متاحة|متوفرة) في (بلدك|بلدكم|منطقتك|منطقتكم|دولتك|دولتكم|موقعك)",
    not_found=r"\bخطأ ?404\b|\b404\b.{0,20}خطأ|(الصفحة|المقال|الخبر|المحتوى)[^.]{0,30}غير موجود|لم يتم العثور"
    r"|غير متوفرة?",
    stamp="(?:اخر )?تحديث|تم التحديث|نشر(?: في)?|تاريخ النشر",
    stamp_words=words("في و الساعه بتوقيت غرينتش"),
    agencies=r"أ ?\.? ?ف ?\.? ?ب\.?|فرانس برس|رويترز|الأناضول|واس|وام",
)

ARABIC = Language(
    code="ar",
    stop_words=words(STOP_WORDS),
    openers=frozenset(),  # a script without capitals shows no names
    negations=rf"\b[{CONJUNCTIONS}]?(?:لا|لم|لن|ما|ليس\w*|لست\w*|لسنا)\b",
    negatives=rf"\b[{CONJUNCTIONS}]?(?:غير|بدون|دون|عدم|كلا|نفي\w*|نفت|تنفي|ينفي)\b",
    conjunctions=CONJUNCTIONS,
    particles="فبلك",
    article="ال|لل",
    sentences=SENTENCES,
    numbers=NUMBERS,
    calendar=CALENDAR,
    speech=SPEECH,
    pages=PAGES,
)
