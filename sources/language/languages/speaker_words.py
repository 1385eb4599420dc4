"""Words of labels before a quotation that tell a speaker from a topic or a place: offices, bodies, given names.

Words are folded (``sources.language.folding``). Names and titles that are ordinary words or places, too, are left out.
"""

from __future__ import annotations

from sources.language.languages.tables import words

# People by what they do, and bodies that speak, as they stand in a label.
OFFICES = {
    "en": words(
        "mayor governor president premier minister chancellor secretary spokesman spokeswoman spokesperson "
        "ambassador commissioner senator congressman congresswoman lawmaker lawyer prosecutor judge sheriff chief "
        "ceo director chairman chairwoman coach professor doctor expert analyst economist scientist general "
        "commander admiral pm witness witnesses survivor survivors official officials envoy king queen prince pope "
        "bishop archbishop police army ministry government parliament council court prosecutors kremlin pentagon "
        "authorities regulator mayors governors ministers experts doctors scientists lawmakers lawyers senators "
        "residents rescuers firefighters"
    ),
    "fr": words(
        "maire prefet prefete president presidente ministre chancelier chanceliere secretaire porte ambassadeur "
        "ambassadrice commissaire senateur senatrice depute deputee avocat avocate procureur procureure juge "
        "directeur directrice patron patronne entraineur entraineuse professeur medecin expert experte analyste "
        "economiste general commandant temoin roi reine prince pape eveque archeveque police armee ministere "
        "gouvernement parlement tribunal parquet prefecture mairie presidence elysee matignon kremlin pentagone onu "
        "otan oms autorites maires ministres experts medecins deputes senateurs habitants pompiers secours"
    ),
    "tr": words(
        "vali valisi valilik valiligi bakan bakani bakanlik bakanligi bakanlar baskan baskani baskanlik baskanligi "
        "cumhurbaskani cumhurbaskanligi basbakan basbakani sozcu sozcusu kaymakam kaymakami buyukelci buyukelcisi "
        "milletvekili avukat avukati savci savcisi savcilik savciligi hakim komutan komutani general doktor profesor "
        "uzman uzmani uzmanlar parti partisi emniyet polis ordu ordusu belediye belediyesi hukumet hukumeti meclis "
        "mahkeme mahkemesi mudur muduru mudurlugu sekreter sekreteri tanik tanigi yetkililer kremlin pentagon rektor "
        "rektoru direktoru kral kralice papa"
    ),
    "ar": words(
        "رييس رييسه الرييس الرييسه وزير وزيره الوزير الوزيره محافظ المحافظ عمده العمده قايد القايد متحدث متحدثه "
        "المتحدث المتحدثه ناطق الناطق الناطقه سفير السفير مدير المدير المديره نايب النايب النايبه امين مستشار "
        "المستشار مندوب المندوب مسوول المسوول خبير الخبير شاهد طبيب الطبيب محامي المحامي قاضي القاضي ملك الملك "
        "الامير البابا وزاره الوزاره حكومه الحكومه جيش الجيش شرطه الشرطه بلديه البلديه رياسه الرياسه برلمان البرلمان "
        "محكمه المحكمه النيابه الكرملين البنتاغون الامم السلطات مسوولون خبرا شهود اطبا"
    ),
}
# Those that may stand before the surname alone; after others it may be any noun: Expert Advice, Police Raid.
HOLDERS = {
    "en": words(
        "president mayor governor chancellor senator congressman congresswoman pope king queen prince bishop "
        "archbishop ambassador sheriff pm minister premier spokesman spokeswoman lawmaker"
    ),
    "fr": OFFICES["fr"],
    "tr": words(
        "vali valisi bakan bakani baskan baskani cumhurbaskani basbakan basbakani sozcusu kaymakam buyukelcisi "
        "milletvekili komutani rektoru muduru"
    ),
    "ar": frozenset(),
}
# French nouns that speak without an article; others are topics without one.
BARE = words("ministere prefecture presidence mairie parquet elysee matignon kremlin")
# English words before an office.
MODIFIERS = words(
    "the former ex deputy vice acting prime foreign interior health defence defense finance education justice energy "
    "environment trade labor labour home state city town local senior top federal national military fire police army "
    "navy government white house village county district school opposition party"
)
# Bodies known by their initials, as they stand alone before a colon.
INITIALS = {
    "en": words("UN NATO IMF FBI UNICEF IDF IAEA UNHCR OPEC OECD UNESCO"),
    "fr": frozenset(),
    "tr": words("BM NATO MSB TSK AFAD UNICEF IMF TBMM"),
    "ar": frozenset(),
}
# As written in lower case, with a name after them.
TITLES = {
    "en": words("mr mrs ms dr prof sen gov rep sir lady lord gen col lt capt sgt rev"),
    "fr": words("m mme mlle me dr pr mgr"),
    "tr": words("dr prof doc av sayin"),
    "ar": words("السيد السيده الدكتور الدكتوره الشيخ"),
}
# Parts of names with a small letter.
PARTICLES = words("de du des d la le van von der den bin ben ibn al el da dos di")
GIVEN_NAMES = words(
    "ben bernie justin ted jackie loretta mitch kamala elon ilhan barack melania ivanka jeff jim bob scott nick dan "
    "danny tom tommy greg doug josh andy jerry larry barry keir sadiq priti suella jacinda ursula "
    "aaron adam adrian ahmed ahmet alain alan albert alejandro alessandro alex alexander alexandre alexei alexis ali "
    "alison amanda ana anas andre andrea andreas andrei andrew angela anna anne anthony antoine antonio arnaud "
    "arthur audrey aurelie axel ayse barbara benjamin bernard boris brian bruno carlos carmen caroline catherine "
    "cecile charles chris christian christine christopher claire claude clement colin cristina cyril damien daniel "
    "david deborah denis diana didier diego dmitri dmitry dominique donald douglas ebru edouard edward ekrem elena "
    "elisabeth elizabeth elodie emine emma emmanuel emmanuelle eric erik ernesto esra estelle eva fabien fatih fatma "
    "federico felix fernando francisco franck francois francoise frederic gabriel gareth gary gavin gerald gerard "
    "gilles giorgia giovanni giuseppe gordon gregory guillaume hakan hamid hamza hasan hassan helen helene henri "
    "henry herve hillary hugo hulya hussein huseyin ian ibrahim igor irina isabelle ismail ivan jacques jamal james "
    "jane janet javier jean jennifer jeremy jerome jessica joe johan johanna john jonathan jorge jose joseph joshua "
    "juan julia julian julie julien karen karim karl kate kemal kemi ken kevin khaled kim klaus kylian kyle laura "
    "laurent lea leila leo leon liam linda lionel lisa louis louise luc lucas lucie luis luiz lula magali mahmoud "
    "mahmut manon manuel marc marcel marco margaret maria marie mark marta martin martine mary mathieu mathilde matt "
    "matteo matthew maxime mehmet mehdi melanie melissa mette michael michel michele michelle miguel mike mikhail "
    "mohamed mohammad mohammed monica morgan muhammad muharrem murat mustafa nadia natalie nathalie nicola nicolas "
    "nigel nikos noah numan olaf olivia olivier omar osman ozlem pablo pascal patrice patricia patrick paul paula "
    "pedro peter petra philip philippe pierre rachel rachida rafael ramazan raphael raymond rebecca recep ricardo "
    "richard rishi robert roberto rodrigo roger romain ronald ruth ryan sabine sabrina salma samir samuel sandra "
    "sara sarah sebastien segolene selahattin selim sergei serge sergio simon solene sophie stefan stephane "
    "stephanie stephen steve steven susan sylvain sylvie tayyip teresa theresa thierry thomas tim timothy tony "
    "valerie vanessa veronique vincent viktor vladimir volodymyr walter william xavier yann yannick yasmine yusuf "
    "yves zeynep zoe"
)
ARABIC_GIVEN_NAMES = words(
    "محمد احمد محمود مصطفي حسين ابراهيم يوسف عمر خالد طارق وليد سامح هاني عبد عبدالله عبدالعزيز عبدالرحمن اسماعيل "
    "ياسر فيصل سلمان فيواد فواد جورج ميشال ايمانويل دونالد فلاديمير بنيامين انطونيو رجب انجيلا بوريس ريشي اولاف "
    "فولوديمير سيرغي انتوني جيمس جون ديفيد مايكل بيير ماري سارا فاطمه مريم ليلي زينب خديجه عايشه هيلاري باراك جوزيب "
    "نجيب سعد هاكان مارك نيكولا فرانسوا"
)
# Last words of a label that is on somebody, and by nobody.
TOPICS = words(
    "trial case interview live review death visit speech letter election race row scandal poll affair affaire proces "
    "mort portrait video entretien davasi roportaj roportaji aciklamasi analysis profile obituary quotes quote book "
    "film tour day wins loses dead dies resigns quits shot hurt killed"
)
