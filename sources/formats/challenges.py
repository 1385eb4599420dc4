"""Signatures of pages that test whether a browser or a person asks: known by mark-up and headers, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from sources.language.any_case import AnyCase

# What stands only on the test itself, in lower case. What a vendor also puts on ordinary pages, such as the program
# that asks for a token in the background, is no such sign.
# First the vendors, then the gates that sites run themselves, then names that their authors reuse.
_ONLY_ON_A_TEST = (
    *("anubis_challenge", "within.website/x/cmd/anubis", "within.website/x/xess"),  # Anubis
    *("_cf_chl_opt", "cf-chl-", "cf-browser-verification", "cf_chl_prog", "cf_chl_rc_", "__cf_chl_f_tk"),  # Cloudflare
    *("captcha-delivery.com/captcha", "captcha-delivery.com/interstitial", "captcha-delivery.com/c.js"),  # DataDome
    *("captcha-delivery.com/i.js", "px-captcha", "_pxblockscript", "captcha.px-cdn.net"),  # PerimeterX (HUMAN)
    *("_incapsula_resource?swudnsai", "_incapsula_resource?cwudnsai", "_incapsula_resource?swjiylwa=719"),  # Imperva
    *("/.well-known/ddos-guard/", "ddos-guard/js-challenge"),  # DDoS-Guard
    *("/.well-known/sgcaptcha", 'id="sg-captcha', 'class="sg-captcha'),  # SiteGround
    *("/showcaptcha?", "/showcaptchafast?", "/checkcaptcha?", "/checkcaptchafast?"),  # SmartCaptcha
    *("awswafcookiedomainlist", "gokuprops", "awswafcaptcha.rendercaptcha"),  # AWS WAF
    *("sec-if-cpt-container", "sec-cpt-if", "/_sec/cp_challenge/", "bm-verify="),  # Akamai
    *("__qrator/", "qauth_utm"),  # Qrator
    *("validate.perfdrive.com", "shieldsquare", "kpsdk.configure", "/ips.js?ak_bmsc"),  # Radware, Kasada
    *("/tspd/08", 'window["bobcmn"]', 'window["failureconfig"]'),  # F5
    *("/_fs-ch-", "vercel security checkpoint"),  # Fastly, Vercel
    *("basedflare", "haproxy-protection", "data-pow=", "__goaway_", "cerberus-challenge", "/.go-away/"),
    *('id="challenge-form"', 'id="challenge-stage"', 'id="challenge-running"', 'id="challenge-error-text"'),
    *('id="pow-challenge"', 'id="js-challenge"', 'id="waf-challenge"'),
)

# Tests that stand in ordinary pages too, before a form or a comment.
_ALSO_IN_FORMS = (
    *("challenges.cloudflare.com/turnstile", "cf-turnstile", "/recaptcha/", "g-recaptcha", "hcaptcha.com/"),
    *("h-captcha", "frc-captcha", "altcha", "mcaptcha", "smart-captcha", "smartcaptcha", "geetest", "data-sitekey"),
    *("captcha-container", "captcha.php", "captcha.png"),
)

# Programs that watch ordinary pages in the background, and the test too: alone they say next to nothing.
_IN_THE_BACKGROUND = (
    *("ddos-guard", "token.awswaf.com", "awswafintegration.", "awswafcaptcha.", "datadome", "incapsula"),
    *("/.well-known/vercel/security/", "sgcaptcha"),
)

# What a script does that computes a proof, sets a cookie and loads the page again. Each alone is ordinary.
_PROOF_OF_WORK = tuple(
    AnyCase(pattern)
    for pattern in (
        r"\bchallenge\w*\b",
        r"\bdifficulty\b|leading.?zero",
        r"\bnonce\b(?!\s*=\s*[\"'])",
        r"crypto\.subtle|sha-?256|sha-?1\b|argon2|scrypt|\bhash(?:cash|rate)?\(",
        r"new Worker\(|navigator\.webdriver|hardwareConcurrency",
        r"document\.cookie\s*=",
        r"location\.(?:reload|replace|href\s*=)",
        r"proof.?of.?work|\bpow\b|captcha|\bjschl\b|human|\bbot\b",
    )
)
PROOF_MARKS = 4  # so many of them, in the scripts of one page, are a test
PROOF_MARKS_ALONE = 3  # of a page that has nothing else
MOST_SCRIPT = 200_000  # characters of scripts

_HEADERS = (
    ("x-amzn-waf-action", re.compile(r"challenge|captcha", re.IGNORECASE)),
    ("cf-mitigated", re.compile(r"challenge", re.IGNORECASE)),
    ("x-vercel-mitigated", re.compile(r"challenge|deny", re.IGNORECASE)),
    ("x-datadome-response", re.compile(r"4\d\d|captcha", re.IGNORECASE)),
)


def in_headers(headers: Iterable[tuple[str, str]]) -> bool:
    """Return whether the headers of an answer say that it is a test and not the page."""
    given = [(name.lower(), value) for name, value in headers]
    return any(name == known and said.search(value) for name, value in given for known, said in _HEADERS)


def is_a_test(lowered: str) -> bool:
    """Return whether a page, in lower case, contains what stands only on a test."""
    quoted = lowered.replace("'", '"')
    return any(sign in quoted for sign in _ONLY_ON_A_TEST)


def has_a_captcha(lowered: str) -> bool:
    """Return whether a page, in lower case, contains a test that may also belong to a form in it."""
    return any(sign in lowered for sign in _ALSO_IN_FORMS)


def captchas(body: Any) -> Iterator[Any]:
    """Yield the elements that show such a test; its programs are none."""
    for element in body.iter(etree.Element):
        said = " ".join(f"{name} {value}" for name, value in element.items())
        if element.tag not in {"script", "style", "link", "noscript"} and has_a_captcha(said.lower()):
            yield element


def is_watched(lowered: str) -> bool:
    """Return whether a page, in lower case, contains a program that may test its reader in the background."""
    return any(sign in lowered for sign in _IN_THE_BACKGROUND)


def proves_work(scripts: Iterable[str], *, is_alone: bool = False) -> bool:
    """Return whether the scripts of a page, or all that a page has, do what a proof of work does."""
    text = "\n".join(scripts)[:MOST_SCRIPT]
    marks = sum(mark.is_in(text) for mark in _PROOF_OF_WORK)
    return marks >= (PROOF_MARKS_ALONE if is_alone else PROOF_MARKS)
