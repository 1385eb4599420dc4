"""Parts of the pages that ``benchmarks.wall_pages`` makes: menus, bars, boxes, rails and texts, each in many builds."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEXTS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("wall_texts.json").read_text(encoding="utf-8"))
SITE = "Lomsa Courier"
URL = "https://courier.example/2026/11/ferry-pier"


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
        return [self.texts["news"][at % len(self.texts["news"])] for at in range(count)]

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
    return f"<div{make.name('newsletter', 'nl-box', 'promo', 'signup')}><p>{make.one('letter')}</p>{form}</div>"


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
