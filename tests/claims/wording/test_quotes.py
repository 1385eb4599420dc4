import pytest

from claims.wording import quotes
from claims.wording.modality import NOBODY
from tests.claims.wording.said import read
from tests.effort import at_most


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Il a été affirmé que des « hommes liés à l’État » étaient derrière l’attaque.",
         (None, "affirmer", NOBODY, "indirect", "des « hommes liés à l’État » étaient derrière l’attaque")),
        ("fr", "Il a été annoncé par le ministère que les prix baisseraient.",
         ("le ministère", "annoncer", "reports", "indirect", "les prix baisseraient")),
        ("en", "It has been confirmed that the bridge fell.",
         (None, "confirm", NOBODY, "indirect", "the bridge fell")),
        ("tr", "Köprünün yıkıldığı iddia edildi.", (None, "iddia etmek", NOBODY, "indirect", "Köprünün yıkıldığı")),
        ("tr", "İddiaya göre, köprü yıkıldı.", (None, "göre", NOBODY, "indirect", "köprü yıkıldı")),
        ("ar", "زُعم أن الجسر انهار.", (None, "زعم", NOBODY, "indirect", "الجسر انهار")),
        ("ar", "قيل إن الجسر انهار.", (None, "قيل", NOBODY, "indirect", "الجسر انهار")),
    ],
)  # fmt: skip
def test_a_passive_names_nobody_unless_it_says_by_whom(language, text, expected):
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Les médias iraniens ont annoncé que le général était mort.",
         ("Les médias iraniens", "annoncer", "reports", "indirect", "le général était mort")),
        ("fr", "La Commission, qui prépare la loi, a indiqué que rien n’est fait.",
         ("La Commission", "indiquer", "asserts", "indirect", "rien n’est fait")),
        ("fr", "L’armée dément que ses avions aient tiré.",
         ("L’armée", "démentir", "denies", "indirect", "ses avions aient tiré")),
        ("fr", "39 villages ont été pris, ont annoncé les autorités.",
         ("les autorités", "annoncer", "reports", "indirect", "39 villages ont été pris")),
        ("en", "State television said that the general was killed.",
         ("State television", "say", "asserts", "indirect", "the general was killed")),
        ("en", "The toll has risen to 21, the hospital said, after nine died.",
         ("the hospital", "say", "asserts", "indirect", "The toll has risen to 21")),
        ("tr", "İran medyası generalin öldüğünü duyurdu.",
         ("İran medyası", "bildirmek", "reports", "indirect", "generalin öldüğünü")),
        ("tr", "Konsey, köyleri aldığını ileri sürdü.",
         ("Konsey", "iddia etmek", "claims", "indirect", "köyleri aldığını")),
        ("ar", "وقال التلفزيون الرسمي إن العميد قُتل.",
         ("التلفزيون الرسمي", "قال", "asserts", "indirect", "العميد قُتل")),
        ("ar", "ونفت أوستافيا نفياً قاطعاً أن تكون لها صلة.", ("أوستافيا", "نفى", "denies", "indirect", "تكون لها صلة")),
        ("ar", "يعتقد السكان أن الجسر انهار.", ("السكان", "اعتقد", "asserts", "indirect", "الجسر انهار")),
    ],
)  # fmt: skip
def test_reported_speech_has_a_speaker_and_a_verb(language, text, expected):
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Selon les habitants, vingt personnes sont mortes.",
         ("les habitants", "selon", "asserts", "indirect", "vingt personnes sont mortes")),
        ("fr", "Douze civils ont été tués, selon les secouristes.",
         ("les secouristes", "selon", "asserts", "indirect", "Douze civils ont été tués")),
        ("fr", "Le pont est tombé, a-t-on appris de source policière.",
         ("source policière", "de source", "asserts", "indirect", "Le pont est tombé")),
        ("fr", "Le pont est tombé, apprend-on selon la police.",
         ("la police", "selon", "asserts", "indirect", "Le pont est tombé")),
        ("en", "About 8,000 have fled, according to the committee.",
         ("the committee", "according to", "asserts", "indirect", "About 8,000 have fled")),
        ("tr", "Sorhal Komitesi’ne göre, 8 bin kişi kaçtı.",
         ("Sorhal Komitesi", "göre", "asserts", "indirect", "8 bin kişi kaçtı")),
        ("tr", "Belediyeye göre beş kişi öldü.", ("Belediye", "göre", "asserts", "indirect", "beş kişi öldü")),
        ("tr", "Valiliğe göre beş kişi öldü.", ("Valiliğe", "göre", "asserts", "indirect", "beş kişi öldü")),
        ("tr", "Bakanlığa göre, köprü yıkıldı.", ("Bakanlığa", "göre", "asserts", "indirect", "köprü yıkıldı")),
        ("ar", "بحسب الدفاع المدني، قُتل 12 مدنياً.",
         ("الدفاع المدني", "بحسب", "asserts", "indirect", "قُتل 12 مدنياً")),
    ],
)  # fmt: skip
def test_according_to_names_a_speaker(language, text, expected):
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "« Nous n’avons aucun lien », a déclaré la porte-parole, Lenka Haurin.",
         ("la porte-parole", "déclarer", "asserts", "direct", "« Nous n’avons aucun lien »")),
        ("fr", "« Personne n’a rien vu », a-t-elle ajouté.",
         ("elle", "ajouter", "asserts", "direct", "« Personne n’a rien vu »")),
        ("en", "“Nobody knows,” spokeswoman Lenka Haurin told reporters.",
         ("spokeswoman Lenka Haurin", "tell", "asserts", "direct", "“Nobody knows,”")),
        ("en", "Haurin said: “Nobody knows. We asked.”",
         ("Haurin", "say", "asserts", "direct", "“Nobody knows. We asked.”")),
        ("tr", "Haurin, “Hiçbir bağ yoktur” dedi.",
         ("Haurin", "söylemek", "asserts", "direct", "“Hiçbir bağ yoktur”")),
        ("tr", "Ana Roy, “Köprü sağlam” diye ekledi.", ("Ana Roy", "belirtmek", "asserts", "direct", "“Köprü sağlam”")),
        ("tr", "Ana Roy, “Köprü sağlam” diye anlattı.",
         ("Ana Roy", "bildirmek", "reports", "direct", "“Köprü sağlam”")),
        ("tr", "“Köprü sağlam” diye konuştu Ana Roy.", ("Ana Roy", "söylemek", "asserts", "direct", "“Köprü sağlam”")),
        ("tr", "“Köprü sağlam” diye ekledi Ana Roy.", ("Ana Roy", "belirtmek", "asserts", "direct", "“Köprü sağlam”")),
        ("en", "“Nobody knows,” Haurin said on Monday.",
         ("Haurin", "say", "asserts", "direct", "“Nobody knows,”")),
        ("fr", "« Ce n’est pas nous », a déclaré Haurin.",
         ("Haurin", "déclarer", "asserts", "direct", "« Ce n’est pas nous »")),
        ("tr", "Muhalifler, “Köyleri aldık” dediler.",
         ("Muhalifler", "söylemek", "asserts", "direct", "“Köyleri aldık”")),
        ("ar", "وقالت هاورين: «لا صلة لنا».", ("هاورين", "قال", "asserts", "direct", "«لا صلة لنا»")),
    ],
)  # fmt: skip
def test_a_quotation_is_direct(language, text, expected):
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "De nouveaux fronts se sont formés."),
        ("fr", "Le ministre n’a pas dit que la ville était tombée."),
        ("fr", "Le ministre n’a jamais dit : « La ville est tombée. »"),
        ("fr", "Il n’a pas été confirmé que la ville est tombée."),
        ("en", "The minister doesn’t say that the city fell."),
        ("ar", "لم يعلن الجيش أن المدينة سقطت."),
        ("en", "Fighting went on through the night."),
        ("tr", "Yeni cepheler açıldı."),
        ("ar", "اندلعت اشتباكات في المدينة."),
        ("xx", "He said that."),
        ("fr", ""),
        ("ar", "قال"),
        ("tr", "dedi"),
    ],
)
def test_a_sentence_in_its_own_words_has_no_attribution(language, text):
    assert read(text, language) is None


@pytest.mark.parametrize(
    ("language", "text", "speaker", "content"),
    [
        ("fr", "\"Le préfet m'a dit \"partez\"\", a affirmé le maire.", "le maire", "\"Le préfet m'a dit \"partez\"\""),
        ("tr", "Vali, “Bize ‘köprü sağlam’ dediler” ifadesini kullandı.", "Vali", "“Bize ‘köprü sağlam’ dediler”"),
        ("en", "BREAKING!!! 5 DEAD IN BREVAL, SAYS THE PREFECT 😱😱 #Breval", "THE PREFECT", "5 DEAD IN BREVAL"),
        ("fr", "🔴 ALERTE – LE PRÉFET A ANNONCÉ QUE 12 PERSONNES SONT MORTES #Bréval", "LE PRÉFET",
         "12 PERSONNES SONT MORTES"),
    ],
)  # fmt: skip
def test_posts_with_quotes_in_quotes_capitals_and_emoji_have_a_speaker(language, text, speaker, content):
    found = read(text, language)

    assert (found[0], found[-1]) == (speaker, content)


CHAIN = "The mayor said that the prefect denied that the bridge fell, but two men died."


@pytest.mark.parametrize(
    ("language", "text", "speaker", "content"),
    [
        ("en", "Ana Roy (D-Vaur) said the bridge is safe.", "Ana Roy (D-Vaur)", "the bridge is safe"),
        ("en", "According to Ana Roy [Vaur], the bridge is safe.", "Ana Roy [Vaur]", "the bridge is safe"),
        ("fr", "Emmanuel Tarn (maire) a assuré que le pont tiendrait.", "Emmanuel Tarn (maire)", "le pont tiendrait"),
        ("tr", "Ali Kaya (AKP), köprünün çöktüğünü söyledi.", "Ali Kaya (AKP)", "köprünün çöktüğünü"),
        ("tr", "Ali Kaya (AKP) köprünün çöktüğünü söyledi.", "Ali Kaya (AKP)", "köprünün çöktüğünü"),
        ("ar", "قال الوزير (أحمد) إن الجسر آمن", "الوزير (أحمد)", "الجسر آمن"),
        ("en", "The bridge is safe (for now), the mayor said.", "the mayor", "The bridge is safe (for now)"),
        ("fr", "Le pont tient (à 90 %), selon le maire.", "le maire", "Le pont tient (à 90 %)"),
        ("en", "The mayor says the bridge is safe (via @kiyi)", "The mayor", "the bridge is safe"),
        ("en", "The mayor says the bridge is safe (built by men of #Vaur)", "The mayor",
         "the bridge is safe (built by men of #Vaur)"),
        ("en", "The mayor says the bridge is safe :(", "The mayor", "the bridge is safe"),
    ],
)  # fmt: skip
def test_brackets_are_kept_whole(language, text, speaker, content):
    found = read(text, language)

    assert (found[0], found[-1]) == (speaker, content)


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "BREAKING | The mayor says the bridge is safe", "The mayor"),
        ("en", "🚨🚨 BREAKING 🚨🚨 THE MAYOR SAYS THE BRIDGE IS SAFE", "THE MAYOR"),
        ("en", "[BREAKING] The mayor says the bridge is safe", "The mayor"),
        ("en", "(BREAKING) The mayor says the bridge is safe", "The mayor"),
        ("en", "#BREAKING The mayor says the bridge is safe", "The mayor"),
        ("en", "@kiyi @vaur The mayor said that the bridge is safe", "The mayor"),
        ("en", ".@kiyi The mayor said that the bridge is safe", "The mayor"),
        ("en", "1/ The mayor says the bridge is safe", "The mayor"),
        ("en", "WATCH 👉 The minister claims that crime has fallen", "The minister"),
        ("en", "The bridge is safe, according to police | Breval News", "police"),
        ("fr", "⚠️ALERTE⚠️ Le préfet annonce que le pont est fermé #Bréval", "Le préfet"),
        ("fr", "[URGENT] Le préfet a annoncé que le pont est fermé", "Le préfet"),
        ("fr", "🔴 #Bréval | Le préfet annonce que le pont est fermé", "Le préfet"),
        ("tr", "Son dakika: Vali, köprünün çöktüğünü açıkladı.", "Vali"),
        ("tr", "🔴SON DAKİKA | Vali köprünün çöktüğünü açıkladı", "Vali"),
        ("tr", "#SONDAKİKA Bakan, fiyatların düştüğünü söyledi", "Bakan"),
        ("tr", "RT @kiyi: Vali, köprünün çöktüğünü söyledi", "Vali"),
        ("tr", "Breval (AA) - Vali Kaya, köprünün çöktüğünü söyledi.", "Vali Kaya"),
        ("ar", "🔴 عاجل 🔴 الوزير قال إن الجسر آمن", "الوزير"),
        ("ar", "عاجل | قال الوزير إن الجسر آمن", "الوزير"),
        ("ar", "#عاجل الوزير قال إن الجسر آمن", "الوزير"),
    ],
)
def test_the_opener_of_a_post_is_no_part_of_the_speaker(language, text, speaker):
    assert read(text, language)[0] == speaker


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", ".@kiyi says that the bridge is safe", "kiyi"),
        ("en", "[The mayor] said that the bridge is safe", "The mayor"),
        ("en", "The mayor 😂 says the bridge is safe", "The mayor"),
        ("en", "#Breval Mayor Ana Roy said that the bridge is safe", "Breval Mayor Ana Roy"),
        ("fr", "Le maire 🇫🇷 Emmanuel Tarn a dit que le pont est sûr", "Le maire 🇫🇷 Emmanuel Tarn"),
        ("tr", "#Breval Valisi, köprünün çöktüğünü söyledi", "Breval Valisi"),
        ("tr", "Vali Kaya: “Köprü sağlam” dedi.", "Vali Kaya"),
        ("ar", "#المحافظة تعلن أن الجسر آمن", "المحافظة"),
    ],
)
def test_a_speaker_that_opens_a_post_stays(language, text, speaker):
    assert read(text, language)[0] == speaker


@pytest.mark.parametrize(
    ("language", "text", "content"),
    [
        ("en", "BREAKING | 5 DEAD, ACCORDING TO POLICE 😢", "5 DEAD"),
        ("en", "RT @kiyi: 5 dead, according to police", "5 dead"),
        ("en", "#BREAKING The prefect says 5 people died in #Breval", "5 people died in #Breval"),
        ("fr", "Le préfet annonce que le pont est fermé à #Bréval #pont", "le pont est fermé à #Bréval"),
        ("fr", "#Bréval Cinq morts, selon la police", "Cinq morts"),
        ("ar", "عاجل | انهيار الجسر، بحسب المحافظ 😱", "انهيار الجسر"),
    ],
)
def test_the_opener_of_a_post_is_no_part_of_what_is_said(language, text, content):
    assert read(text, language)[-1] == content


@pytest.mark.parametrize("start", [0, 11])
def test_a_quote_with_the_opener_of_its_post_has_a_chain(start):
    text = "BREAKING | 5 dead, according to police"

    found = quotes.chain(text, "en", quotes.Span(start, text.index(",")))

    assert [text[slice(*each.speaker)] for each in found] == ["police"]


@pytest.mark.parametrize(
    ("language", "text", "quote", "speakers"),
    [
        ("en", CHAIN, "the bridge fell", ["The mayor", "the prefect"]),
        ("en", CHAIN, "two men died", None),  # perhaps the mayor goes on
        ("en", "Two men died. The mayor said the town was calm.", "Two men died.", []),
        ("en", "Two men died. The mayor said the town was calm.", "Two men died. The mayor said", None),
        ("en", "Two men died. The mayor said the town was calm.", "the town was calm", ["The mayor"]),
        ("en", "“Two men died,” she sobbed.", "Two men died", None),
        ("en", "Two men may have died, reports suggest.", "Two men may have died", None),
        ("en", "The mayor makes a point of it and goes on.", "makes a point of it", []),
        ("en", "Makes it clear that two men died.", "two men died", None),
        ("fr", "Deux hommes seraient morts.", "Deux hommes seraient morts", None),
        ("de", "Zwei Männer starben.", "Zwei Männer starben.", None),
        ("ar", "قتل رجلان، لكن العمدة قال إن المدينة هادئة.", "قتل رجلان", []),
        ("tr", "İki kişi öldü, ancak vali kentin sakin olduğunu söyledi.", "İki kişi öldü", []),
    ],
)
def test_the_chain_of_a_quote_is_that_of_its_clause(language, text, quote, speakers):
    start = text.index(quote)

    found = quotes.chain(text, language, quotes.Span(start, start + len(quote)))

    named = None if found is None else [text[slice(*each.speaker)] for each in found if each.speaker]
    assert named == speakers


@pytest.mark.parametrize("language", ["fr", "en", "tr", "ar"])
@pytest.mark.parametrize(
    "text",
    [
        "«",
        "“a” dit ",
        "dit que ",
        "said, ",
        "selon ",
        "göre ",
        "قال ",
        "، بحسب ",
        "a",
        " ",
        "#A ",
        "[A]",
        "A | ",
        "🔴A",
        "(",
        "'a ",
        "‘a",
        "a' ",
        "A: ",
        "A: “a b c” ",
    ],
)
def test_a_hostile_sentence_takes_no_longer_than_any_other(language, text):
    with at_most(20):  # backtracking would take minutes
        quotes.attribution(text * (100_000 // len(text)), language)
        quotes.attribution((text * 3000)[:2999], language)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Valilik tarafından köprünün kapatıldığı açıklandı.", "Valilik", "köprünün kapatıldığı"),
        (
            "Dün Ankara Valiliği tarafından 12 kişinin gözaltına alındığı duyuruldu.",
            "Ankara Valiliği",
            "12 kişinin gözaltına alındığı",
        ),
        ("İçişleri Bakanlığı tarafından köprünün çöktüğü bildirildi.", "İçişleri Bakanlığı", "köprünün çöktüğü"),
    ],
)
def test_a_turkish_agent_may_stand_before_what_is_said(text, speaker, content):
    found = quotes.attribution(text, "tr")

    assert text[found.speaker.start : found.speaker.end] == speaker
    assert text[found.content.start : found.content.end] == content


@pytest.mark.parametrize(
    "text",
    [
        "Terörist grup tarafından köprünün bombalandığı iddia edildi.",
        "Belediye tarafından yapılan köprünün yıkıldığı açıklandı.",
        "Polis tarafından gözaltına alınan kişinin öldüğü açıklandı.",
        "Ordu tarafından köprünün bombalandığı bildirildi.",
    ],
)
def test_a_turkish_agent_of_what_is_done_is_no_speaker(text):
    assert all(found.speaker is None for found in quotes.attributions(text, "tr"))
