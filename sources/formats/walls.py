"""Look at a page before it is read, and recognize what stands in front of an article: consent, sign-in and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from sources.formats.metadata import free

# A wall says little. What says more than this is an article, whatever else its page says; a paid article may show more,
# for its first paragraphs are often open.
MOST_WALL = 1_500
MOST_TEASER = 2_500
# What even a short piece of news says, when notes on cookies and the like are put aside.
LEAST_ARTICLE = 250
SHORTEST_BLOCK = 40
MOST_READ = 2_000_000
MOST_WORDS = 30_000

_ASIDE = ("script", "style", "noscript", "template", "nav", "footer", "svg", "select")
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "font", "i", "mark", "q", "small", "span", "strong"),
    *("sub", "sup", "time", "u", "wbr"),
}

_CHALLENGE_MARKUP = re.compile(
    r"cf-chl|_cf_chl_opt|cf-browser-verification|px-captcha|captcha-delivery\.com|_Incapsula_Resource|ddos-guard|sg-captcha"
)
_CHALLENGE = re.compile(
    r"just a moment\.\.\.|attention required! \||pardon our interruption|checking (if the site|your browser)"
    r"|(verify|verifying|confirm|prove) (that )?you are (a )?(human|not a robot)|are you a robot|unusual traffic"
    r"|enable javascript and cookies to continue|access (to this page has been )?denied"
    r"|v[ée]rifi(ez|er|ons) que vous (êtes|n['’]êtes) (bien )?(un |pas un )?(être humain|humain|robot)"
    r"|je ne suis pas un robot|insan olduğunuzu (doğrulayın|onaylayın)|robot olmadığınızı|ben robot değilim"
    r"|(تحقق|تأكد|أثبت) (من )?(أنك|أنّك) (إنسان|لست)|لست (روبوت|برنامج روبوت)",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"(article|contenu|suite|lecture)( de cet article)?( est)? réservée?s? (à nos|aux) abonnés|il vous reste [\d,.]+ ?%"
    r"|abonnez-vous (pour|afin de|et) (lire|continuer|accéder|poursuivre|découvrir)"
    r"|subscribe (now )?to (continue|read|unlock|keep)|for subscribers only"
    r"|(article|story|content) is (only |exclusively )?(for|available to) (our )?(subscribers|members)"
    r"|become a (subscriber|member) to (continue|read)|(yalnızca |sadece )?abonele(re|rimize) özel"
    r"|(okumaya devam etmek|devamını okumak|tamamını okumak) için abone|(للمشتركين|للأعضاء) فقط"
    r"|(اشترك|اشتركوا) (الآن )?(لمتابعة|لقراءة|للقراءة)|هذا (المحتوى|المقال) (متاح |حصري |مخصص )?للمشتركين",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(
    r"(log|sign) ?in (to (continue|view|read|see|your)|is required)|you (must|need to) (be logged|log|sign) ?in"
    r"|(connectez|identifiez)-vous (pour|afin)|vous devez (être connecté|vous (connecter|identifier))|se connecter pour"
    r"|(devam etmek|görmek|okumak|görüntülemek) için (lütfen )?(giriş yap|oturum aç)|giriş yapmanız gerek"
    r"|(سجل|سجّل|سجلوا) الدخول (لل|ل|إلى)|يجب (عليك )?تسجيل الدخول",
    re.IGNORECASE,
)
_SIGN_IN_PATH = re.compile(r"/(log-?in|sign-?in|connexion|identification|giris|oturum-ac|sso)([/._-]|$)", re.IGNORECASE)
_CONSENT_PLACE = re.compile(r"^(consent|guce|cmp)\.|/(consent|privacy-?wall|cookie-?wall)([/._-]|$)", re.IGNORECASE)
_COOKIES = re.compile(
    r"cookie|consent|our partners|personal data|traceurs|témoins de connexion|nos partenaires|données personnelles"
    r"|vie privée|çerez|kişisel veri|gizlilik|ortaklarımız"
    r"|ملفات (تعريف )?الارتباط|كوكيز|شركاؤنا|الخصوصية|البيانات الشخصية",
    re.IGNORECASE,
)
_ACCEPT = re.compile(
    r"accept|agree|consent|got it|allow all|continuer sans|kabul e[td]|onaylıyorum|izin ver"
    r"|أوافق|موافق|اقبل|أقبل|قبول|السماح",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Look:
    """What a page is at a glance; of a page that says much, only the first of its ``blocks`` are known."""

    wall: str | None = None
    title: str = ""
    canonical_url: str = ""
    blocks: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Return how many characters of sentences the page has, as far as they were counted."""
        return sum(map(len, self.blocks))


def look(html: str, url: str) -> Look:
    """Return what a page is at a glance. French, English, Turkish, Arabic.

    Its ``wall``, what stands in front of the article on it, is ``bot_challenge``, ``consent_wall``, ``login_wall``,
    ``paywall``, or None when nothing seems to.
    """
    html = html[:MOST_READ]
    page = _parse(html)
    if page is None:
        return Look()
    title = " ".join("".join(page.xpath("string(//title)")).split())
    canonical = "".join(page.xpath("string(//link[@rel='canonical']/@href)")).strip()
    etree.strip_elements(page, *_ASIDE, with_tail=False)
    blocks = _first(_blocks(page), MOST_TEASER)
    found = Look(title=title, canonical_url=canonical, blocks=blocks)
    if found.size > MOST_TEASER:
        return found  # no wall says so much
    words = " ".join(page.text_content()[:MOST_WORDS].split())
    return replace(found, wall=_wall(html, url, words, blocks))


def wall(html: str, url: str) -> str | None:
    """Return what stands in front of the article on a page, as ``look`` does."""
    return look(html, url).wall


def _wall(html: str, url: str, words: str, blocks: Sequence[str]) -> str | None:
    size = sum(map(len, blocks))
    if size <= MOST_WALL:
        asides = sum(len(block) for block in blocks if _COOKIES.search(block) or _CHALLENGE.search(block))
        found = _small_wall(html, url, words, article=size - asides)
        if found is not None:
            return found
    return "paywall" if _is_paid(html, url, words, size) else None


def _first(blocks: Iterator[str], most: int) -> tuple[str, ...]:
    """Return the first blocks, until they have more than so many characters."""
    found: list[str] = []
    size = 0
    for block in blocks:
        found.append(block)
        size += len(block)
        if size > most:
            break
    return tuple(found)


def _small_wall(html: str, url: str, words: str, article: int) -> str | None:
    """Return the wall that a page of few words is, when ``article`` characters of them are no notice of a wall."""
    if article >= LEAST_ARTICLE:
        return None
    parts = urlsplit(url)
    if _CHALLENGE.search(words) or _CHALLENGE_MARKUP.search(html):
        return "bot_challenge"
    at = parts.netloc + parts.path
    if _COOKIES.search(words) and (_CONSENT_PLACE.search(at) or _ACCEPT.search(" | ".join(_buttons(_parse(html))))):
        return "consent_wall"
    if _SIGN_IN.search(words) or _SIGN_IN_PATH.search(parts.path):
        return "login_wall"
    return None


def _is_paid(html: str, url: str, words: str, size: int) -> bool:
    """Return whether a page shows the beginning of an article that is for those who pay."""
    is_free = free(_parse(html), url)
    if is_free is not None:
        return not is_free and size <= MOST_TEASER
    return size <= MOST_WALL and bool(_PAY.search(words))


def _parse(html: str) -> Any:
    """Return the tree of a page; as bytes, for lxml refuses text that declares an encoding."""
    octets = html.replace("\0", "").encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(octets, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _buttons(page: Any) -> Iterator[str]:
    for element in page.iter("button", "a", "input"):
        yield element.get("value", "") if element.tag == "input" else element.text_content()


def _blocks(page: Any) -> Iterator[str]:
    """Return the stretches of text of a page that are long enough to be sentences. Words of links do not count."""
    for element in page.iter(etree.Element):
        if element.tag in _INLINE or element.tag in {"title", "button"}:
            continue
        text = " ".join("".join(_own_words(element)).split())
        if len(text) >= SHORTEST_BLOCK:
            yield text


def _own_words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _INLINE and child.tag != "a":
            yield from child.itertext(with_tail=False)
        yield child.tail or ""
