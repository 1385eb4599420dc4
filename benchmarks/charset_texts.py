"""Invented news in many languages, for pages that the benchmark of character sets makes."""

from __future__ import annotations

# A headline, then paragraphs. Every text has letters beyond ASCII, and stays within the encodings it is written in.
NEWS: dict[str, tuple[str, ...]] = {
    "fr": (
        "Crue du Vaur : trois communes évacuées dans la nuit",
        "La préfecture du Vaur a annoncé mercredi l’évacuation de trois communes après la crue de la rivière.",
        "« Nous avons été prévenus trop tard », a déclaré une habitante du quartier où l’eau a monté en une heure.",
        "Le maire a promis une aide à chaque foyer touché ; la gendarmerie a fermé la route à la circulation.",
    ),
    "de": (
        "Überschwemmung am Fluss: drei Gemeinden geräumt",
        "Die Behörden haben in der Nacht drei Gemeinden räumen lassen, nachdem der Fluss über die Ufer getreten war.",
        "Zwölf Personen wurden in der Turnhalle untergebracht, sagte der Bürgermeister am Mittwoch.",
        "Die Schule bleibt bis Montag geschlossen; größere Schäden gibt es bisher nur an der Brücke.",
    ),
    "es": (
        "La crecida del río obliga a evacuar tres pueblos",
        "La delegación del Gobierno anunció el miércoles la evacuación de tres pueblos tras la crecida del río.",
        "Doce personas pasaron la noche en el polideportivo, según el alcalde, y un colegio seguirá cerrado mañana.",
        "«Nos avisaron demasiado tarde», declaró una vecina cuya casa quedó inundada en menos de una hora.",
    ),
    "it": (
        "Piena del fiume: evacuati tre comuni, la città è isolata",
        "La prefettura ha annunciato mercoledì l’evacuazione di tre comuni perché il fiume è uscito dagli argini.",
        "Dodici persone hanno passato la notte in palestra, ha detto il sindaco; la scuola resta chiusa fino a lunedì.",
        "«Ci hanno avvertiti troppo tardi», ha detto un’abitante: «l’acqua è salita più in fretta di quanto si pensi».",
    ),
    "pt": (
        "Cheia do rio obriga à evacuação de três aldeias",
        "A proteção civil anunciou na quarta-feira a evacuação de três aldeias após a cheia do rio.",
        "Doze pessoas passaram a noite no pavilhão, disse o presidente da câmara; a escola está fechada até segunda.",
        "Ninguém ficou ferido, mas a ligação ferroviária não deverá reabrir antes do fim da próxima semana.",
    ),
    "tr": (
        "Irmağın taşması üzerine üç belde boşaltıldı",
        "Valilik, ırmağın taşması üzerine üç beldenin boşaltıldığını çarşamba günü açıkladı.",
        "On iki aile spor salonuna yerleştirildi, dedi belediye başkanı; bir okul pazartesiye kadar kapalı.",
        "Köprüde çatlak görüldüğü için yol trafiğe kapatıldı, can kaybı olmadığı bildirildi.",
    ),
    "pl": (
        "Powódź: ewakuowano trzy gminy nad rzeką",
        "Wojewoda ogłosił w środę ewakuację trzech gmin, ponieważ w nocy rzeka wystąpiła z brzegów.",
        "Dwanaście osób umieszczono w sali gimnastycznej, powiedział burmistrz; szkoła będzie zamknięta.",
        "Mieszkańcy skarżą się, że ostrzeżono ich zbyt późno, a most został już częściowo zniszczony.",
    ),
    "cs": (
        "Povodeň: tři obce byly v noci evakuovány",
        "Hejtman ve středu oznámil evakuaci tří obcí poté, co se řeka v noci vylila z břehů.",
        "Dvanáct lidí bylo umístěno v tělocvičně, řekl starosta; škola zůstane zavřená až do pondělí.",
        "Obyvatelé si stěžují, že je úřady varovaly příliš pozdě, přestože voda stoupala už od večera.",
    ),
    "hu": (
        "Árvíz: három községet ürítettek ki az éjszaka",
        "A hatóságok szerdán bejelentették, hogy három községet kiürítettek, mert a folyó kilépett a medréből.",
        "Tizenkét embert a tornateremben helyeztek el, mondta a polgármester; az iskola hétfőig zárva lesz.",
        "A lakók szerint túl későn érkezett a figyelmeztetés, pedig a víz már este óta erősen emelkedő volt.",
    ),
    "ro": (
        "Inundaţii: trei comune au fost evacuate în timpul nopţii",
        "Prefectura a anunţat miercuri evacuarea a trei comune, după ce râul a ieşit din albie.",
        "Douăsprezece persoane au fost cazate în sala de sport, a spus primarul; şcoala rămâne închisă până luni.",
        "Locuitorii se plâng că au fost avertizaţi prea târziu, deşi apa creştea încă de seara.",
    ),
    "lt": (
        "Potvynis: naktį iškeldinti trijų miestelių gyventojai",
        "Savivaldybė trečiadienį pranešė, kad upei išsiliejus iškeldinti trijų miestelių gyventojai.",
        "Dvylika žmonių apgyvendinta sporto salėje, sakė meras; mokykla bus uždaryta iki pirmadienio.",
        "Gyventojai skundžiasi, kad juos įspėjo per vėlai, nors vanduo kilo jau nuo vakaro.",
    ),
    "ru": (
        "Из-за разлива реки эвакуированы жители трёх посёлков",
        "Власти сообщили в среду об эвакуации жителей трёх посёлков после того, как река вышла из берегов.",
        "Двенадцать семей разместили в спортзале, сообщил мэр; школа будет закрыта до понедельника.",
        "По словам местных жителей, их предупредили слишком поздно, хотя вода поднималась с вечера.",
    ),
    "uk": (
        "Влада повідомила про евакуацію трьох громад після повені",
        "У середу влада повідомила про евакуацію трьох громад після того, як річка вийшла з берегів.",
        "Дванадцять родин розселили в спортзалі, повідомив голова громади; школу зачинено до понеділка.",
        "Мешканці кажуть, що їх попередили надто пізно, хоча вода піднімалася ще з вечора.",
    ),
    "bg": (
        "Три села са евакуирани заради наводнението",
        "Властите съобщиха в сряда, че три села са евакуирани, след като реката е излязла от коритото си.",
        "Дванадесет души са настанени в спортната зала, каза кметът; училището ще бъде затворено до понеделник.",
        "Жителите се оплакват, че са били предупредени твърде късно, макар че водата се е покачвала от вечерта.",
    ),
    "el": (
        "Πλημμύρα: εκκενώθηκαν τρία χωριά κατά τη διάρκεια της νύχτας",
        "Οι αρχές ανακοίνωσαν την Τετάρτη την εκκένωση τριών χωριών μετά την υπερχείλιση του ποταμού.",
        "Δώδεκα άτομα φιλοξενούνται στο γυμναστήριο, είπε ο δήμαρχος· το σχολείο θα μείνει κλειστό.",
        "Οι κάτοικοι λένε ότι ειδοποιήθηκαν πολύ αργά, αν και το νερό ανέβαινε από το βράδυ.",
    ),
    "he": (
        "שלושה יישובים פונו בעקבות עליית הנהר",
        "הרשויות הודיעו ביום רביעי על פינוי שלושה יישובים לאחר שהנהר עלה על גדותיו בלילה.",
        "שנים עשר בני אדם שוכנו באולם הספורט, אמר ראש העיר; בית הספר יהיה סגור עד יום שני.",
        "התושבים אומרים שההתרעה הגיעה מאוחר מדי, אף שהמים עלו כבר מהערב.",
    ),
    "ar": (
        "إجلاء ثلاث بلدات بعد فيضان النهر فجر الأربعاء",
        "أعلنت المحافظة إجلاء ثلاث بلدات بعد فيضان النهر فجر الأربعاء، وقالت إن المياه بلغت أربعة أمتار.",
        "تم إيواء اثنتي عشرة عائلة في القاعة الرياضية، بحسب رئيس البلدية، وأغلقت مدرسة حتى الاثنين.",
        "وقال السكان إن التحذير وصل متأخرا على الرغم من أن منسوب المياه كان يرتفع منذ المساء.",
    ),
    "fa": (
        "پس از طغیان رودخانه سه روستا تخلیه شد",
        "استانداری چهارشنبه اعلام کرد پس از طغیان رودخانه سه روستا در نیمه شب تخلیه شده است.",
        "شهردار گفت دوازده خانواده در سالن ورزشی اسکان داده شدند و یک مدرسه تا دوشنبه بسته است.",
        "اهالی می گویند هشدار خیلی دیر رسید، گرچه آب از شب گذشته بالا می آمد و پل آسیب دیده بود.",
    ),
    "vi": (
        "Nước sông dâng cao, ba xã phải sơ tán trong đêm",
        "Chính quyền cho biết hôm thứ tư đã sơ tán người dân ba xã sau khi nước sông dâng cao trong đêm.",
        "Mười hai gia đình được đưa đến nhà thi đấu, chủ tịch xã nói; trường học đóng cửa đến thứ hai.",
        "Người dân phàn nàn rằng họ được báo quá muộn dù nước đã lên từ chiều tối.",
    ),
    "th": (
        "อพยพประชาชนสามตำบลหลังน้ำในแม่น้ำล้นตลิ่ง",
        "ทางการประกาศเมื่อวันพุธว่าได้อพยพประชาชนสามตำบลหลังน้ำในแม่น้ำล้นตลิ่งในช่วงกลางคืน",
        "นายกเทศมนตรีกล่าวว่าสิบสองครอบครัวพักอยู่ในโรงยิม และโรงเรียนจะปิดจนถึงวันจันทร์",
        "ชาวบ้านบอกว่าได้รับคำเตือนช้าเกินไป แม้น้ำจะเพิ่มสูงขึ้นตั้งแต่ช่วงเย็น",
    ),
    "zh": (
        "河水上涨 三个镇的居民连夜撤离",
        "当地政府星期三宣布，由于河水上涨，三个镇的居民已经连夜撤离，目前没有人员伤亡的报告。",
        "镇长说，十二个家庭被安置在体育馆，学校将关闭到星期一，大桥也暂时禁止车辆通行。",
        "居民抱怨说，虽然水位从傍晚就开始上升，但是他们很晚才接到通知。",
    ),
    "zh-tw": (
        "河水暴漲 三個鄉鎮的居民連夜撤離",
        "縣政府星期三宣布，由於河水暴漲，三個鄉鎮的居民已經連夜撤離，目前沒有人員傷亡的報告。",
        "鄉長說，十二個家庭被安置在體育館，學校將關閉到星期一，大橋也暫時禁止車輛通行。",
        "居民抱怨說，雖然水位從傍晚就開始上升，但是他們很晚才接到通知。",
    ),
    "ja": (
        "川が氾濫、三つの町の住民が夜間に避難",
        "県は水曜日、川の氾濫を受けて三つの町の住民を避難させたと発表した。けが人の報告はない。",
        "町長によると、十二世帯が体育館に避難し、学校は月曜日まで休校となる。橋も通行止めとなった。",
        "住民からは、夕方から水位が上がっていたのに連絡が遅すぎたとの声が出ている。",
    ),
    "ko": (
        "강물이 넘쳐 세 개 마을 주민이 밤사이 대피",
        "당국은 수요일 강물이 넘치면서 세 개 마을 주민이 밤사이 대피했다고 발표했다. 인명 피해는 없었다.",
        "군수는 열두 가구가 체육관에 머물고 있으며 학교는 월요일까지 문을 닫는다고 말했다.",
        "주민들은 저녁부터 물이 불어났는데도 경보가 너무 늦게 왔다고 불만을 터뜨렸다.",
    ),
}

# In which encodings pages of a language are served.
WRITTEN: dict[str, tuple[str, ...]] = {
    "fr": ("windows-1252", "iso-8859-15", "macintosh"),
    "de": ("windows-1252", "iso-8859-15"),
    "es": ("windows-1252",),
    "it": ("windows-1252",),
    "pt": ("windows-1252",),
    "tr": ("windows-1254",),
    "pl": ("windows-1250", "iso-8859-2"),
    "cs": ("windows-1250", "iso-8859-2"),
    "hu": ("windows-1250", "iso-8859-2"),
    "ro": ("windows-1250", "iso-8859-2"),
    "lt": ("windows-1257",),
    "ru": ("windows-1251", "koi8-r", "iso-8859-5", "ibm866"),
    "uk": ("windows-1251", "koi8-u"),
    "bg": ("windows-1251",),
    "el": ("windows-1253", "iso-8859-7"),
    "he": ("windows-1255", "iso-8859-8"),
    "ar": ("windows-1256", "iso-8859-6"),
    "fa": ("windows-1256",),
    "vi": ("windows-1258",),
    "th": ("windows-874",),
    "zh": ("gbk", "gb18030"),
    "zh-tw": ("big5",),
    "ja": ("euc-jp", "shift_jis", "iso-2022-jp"),
    "ko": ("euc-kr",),
}
