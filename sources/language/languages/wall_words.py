"""Words of walls, by language: what pages say that ask for consent, money, an account or a proof, or refuse a country.

They are the second evidence of ``sources.formats.walls``, after the mark-up of a page. The languages of the desk have
them in their own files; the others, which the desk reads without other word tables, have them here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sources.language.languages.registry import LANGUAGES


@dataclass(frozen=True, kw_only=True)
class WallWords:
    """Regular expressions for the words of walls, as written; case does not matter."""

    challenge: str
    locked: str  # the rest of the article is for those who pay or sign in
    sign_in: str
    sign_in_path: str
    cookies: str
    accept: str
    region: str  # the page is not for this country


GERMAN = WallWords(
    challenge=(
        r"(kein|ein) (roboter|mensch)|menschlich|(browser|"
        r"verbindung|zugriff) wird (ge|über)prüft|sicherheitsprüfung"
    ),
    locked=r"(les(en|e)|zugang)\b[^.]{0,60}\b(digital)?abo(nnement)?s?\b|\babonnenten (vorbehalten|"
    r"exklusiv)|unbegrenzte?r? zugang|(dieses|des) (textes|artikels|beitrags) "
    r"(vor sich|lesen)|(konto|anmelden|registrieren)[^.]{0,40} weiter|"
    r"weiter ?lesen (mit|sie)|jetzt weiterlesen|(nur|exklusiv) für "
    r"(abonnent|mitglied)|mit (\S+ ?){0,3}abo\b.{0,40}(lesen|testen)"
    r"|(artikel|beitrag|inhalt)s? .{0,30}(abonnent|registrier|freischalten|"
    r"kostenpflichtig)|(ganzen|vollständigen|gesamten) (artikel|text)"
    r"|\b(ihre|deine|alle|ihr|dein|das) ([^.]{0,15}(limit|kontingent)[^.]{0,15})?(kostenlos|frei|gratis)\w*[ -]?"
    r"(artikel|beiträge|texte)n?\b[^.]{0,30}(aufgebraucht|verbraucht|erreicht|ausgeschöpft)"
    r"|lesen sie (diesen|den) (artikel|beitrag|text) (jetzt )?mit [^.]{0,40}weiter\b(?! (unten|oben|hinten))",
    sign_in=(
        r"(melden sie sich|bitte) (\S+ ?){0,3}an(melden)?\b|anmeld(en|ung) "
        r"(erforderlich|um|, um)|bitte (einloggen|anmelden|registrieren)"
    ),
    sign_in_path="anmelden|anmeldung",
    cookies="cookie|einwilligung|zustimm|datenschutz|personenbezogene daten|unsere partner",
    accept="akzeptier|zustimm|einverstanden|erlauben|annehmen",
    region=r"\b(ihrem|deinem|ihrer|deiner) (land|region|gebiet|standort)\b|(aus|in) der (eu|europäischen union) nicht",
)
SPANISH = WallWords(
    challenge=(
        r"no (eres|es usted|soy) un (robot|bot)|(eres|es usted) (un )?human|"
        r"comprobando (su|tu|el) navegador|verificaci[oó]n de seguridad"
    ),
    locked=r"(exclusiv\w+|reservad\w+) (a|para) (nuestros )?(suscriptor|socio|abonad|lector)|acceso "
    r"ilimitado|le[ae]n? [^.]{0,40}suscripci[oó]n|por leer\b|(suscr[ií]b|"
    r"reg[ií]str|inicia|cuenta)[^.]{0,50} (seguir|continuar|leer)|"
    r"(seguir|continuar|continúa|sigue) leyendo|para (seguir|continuar|"
    r"leer)|(s[oó]lo|exclusiv\w+) para (suscriptor|socio|abonad)"
    r"|(contenido|art[ií]culo) .{0,25}(suscriptor|socios|abonados)|"
    r"el resto (del|de este) art[ií]culo|art[ií]culo completo"
    r"|\bhas? (alcanzado|agotado|llegado|superado|le[ií]do)\b[^.]{0,20}\b(l[ií]mite|m[aá]ximo|todos|[st]us)\b[^.]{0,20}"
    r"\b(art[ií]culos|noticias|contenidos) (gratuit[oa]s|gratis)",
    sign_in=(
        r"inicia(r)? sesi[oó]n|inicie sesi[oó]n|debes? (iniciar|"
        r"registrar|identificar)|reg[ií]str(ate|ese)|identif[ií]qu(ese|ate)"
    ),
    sign_in_path="iniciar-?sesion|acceso|ingresar|registro",
    cookies="cookie|privacidad|datos personales|nuestros (\\d+ )?socios|consentimiento",
    accept="acept|consent|permitir|de acuerdo",
    region=r"\b(su|tu) (pa[ií]s|territorio|regi[oó]n|ubicaci[oó]n|zona geogr[aá]fica)\b",
)
ITALIAN = WallWords(
    challenge=(
        r"non (sei|sono) un (robot|bot)|(sei|essere) (un )?(essere )?uman|"
        r"verifica (del browser|di sicurezza)|controllo del (tuo )?browser"
    ),
    locked=r"accesso illimitato|(leggi|leggere)[^.]{0,40}abbonamento|(abbon|registr|acced)[^.]{0,50} "
    r"(continuare|proseguire|leggere)|da leggere\b.{0,12}%|resta\w* da leggere|"
    r"(continua|continuare|prosegu\w+) (a|la|con la) (legg|lettura)|per (continuare|"
    r"leggere|proseguire)|riservat\w+ (agli|ai|solo) (abbonat|iscritt|registrat)"
    r"|(solo|esclusiv\w+) per (gli )?abbonati|resto dell['’]articolo|articolo (completo|intero)|intero articolo"
    r"|\b(hai|ha) (raggiunto|superato|esaurito|letto)\b[^.]{0,20}\b(limite|massimo|tutti|tuoi|suoi)\b[^.]{0,20}"
    r"\b(articoli|contenuti) (gratuiti|gratis|omaggio)",
    sign_in=(
        r"(accedi|effettua (il login|l['’]accesso)) (per|al)|devi "
        r"(accedere|registrarti|effettuare)|registrati (per|gratis)"
    ),
    sign_in_path="accedi|accesso|registrati",
    cookies="cookie|privacy|dati personali|nostri (\\d+ )?partner|consenso",
    accept="accett|acconsent|consenti|va bene",
    region=r"\b(tuo|suo|vostro|tua|sua|vostra) (paese|territorio|regione|area geografica|posizione)\b",
)
RUSSIAN = WallWords(
    challenge=(
        r"(вы|я) не робот|проверка (браузера|безопасности)|проверяем "
        r"(ваш )?браузер|вы человек|подтвердите, что (запросы|вы)"
    ),
    locked=r"(материал|стать|текст)\w* [^.]{0,30}(подписчик|подписк)|(по|с) (цифровой )?подписк\w+|"
    r"безлимитн\w+ доступ|(подписк|войдите|зарегистр)\w*[^.]{0,40} (дочита|продолж|чита)|осталось \d+ ?%|"
    r"(чтобы|для) (продолж|чита|дочита)|(только|доступ\w*) (для |по )?(подписчик|подписке)|продолж\w+ чтени"
    r"|оформи\w+ подписку|осталось прочитать|полн\w+ (текст|верси)"
    r"|вы (уже )?(достигли|исчерпали|превысили|прочитали)[^.]{0,20}(лимит|все)\w*[^.]{0,20}бесплатн\w+ "
    r"(стат|материал|текст)",
    sign_in=(
        r"(войдите|авторизуйтесь|зарегистрируйтесь),? (чтобы|для|на)|необходимо "
        r"(войти|авторизоваться|зарегистрироваться)|требуется (вход|авторизация)"
    ),
    sign_in_path="vhod|avtorizac",
    cookies="cookie|куки|персональн\\w+ данн|конфиденциальност|согласи",
    accept="принять|принимаю|соглас|хорошо|разрешить",
    region=r"ваш(ей|ем|его|у)? (стран|регион|территори|местоположени)",
)
UKRAINIAN = WallWords(
    challenge=r"(ви|я) не робот|перевір(ка|яємо) (ваш\w* )?(браузер|безпек)|ви людина|підтвердьте, що ви",
    locked=r"(матеріал|статт|текст)\w* [^.]{0,30}(передплатник|передплат|підписник)|(за|з) (цифровою "
    r")?(передплатою|підпискою)|необмежен\w+ доступ|(передплат|увійд|зареєстр)\w*[^.]{0,40} (дочита|продовж|чита)|"
    r"(щоб|для) (продовж|чита|дочита)|(лише|тільки|доступ\w*) (для |за "
    r")?(передплатник|підписник|передплат|підписк)|продовж\w+ читання"
    r"|оформ\w+ (передплат|підписк)|залишилося прочитати|повн\w+ (текст|верс)"
    r"|ви (вже )?(досягли|вичерпали|перевищили|прочитали)[^.]{0,20}(ліміт|усі|всі)\w*[^.]{0,20}безкоштовн\w+ "
    r"(стат|матеріал|текст)",
    sign_in=(
        r"(увійдіть|авторизуйтесь|зареєструйтесь),? (щоб|для|до)|"
        r"(потрібно|необхідно) (увійти|авторизуватися|зареєструватися)"
    ),
    sign_in_path="vhid|uviyty",
    cookies="cookie|куки|персональн\\w+ дан|конфіденційн|згод",
    accept="прийняти|приймаю|погод|згод|дозволити",
    region=r"ваш(ій|ої|ому|ого|у)? (країн|регіон|територі|місцезнаходженн)",
)
HEBREW = WallWords(
    challenge="(אינך|אינני|לא|איני) רובוט|אתה אנושי|בודקים את הדפדפן|בדיקת (אבטחה|דפדפן)|אימות אנושי",
    locked="(הכתבה|המאמר|התוכן|הטקסט)[^.]{0,25}(למנויים|למנוי|מנוי)|(מנוי|"
    "מינוי) דיגיטלי|גישה (בלתי|ללא) (מוגבלת|הגבלה)|לרכוש (מנוי|מינוי)|"
    "(למנויים|לרשומים|למנויי) (בלבד|שלנו)|(להמשך|המשך|להמשיך) (ה)?קריאה|"
    "כדי (לקרוא|להמשיך)|(הכתבה|התוכן|המאמר) (המלאה?|למנויים)|לקריאת הכתבה"
    "|(הגעת|הגעתם|ניצלת|ניצלתם)[^.]{0,10}(מכסת|המכסה|כל)[^.]{0,15}(כתבות|מאמרים) (חינם|ה?חינמי|ללא תשלום)",
    sign_in="(התחבר|התחברו|היכנסו|הירשמו) (כדי|לחשבון|לאתר)|יש להתחבר|נדרשת התחברות",
    sign_in_path="",
    cookies="עוגיות|cookie|קוקיז|פרטיות|מידע אישי|הסכמ",
    accept="מאשר|אישור|מסכי|קבל|הבנתי",
    region="(המדינה|האזור|הארץ|המיקום|במדינה|באזור|מהמדינה|ממדינה) (שלך|שלכם)|(במדינתך|באזורך|במיקומך|ממדינתך)",
)
PERSIAN = WallWords(
    challenge="ربات نیستید|ربات نیستم|بررسی (مرورگر|امنیتی)|انسان (هستید|بودن)|تأیید هویت انسانی",
    locked="(مطلب|مقاله|نوشته|خبر|متن)[^.]{0,30}(مشترکان|مشترکین|اشتراک)|اشتراک "
    "دیجیتال|دسترسی نامحدود|(مشترک|عضو|وارد) شوید[^.]{0,30}(بخوانید|ادامه)|"
    "(ویژه|مخصوص) (مشترکین|مشترکان|اعضا)|برای (ادامه|خواندن|مطالعه)|"
    "ادامه (مطلب|مقاله|خبر) .{0,30}(اشتراک|مشترک|عضو)|متن کامل"
    "|(سقف|سهمیه|محدودیت) (مقالات|مقاله.های|مطالب) رایگان[^.]{0,15}(رسید|پایان|تمام)",
    sign_in="وارد (حساب|سایت|شوید)|(باید|لطفا|لطفاً) (وارد|ثبت ?نام)|ورود به حساب",
    sign_in_path="",
    cookies="کوکی|حریم خصوصی|اطلاعات شخصی|رضایت",
    accept="می‌?پذیرم|موافقم|قبول|پذیرش|تأیید|باشه",
    region="(کشور|منطقه|موقعیت|محل) (شما|خود)",
)


def either(pick: Callable[[WallWords], str]) -> str:
    """Return a regular expression that matches what one of the languages matches."""
    return "(?:" + "|".join(pattern for words in _EVERY if (pattern := pick(words))) + ")"


def _of_the_desk() -> list[WallWords]:
    return [
        WallWords(
            challenge=language.pages.challenge,
            locked=language.pages.paywall,
            sign_in=language.pages.sign_in,
            sign_in_path=language.pages.sign_in_path,
            cookies=language.pages.cookies,
            accept=language.pages.accept,
            region=language.pages.region,
        )
        for language in LANGUAGES.values()
    ]


_EVERY = (*_of_the_desk(), GERMAN, SPANISH, ITALIAN, RUSSIAN, UKRAINIAN, HEBREW, PERSIAN)
