import pytest

from sources.formats import html
from sources.formats.article_parts import parts
from sources.formats.text_parts import Part

URL = "https://breval.example/crue"
TITLE = "Crue du Vaur : trois communes évacuées"
STANDFIRST = "La rivière a monté de quatre mètres en une nuit ; les secours attendent un second pic ce soir."
STORY = [
    "La préfecture du Vaur a annoncé mercredi l’évacuation de trois communes en aval de Bréval.",
    "Douze familles ont passé la nuit dans la salle des fêtes, a indiqué la maire, Odile Tarn.",
    "La route de la côte est fermée à toute circulation jusqu’à nouvel ordre, selon le département.",
]


def read(above, first="", described=""):
    story = "".join(f"<p>{text}</p>" for text in STORY[bool(first) :])
    page = (
        f'<html lang="fr"><head><title>{TITLE}</title><meta name="description" content="{described}"></head>'
        f"<body><article><header><h1>{TITLE}</h1>{above}</header><div>{first}{story}</div></article></body></html>"
    )
    article = html.read(page.encode(), "text/html; charset=utf-8", URL)
    return article, [(part.kind, article.text[part.start : part.end]) for part in article.parts]


@pytest.mark.parametrize(
    ("above", "described"),
    [
        (f"<p>{STANDFIRST}</p>", STANDFIRST),
        (f"<div class=x><div class=y>{STANDFIRST}</div></div>", STANDFIRST[:70] + "…"),
        (f"<h2>{STANDFIRST}</h2>", ""),
    ],
)
def test_a_standfirst_is_kept_whatever_it_is_called(above, described):
    article, kinds = read(above, described=described)

    assert article.text.splitlines() == [STANDFIRST, *STORY]
    assert kinds == [("standfirst", STANDFIRST)]


@pytest.mark.parametrize(
    ("first", "described"), [("", STORY[0]), (f"<p><strong>{STORY[0]}</strong></p>", ""), (f"<h2>{STORY[0]}</h2>", "")]
)
def test_the_first_paragraph_is_a_lead_where_the_page_sets_it_off(first, described):
    article, kinds = read("", first, described)

    assert article.text.splitlines() == STORY
    assert kinds == [("lead", STORY[0])]


@pytest.mark.parametrize(
    "above",
    [
        "<figure><figcaption>La rivière à Bréval, mercredi matin, vue du pont. Photo : DR.</figcaption></figure>",
        "<div><a href=/x>Lisez aussi notre dossier sur les crues du Vaur depuis un siècle.</a></div>",
        "<div><span>Par Maëlle Kerdoran</span></div>",
    ],
)
def test_a_caption_a_link_and_a_byline_are_no_standfirst(above):
    article, kinds = read(above, described="Une description que la page ne montre nulle part, et qui est assez longue.")

    assert article.text.splitlines()[-3:] == STORY
    assert kinds == []


def test_a_post_of_several_paragraphs_is_one_part():
    kinds = [("lead", ""), ("post", "1"), ("post", "1"), ("post", "2"), ("", "")]

    found = parts(["ab", "cd", "ef", "gh", "ij"], kinds)

    assert found == (Part("lead", 0, 2), Part("post", 3, 8, "1"), Part("post", 9, 11, "2"))
