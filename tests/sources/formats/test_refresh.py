import pytest

from sources.formats.refresh import may_lead, target

HERE, THERE = "https://breval.example/old", "https://breval.example/new"
ARTICLE = "<p>" + "La préfecture du Vaur a annoncé mercredi l’évacuation de trois communes. " * 8 + "</p>"


def meta(content):
    return f'<meta http-equiv="refresh" content="{content}">'


def asked(html, header=""):
    return target(html, HERE, header) if may_lead(html.encode(), header) else ""


@pytest.mark.parametrize(
    "content",
    [
        "0; url=/new",
        "0;URL='/new'",
        "0;url=https://breval.example/new",
        "0, /new",
        "5 url=/new",
        "0.5; url = /new",
        " ; /new",
    ],
)
@pytest.mark.parametrize(
    "words", ["If you are not redirected, follow this link", "Yönlendiriliyorsunuz", "جارٍ تحويلك", ""]
)
def test_a_page_that_says_only_where_to_go_leads_there(content, words):
    assert asked(f'<html><head>{meta(content)}</head><body><p>{words} <a href="/new">→</a></p></body></html>') == THERE


@pytest.mark.parametrize(
    "html",
    [
        f'<title>t.co</title><noscript>{meta("0;URL=/new")}</noscript><script>location.replace("/new")</script>',
        '<p>Weiterleitung <a href="/new">hier</a></p><script>window.location.href = "/new";</script>',
        '<script>location.replace("https:\\/\\/x.example")</script><meta HTTP-EQUIV=Refresh CONTENT="0;URL=/new">',
        '<script>window.location = "/new"</script>',
        '<link rel="canonical" href="/new"><h1>Redirecting…</h1><a href="/new">Click here</a>',
        f'<base href="https://breval.example/">{meta("0; url=new")}',
    ],
)
def test_a_page_without_text_leads_on_by_whatever_it_names(html):
    assert asked(html) == THERE


def test_the_header_leads_on_as_well():
    assert asked("<p>…</p>", header="0; url=/new") == THERE


def test_a_page_may_show_itself_again():
    assert asked(meta("0") + "<p>…</p>") == HERE


def test_nobody_can_read_an_article_that_leaves_at_once():
    assert asked(meta("0; url=/new") + ARTICLE) == THERE


@pytest.mark.parametrize(
    "html",
    [
        f'<noscript>{meta("0;url=/nojs.html")}</noscript><div id="root"></div><script src="/app.js"></script>',
        f'<noscript>{meta("0;url=/nojs.html")}</noscript><div id="root"></div><script>start()</script>',
        f"<noscript>{meta('0;url=/nojs.html')}</noscript><h1>Bréval</h1><p>Une secousse a été ressentie.</p>",
        '<p>Une secousse.</p><script>b.onclick = function () { location.href = "/home"; };</script>',
        '<p>Une secousse.</p><script>if (/iPhone/.test(a)) { location.href = "https://m.breval.example/"; }</script>',
        '<p>Une secousse.</p><script>if (/iPhone/.test(a)) location.href = "https://m.breval.example/";</script>',
        '<script>b.onclick = () => location.href = "/home";</script>',
        '<p>Une secousse a été ressentie à Bréval.</p><script>location.href = "/home";</script>',
        meta("30; url=/next") + "<p>Une secousse a été ressentie à Bréval.</p>",
        meta("300") + ARTICLE,
        meta("300; url=/") + ARTICLE,
        meta("5; url=/new") + ARTICLE,
        meta("0; url=/old#top") + ARTICLE,
        f"<noscript>{meta('0; url=/no-scripts')}</noscript>" + ARTICLE,
        f"<!-- {meta('0; url=/new')} -->" + ARTICLE,
        ARTICLE + "<script>if (old) { location.href = '/new'; }</script>",
        meta("900; url=/") + "<p>Une secousse a été ressentie à Bréval.</p>",
        '<link rel="canonical" href="/new"><p>Une secousse.</p><a href="/new">Lire</a><a href="/">Accueil</a>',
        '<link rel="canonical" href="/old"><p>Une secousse.</p><a href="/new">La suite</a>',
        "<p>Une secousse a été ressentie.</p><script>location.href = '/go?t=' + token;</script>",
        meta("0; url=javascript:alert(1)") + "<p>…</p>",
        meta("0; url=http://[oops/") + "<p>…</p>",
        meta("soon") + "<p>…</p>",
        '<div id="root"></div><script>if (old) { location.href = "/upgrade"; }</script><script src="/app.js"></script>',
    ],
)
def test_a_page_that_stays_leads_nowhere(html):
    assert asked(html) == ""


def test_a_hostile_page_costs_little():
    assert asked(meta("0; url=/new") + "<!--" * 200_000) == THERE
