"""Pages for ``benchmarks.walls``: walls and articles of many kinds in thirteen languages, made from invented news.

Mark-up and words vary from page to page: semantic elements or plain boxes, names that mean something or none, metadata
or nothing. The words are those that sites use. Nothing here is taken from the tables by which walls are recognized,
and two languages (Portuguese, Polish) have no such tables.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

TEXTS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("wall_texts.json").read_text(encoding="utf-8"))
SITE = "Lomsa Courier"
URL = "https://courier.example/2026/11/ferry-pier"
VARIANTS = 4


class MadePage(NamedTuple):
    """A page with its kind and language; ``is_wall`` is the truth about it."""

    name: str
    language: str
    is_wall: bool
    html: str


@dataclass
class Maker:
    """What one page is made with: the texts of its language and the dice of its layout."""

    texts: dict[str, Any]
    dice: random.Random
    headline: str = ""

    def __post_init__(self) -> None:
        self.headline = self.headline or self.dice.choice(self.texts["heads"])

    def news(self, least: int, most: int) -> list[str]:
        """Return some paragraphs of news, in order; some have two sentences."""
        count = self.dice.randint(least, most)
        sentences = [self.texts["news"][at % len(self.texts["news"])] for at in range(count)]
        return sentences

    def one(self, name: str) -> str:
        """Return one of the texts of a name."""
        found = self.texts[name]
        return found if isinstance(found, str) else self.dice.choice(found)

    def odds(self, share: float) -> bool:
        """Return True in about this share of pages."""
        return self.dice.random() < share

    def name(self, *meaning: str) -> str:
        """Return attributes that name an element: by its meaning, or by nothing that a reader of mark-up knows."""
        if self.odds(0.3):
            return (
                f' class="{self.dice.choice("bcdfghk")}{self.dice.randint(100, 999)}x '
                f'{self.dice.choice("mnpq")}-{self.dice.randint(1, 9)}"'
            )
        return f' {self.dice.choice(["class", "id"])}="{self.dice.choice(meaning)}"'


def paragraphs(lines: list[str], tag: str = "p") -> str:
    """Return paragraphs of mark-up."""
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def menu(make: Maker) -> str:
    """Return a header with a menu."""
    links = "".join(f'<li><a href="/{at}">{word}</a></li>' for at, word in enumerate(make.texts["nav"]))
    login = f'<a href="/account" class="btn">{make.texts["login_title"]}</a>'
    return make.dice.choice(
        [
            f"<header><a href='/'>{SITE}</a><nav><ul>{links}</ul></nav>{login}</header>",
            f"<div class='top'><div class='menu'><ul>{links}</ul></div>{login}</div>",
            f"<nav><ul>{links}</ul></nav>",
        ]
    )


def foot(make: Maker) -> str:
    """Return a footer."""
    links = " · ".join(f'<a href="/about/{word}">{word}</a>' for word in make.texts["nav"][:4])
    return make.dice.choice(
        [f"<footer><p>© 2026 {SITE}. {links}</p></footer>", f"<div class='footer'>{links} © {SITE}</div>", ""]
    )


def rail(make: Maker, count: int = 6) -> str:
    """Return cards of other articles."""
    heads, news = make.texts["heads"], make.texts["news"]
    shape = make.dice.choice(
        [
            "<div class='card'><a href='/n{0}'><h3>{1}</h3></a><p>{2}</p></div>",
            "<article class='teaser'><h3><a href='/n{0}'>{1}</a></h3><p>{2}</p></article>",
            "<li><a href='/n{0}'><img src='/i{0}.jpg' alt=''><span>{1}</span><p>{2}</p></a></li>",
        ]
    )
    cards = "".join(shape.format(at, heads[at % 3], news[(at + 2) % 8]) for at in range(count))
    return make.dice.choice(
        [f"<section>{cards}</section>", f"<aside><div>{cards}</div></aside>", f"<div><div>{cards}</div></div>"]
    )


def cookie_bar(make: Maker) -> str:
    """Return a bar about cookies as it stands beside an article."""
    inner = f"<p>{make.one('cookie')}</p><button>{make.one('accept')}</button>"
    inner += f"<button>{make.texts['reject']}</button>" if make.odds(0.5) else ""
    return f"<div{make.name('cookie-banner', 'cookies', 'gdpr-bar', 'notice', 'bottom-bar')}>{inner}</div>"


def letter_box(make: Maker) -> str:
    """Return a box for a newsletter."""
    form = (
        f'<form action="/letter"><input type="email" name="email"><button>{make.texts["letter_button"]}</button></form>'
    )
    if make.odds(0.3):
        form = f'<a class="button" href="/letters">{make.texts["letter_button"]}</a>'
    box = f"<div{make.name('newsletter', 'nl-box', 'promo', 'signup')}><p>{make.one('letter')}</p>{form}</div>"
    return box


def account_box(make: Maker) -> str:
    """Return a box that offers an account."""
    form = (
        f'<form><input type="email" name="e"><input type="password" '
        f'name="p"><button>{make.texts["letter_button"]}</button></form>'
    )
    return f"<div{make.name('register', 'account-box', 'join', 'cta')}><p>{make.texts['register']}</p>{form}</div>"


def offer_box(make: Maker) -> str:
    """Return the box that closes a paid article."""
    button = f'<a class="btn" href="/offers">{make.texts["offer_button"]}</a>'
    words = make.one("locked")
    return make.dice.choice(
        [
            f"<div{make.name('paywall', 'subscribe-wall', 'piano-offer', 'locked')}><p>{words}</p>{button}</div>",
            (
                f"<div{make.name('paywall', 'premium-box', 'end', 'offer')}>"
                f"<h2>{words}</h2>{button}<p>{make.texts['login']}</p></div>"
            ),
            (
                f"<section{make.name('regwall', 'gate', 'meter')}><p>{words}</p><form><input "
                f"type=email name=email><button>{make.texts['offer_button']}</button></form></section>"
            ),
        ]
    )


def page(make: Maker, inner: str, *, before: str = "", after: str = "", head: str = "", title: str = "") -> str:
    """Return a page with its frame around what is in it."""
    title = title or make.dice.choice([make.headline, f"{make.headline} | {SITE}", f"{make.headline} – {SITE}"])
    lang = make.texts["code"]
    return (
        f'<!doctype html><html lang="{lang}" dir="{make.texts["dir"]}">'
        f'<head><meta charset="utf-8"><title>{title}</title>'
        f"{head}<script>window.dataLayer=[];</script></head><body>{before}{inner}{after}</body></html>"
    )


def metadata(make: Maker, **more: Any) -> str:
    """Return metadata of an article, or none."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": make.headline,
        "datePublished": "2026-11-25T07:30:00+01:00",
        **more,
    }
    ld = f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>'
    og = f'<meta property="og:type" content="article"><meta property="og:title" content="{make.headline}">'
    if more:
        return ld + (og if make.odds(0.5) else "")
    return make.dice.choice(
        [ld + og, og, '<meta property="article:published_time" content="2026-11-25T07:30:00Z">', "", ld]
    )


def story(make: Maker, body: str, after: str = "") -> str:
    """Return a headline with what is below it, in an element for articles or in none."""
    by = "<div class='by'>Ines Moor · <time datetime='2026-11-25'>25.11.2026</time></div>" if make.odds(0.5) else ""
    share = f"<button class='x1'>{make.texts['share']}</button>" if make.odds(0.4) else ""
    inner = f"<h1>{make.headline}</h1>{by}"
    return make.dice.choice(
        [
            f"<main><article>{inner}{share}{body}{after}</article></main>",
            f"<article class='a'>{inner}<div class='body'>{body}{share}</div>{after}</article>",
            f"<div class='story'>{inner}<div class='text'>{body}</div>{share}{after}</div>",
            f"<main>{inner}{body}{after}</main>",
            f"<div id='content'><div class='col'>{inner}<div itemprop='articleBody'>{body}</div>{after}</div></div>",
        ]
    )


def _frame(make: Maker, inner: str, head: str = "", extra: str = "") -> str:
    before, after = menu(make), (rail(make) if make.odds(0.6) else "") + extra + foot(make)
    return page(make, inner, before=before, after=after, head=head or metadata(make))


def flash(make: Maker) -> str:
    return _frame(make, story(make, paragraphs(make.news(1, 2))), extra=cookie_bar(make))


def free_with_letter(make: Maker) -> str:
    return _frame(
        make,
        story(make, paragraphs(make.news(2, 5)), letter_box(make)),
        extra=cookie_bar(make) if make.odds(0.5) else "",
    )


def free_with_account(make: Maker) -> str:
    return _frame(make, story(make, paragraphs(make.news(3, 6)), account_box(make)))


def free_with_comments(make: Maker) -> str:
    captcha = "<div class='g-recaptcha' data-sitekey='k'></div>" if make.odds(0.5) else ""
    box = (
        f"<section class='comments'><h2>…</h2><p>{make.texts['comments']}</p>"
        f"<form><textarea></textarea>{captcha}<button>OK</button></form></section>"
    )
    return _frame(make, story(make, paragraphs(make.news(2, 5)), box))


def flagged_whole(make: Maker) -> str:
    body = paragraphs(make.news(5, 8))
    more: dict[str, Any] = {"isAccessibleForFree": make.dice.choice([False, "False", "false"])}
    if make.odds(0.5):
        more["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"}
        body = f"{paragraphs(make.news(1, 1))}<div class='paywall'>{body}</div>"
    return _frame(make, story(make, body), head=metadata(make, **more))


def live(make: Maker) -> str:
    posts = [
        f"<div class='post' id='p{at}'><span>1{at}:20</span> <h3>{make.texts['heads'][at % 3]}</h3><p>{line}</p></div>"
        for at, line in enumerate(make.news(3, 6))
    ]
    return _frame(make, story(make, "".join(posts)), extra=cookie_bar(make))


def video(make: Maker) -> str:
    player = make.dice.choice(
        ["<video controls src='/v.mp4'></video>", "<iframe src='https://player.example/embed/1'></iframe>"]
    )
    return _frame(
        make,
        story(make, f"<figure>{player}</figure>{paragraphs(make.news(1, 1))}"),
        extra=cookie_bar(make) + letter_box(make),
    )


def gallery(make: Maker) -> str:
    pictures = "".join(
        f"<figure><img src='/{at}.jpg' alt=''><figcaption>{line}</figcaption></figure>"
        for at, line in enumerate(make.news(4, 6))
    )
    return _frame(make, story(make, paragraphs(make.news(1, 1)) + pictures), extra=cookie_bar(make))


def release(make: Maker) -> str:
    return page(make, story(make, paragraphs(make.news(2, 3))), before=menu(make), after=foot(make))


def on_walls(make: Maker) -> str:
    lines = make.texts["topic"] if make.odds(0.5) else [make.one("topic"), *make.news(1, 2)]
    make.headline = lines[0].rstrip(".،。")[:70]
    return _frame(make, story(make, paragraphs(list(lines))), extra=cookie_bar(make))


def long_article(make: Maker) -> str:
    body = paragraphs(make.news(12, 18))
    script = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>" if make.odds(0.5) else ""
    offers = f"<div{make.name('offers', 'promo')}><a class='btn' href='/offers'>{make.texts['offer_button']}</a></div>"
    return _frame(make, story(make, body, offers if make.odds(0.3) else letter_box(make)), extra=script)


def with_campaign(make: Maker) -> str:
    ask = (
        f"<div{make.name('promo', 'support', 'campaign')}><p>{make.texts['adblock']}</p>"
        f"<a class='btn' href='/offers'>{make.texts['offer_button']}</a></div>"
    )
    return page(
        make,
        story(make, paragraphs(make.news(6, 8))),
        before=menu(make),
        after=ask + rail(make) + foot(make),
        head=metadata(make),
    )


def consent(make: Maker) -> str:
    words = paragraphs([make.texts["cookie"][1]] + ([make.texts["cookie"][0]] if make.odds(0.5) else []))
    buttons = f"<button>{make.one('accept')}</button><button>{make.texts['reject']}</button>"
    title = make.dice.choice([SITE, make.headline, make.texts["cookie"][0][:30]])
    box = make.dice.choice(
        [
            f"<div role='dialog'{make.name('modal', 'cmp', 'layer')}><h1>{title}</h1>{words}{buttons}</div>",
            f"<h1>{SITE}</h1>{words}<form method='post'>{buttons}</form>",
            (
                f"<div{make.name('consent', 'wall', 'privacy-gate')}><h2>{title}</h2>"
                f"{words}{buttons}<a href='/abo'>{make.texts['offer_button']}</a></div>"
            ),
        ]
    )
    return page(make, box, title=title, after=foot(make) if make.odds(0.3) else "")


def sign_in(make: Maker) -> str:
    form = (
        f"<form><input name=mail type=email><input type=password "
        f"name=p><button>{make.texts['login_title']}</button></form>"
    )
    inner = f"<main><h1>{make.texts['login_title']}</h1><p>{make.texts['login']}</p>{form}</main>"
    return page(
        make,
        inner,
        title=make.dice.choice([make.texts["login_title"], SITE, make.headline]),
        before=menu(make) if make.odds(0.5) else "",
    )


def _teaser(make: Maker, head: str, rail_odds: float) -> str:
    lines = make.news(1, 2)
    if make.odds(0.4):
        lines[-1] = lines[-1][: int(len(lines[-1]) * 0.6)].rsplit(" ", 1)[0] + make.dice.choice(["…", "...", ""])
    after = (rail(make, 9) if make.odds(rail_odds) else "") + foot(make)
    return page(make, story(make, paragraphs(lines), offer_box(make)), before=menu(make), after=after, head=head)


def teaser(make: Maker) -> str:
    return _teaser(make, metadata(make), 0.3)


def flagged_teaser(make: Maker) -> str:
    return _teaser(make, metadata(make, isAccessibleForFree="False"), 0.3)


def teaser_and_rail(make: Maker) -> str:
    return _teaser(make, metadata(make, isAccessibleForFree=False), 1.0)


def missing_part(make: Maker) -> str:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".meteredContent"}
    more = {"isAccessibleForFree": False, "hasPart": part}
    if make.odds(0.3):
        more["wordCount"] = 870
    empty = "<div class='meteredContent'></div>" if make.odds(0.5) else ""
    box = offer_box(make) if make.odds(0.6) else ""
    return page(
        make,
        story(make, paragraphs(make.news(1, 2)) + empty, box),
        before=menu(make),
        after=foot(make),
        head=metadata(make, **more),
    )


SCRIPTS = (
    "<script>window._cf_chl_opt={cvId:'3',cType:'managed'};</script>",
    (
        "<script>var dd={'rt':'c','cid':'A','hsh':'B'}</script>"
        "<script src='https://ct.captcha-delivery.com/c.js'></script>"
    ),
    "<div id='px-captcha'></div><script>window._pxAppId='PX1';</script>",
    (
        "<script src='https://a1.edge.sdk.awswaf.com/a1/challenge.js'></script>"
        "<script>window.gokuProps={key:'k'};AwsWafIntegration.getToken()</script>"
    ),
    "<script id='anubis_challenge' type='application/json'>{\"rules\":{\"difficulty\":4}}</script>",
    "<form action='/checkcaptcha?key=1&retpath=2'><div class='CheckboxCaptcha'></div></form>",
    "<script src='/.well-known/ddos-guard/js-challenge/index.js'></script>",
    (
        "<script>const challenge='9f';const difficulty=4;async function go(){let nonce=0;for(;;){const "
        "h=await crypto.subtle.digest('SHA-256',new "
        "TextEncoder().encode(challenge+nonce));nonce++;if(ok(h))break}document.cookie='pass='+nonce;location.reload()}go()</script>"
    ),
    "<div class='h-captcha' data-sitekey='1'></div><script src='https://js.hcaptcha.com/1/api.js'></script>",
)


def robot_check(make: Maker) -> str:
    title = make.one("robot_title")
    words = paragraphs(make.texts["robot"] if make.odds(0.5) else make.texts["robot"][:1])
    words = f"<details><summary>?</summary>{words}</details>" if make.odds(0.3) else words
    head = '<meta name="robots" content="noindex,nofollow">' if make.odds(0.5) else ""
    return page(
        make,
        f"<main><h1>{title}</h1>{words}{make.dice.choice(SCRIPTS)}</main>",
        title=make.dice.choice([title, SITE, "courier.example"]),
        head=head,
    )


def bare_robot_check(make: Maker) -> str:
    return page(
        make, make.dice.choice(SCRIPTS[:8]), title=make.dice.choice(["courier.example", SITE, make.one("robot_title")])
    )


def country(make: Maker) -> str:
    inner = f"<main><h1>{make.texts['geo_title']}</h1><p>{make.texts['geo']}</p></main>"
    return page(
        make,
        inner,
        title=make.dice.choice([make.texts["geo_title"], SITE]),
        before=menu(make) if make.odds(0.3) else "",
    )


def between(make: Maker) -> str:
    inner = (
        f"<div{make.name('modal', 'interstitial', 'offer')}><h1>{SITE}</h1><p>{make.texts['adblock']}</p>"
        f"<a class='btn' href='/offers'>{make.texts['offer_button']}</a><a href='/login'>{make.texts['login_title']}</a></div>"
    )
    return page(make, inner, title=make.dice.choice([SITE, make.headline]))


ARTICLES: tuple[Callable[[Maker], str], ...] = (
    *(flash, free_with_letter, free_with_account, free_with_comments, flagged_whole, live, video, gallery, release),
    *(on_walls, long_article, with_campaign),
)
WALLS: tuple[Callable[[Maker], str], ...] = (
    *(consent, sign_in, teaser, flagged_teaser, teaser_and_rail, missing_part, robot_check, bare_robot_check),
    *(country, between),
)


def made(seed: str = "walls") -> Iterator[MadePage]:
    """Yield the pages: the same ones every time for one seed."""
    for code, texts in TEXTS.items():
        for kinds, is_wall in ((ARTICLES, False), (WALLS, True)):
            for kind in kinds:
                for number in range(VARIANTS):
                    dice = random.Random(f"{seed} {code} {kind.__name__} {number}")
                    yield MadePage(kind.__name__, code, is_wall, kind(Maker({**texts, "code": code}, dice)))
