"""Pages for ``benchmarks.walls``: walls and articles of many kinds in thirteen languages, made from invented news.

Mark-up and words vary from page to page: semantic elements or plain boxes, names that mean something or none, metadata
or nothing. The words are those that sites use. Nothing here is taken from the tables by which walls are recognized,
and two languages (Portuguese, Polish) have no such tables.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from benchmarks.wall_layouts import (
    SITE,
    TEXTS,
    Maker,
    account_box,
    cookie_bar,
    foot,
    letter_box,
    menu,
    metadata,
    offer_box,
    page,
    paragraphs,
    rail,
    story,
)

URL = "https://courier.example/2026/11/ferry-pier"
VARIANTS = 4


class MadePage(NamedTuple):
    """A page with its kind and language; ``is_wall`` is the truth about it."""

    name: str
    language: str
    is_wall: bool
    html: str


def _frame(make: Maker, inner: str, head: str = "", extra: str = "") -> str:
    before, after = menu(make), (rail(make) if make.odds(0.6) else "") + extra + foot(make)
    return page(make, inner, before=before, after=after, head=head or metadata(make))


def flash(make: Maker) -> str:
    """Return a page of this kind: news of one or two sentences beside a cookie bar."""
    return _frame(make, story(make, paragraphs(make.news(1, 2))), extra=cookie_bar(make))


def free_with_letter(make: Maker) -> str:
    """Return a page of this kind: a free article with a box for a newsletter."""
    return _frame(
        make,
        story(make, paragraphs(make.news(2, 5)), letter_box(make)),
        extra=cookie_bar(make) if make.odds(0.5) else "",
    )


def free_with_account(make: Maker) -> str:
    """Return a page of this kind: a free article with a box for an account."""
    return _frame(make, story(make, paragraphs(make.news(3, 6)), account_box(make)))


def free_with_comments(make: Maker) -> str:
    """Return a page of this kind: a free article with comments behind a sign-in."""
    captcha = "<div class='g-recaptcha' data-sitekey='k'></div>" if make.odds(0.5) else ""
    box = (
        f"<section class='comments'><h2>…</h2><p>{make.texts['comments']}</p>"
        f"<form><textarea></textarea>{captcha}<button>OK</button></form></section>"
    )
    return _frame(make, story(make, paragraphs(make.news(2, 5)), box))


def flagged_whole(make: Maker) -> str:
    """Return a page of this kind: a whole article that is marked as paid."""
    body = paragraphs(make.news(5, 8))
    more: dict[str, Any] = {"isAccessibleForFree": make.dice.choice([False, "False", "false"])}
    if make.odds(0.5):
        more["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"}
        body = f"{paragraphs(make.news(1, 1))}<div class='paywall'>{body}</div>"
    return _frame(make, story(make, body), head=metadata(make, **more))


def live(make: Maker) -> str:
    """Return a page of this kind: a live page."""
    posts = [
        f"<div class='post' id='p{at}'><span>1{at}:20</span> <h3>{make.texts['heads'][at % 3]}</h3><p>{line}</p></div>"
        for at, line in enumerate(make.news(3, 6))
    ]
    return _frame(make, story(make, "".join(posts)), extra=cookie_bar(make))


def video(make: Maker) -> str:
    """Return a page of this kind: a video with one sentence."""
    player = make.dice.choice(
        ["<video controls src='/v.mp4'></video>", "<iframe src='https://player.example/embed/1'></iframe>"]
    )
    return _frame(
        make,
        story(make, f"<figure>{player}</figure>{paragraphs(make.news(1, 1))}"),
        extra=cookie_bar(make) + letter_box(make),
    )


def gallery(make: Maker) -> str:
    """Return a page of this kind: a gallery."""
    pictures = "".join(
        f"<figure><img src='/{at}.jpg' alt=''><figcaption>{line}</figcaption></figure>"
        for at, line in enumerate(make.news(4, 6))
    )
    return _frame(make, story(make, paragraphs(make.news(1, 1)) + pictures), extra=cookie_bar(make))


def release(make: Maker) -> str:
    """Return a page of this kind: a short press release."""
    return page(make, story(make, paragraphs(make.news(2, 3))), before=menu(make), after=foot(make))


def on_walls(make: Maker) -> str:
    """Return a page of this kind: news about cookies, paywalls or robots."""
    lines = make.texts["topic"] if make.odds(0.5) else [make.one("topic"), *make.news(1, 2)]
    make.headline = lines[0].rstrip(".،。")[:70]
    return _frame(make, story(make, paragraphs(list(lines))), extra=cookie_bar(make))


def long_article(make: Maker) -> str:
    """Return a page of this kind: a long article."""
    body = paragraphs(make.news(12, 18))
    script = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>" if make.odds(0.5) else ""
    offers = f"<div{make.name('offers', 'promo')}><a class='btn' href='/offers'>{make.texts['offer_button']}</a></div>"
    return _frame(make, story(make, body, offers if make.odds(0.3) else letter_box(make)), extra=script)


def with_campaign(make: Maker) -> str:
    """Return a page of this kind: an article with a campaign for subscriptions behind it."""
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
    """Return a page of this kind: a consent page with nothing behind it."""
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
    """Return a page of this kind: a sign-in page."""
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
    """Return a page of this kind: the beginning of a paid article."""
    return _teaser(make, metadata(make), 0.3)


def flagged_teaser(make: Maker) -> str:
    """Return a page of this kind: the same, marked as paid."""
    return _teaser(make, metadata(make, isAccessibleForFree="False"), 0.3)


def teaser_and_rail(make: Maker) -> str:
    """Return a page of this kind: the same with a rail of other articles."""
    return _teaser(make, metadata(make, isAccessibleForFree=False), 1.0)


def missing_part(make: Maker) -> str:
    """Return a page of this kind: the same, where the paid part is named and not there."""
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
        "TextEncoder().encode(challenge+nonce));nonce++;if(ok(h))break}"
        "document.cookie='pass='+nonce;location.reload()}go()</script>"
    ),
    "<div class='h-captcha' data-sitekey='1'></div><script src='https://js.hcaptcha.com/1/api.js'></script>",
)


def robot_check(make: Maker) -> str:
    """Return a page of this kind: a robot check that says what it does."""
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
    """Return a page of this kind: a robot check without words."""
    return page(
        make, make.dice.choice(SCRIPTS[:8]), title=make.dice.choice(["courier.example", SITE, make.one("robot_title")])
    )


def country(make: Maker) -> str:
    """Return a page of this kind: a page that is refused in a country."""
    inner = f"<main><h1>{make.texts['geo_title']}</h1><p>{make.texts['geo']}</p></main>"
    return page(
        make,
        inner,
        title=make.dice.choice([make.texts["geo_title"], SITE]),
        before=menu(make) if make.odds(0.3) else "",
    )


def between(make: Maker) -> str:
    """Return a page of this kind: a page that stands before the article and asks for something."""
    inner = (
        f"<div{make.name('modal', 'interstitial', 'offer')}><h1>{SITE}</h1><p>{make.texts['adblock']}</p>"
        f"<a class='btn' href='/offers'>{make.texts['offer_button']}</a>"
        f"<a href='/login'>{make.texts['login_title']}</a></div>"
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
