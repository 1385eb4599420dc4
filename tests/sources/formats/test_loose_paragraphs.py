"""A paragraph that is no ``p`` is read where it stands; what a site says beside its article stays out."""

import pytest

from sources.formats import html

URL = "https://breval.example/pont"
STORIES = {
    "Old harbour bridge closes for eleven months": [
        "The council of Harrow Bay voted on Tuesday to close the old harbour bridge for eleven months from spring.",
        "Engineers found cracks in four of the six pillars during an inspection that the port ordered in May.",
        "Ferries will carry passengers across the bay every twenty minutes while the bridge is closed, it said.",
        "Shop owners on the northern shore fear that customers will stay away, and they ask for lower rents.",
        "The repair costs 48 million dollars, of which the region pays two thirds and the city the rest.",
        "Construction begins on 3 March if no losing bidder complains to the court within thirty days.",
    ],
    "Alte Hafenbrücke wird elf Monate lang gesperrt": [
        "Der Stadtrat von Lindenhafen hat am Dienstag beschlossen, die alte Hafenbrücke elf Monate lang zu sperren.",
        "Bei einer Prüfung im Mai fanden Ingenieure Risse in vier der sechs Pfeiler, wie die Behörde mitteilte.",
        "Fähren bringen Fahrgäste während der Sperrung alle zwanzig Minuten über die Bucht, sagte die Stadt.",
        "Händler am nördlichen Ufer fürchten, dass Kunden ausbleiben, und verlangen niedrigere Mieten.",
        "Die Sanierung kostet 48 Millionen Euro, von denen das Land zwei Drittel zahlt und die Stadt den Rest.",
        "Die Bauarbeiten beginnen am 3. März, falls kein Bieter binnen dreißig Tagen vor Gericht zieht.",
    ],
    "Eski liman köprüsü on bir ay boyunca kapatılacak": [
        "Karaova belediye meclisi eski liman köprüsünü gelecek bahardan itibaren on bir ay kapatma kararı aldı.",
        "Mühendisler mayıs ayında yapılan incelemede altı ayaktan dördünde çatlaklar buldu, idare doğruladı.",
        "Köprü kapalıyken vapurlar her yirmi dakikada bir yolcu taşıyacak, dedi belediye başkanı toplantıda.",
        "Kuzey kıyısındaki esnaf müşterilerin gelmemesinden korkuyor ve kiraların düşürülmesini istiyor.",
        "Onarım kırk sekiz milyon liraya mal olacak, bunun üçte ikisini bakanlık karşılayacak, denildi.",
        "İnşaat, bir teklif sahibi otuz gün içinde mahkemeye başvurmazsa üç martta başlayacak, dendi.",
    ],
}
MORE = [  # a page with less text than this is read with all its boxes
    "A first tender failed in August because no company was willing to guarantee the end of the work by winter.",
    "The new tender divides the work into three lots, so that smaller companies of the region can bid as well.",
    "Schools on both shores will begin a quarter of an hour later, since many pupils come across the bridge.",
    "The ferry company has hired two ships from the islands, and its crews are being trained on them this month.",
]
ENGLISH = next(iter(STORIES))
HOMES = ["<article>{}</article>", "<main>{}</main>", "<div class=entry-content>{}</div>", "{}"]


def lines(title, body, home=HOMES[0]):
    page = f"<html><head><title>{title}</title></head><body>{home.format(f'<h1>{title}</h1>{body}')}</body></html>"
    article = html.read(page.encode(), "text/html; charset=utf-8", URL)
    assert article.share == 1.0
    return article.text.splitlines()


def paragraphs(sentences):
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("title", STORIES)
@pytest.mark.parametrize(
    "lead",
    ["<div>{}</div>", "<div class=spot><div>{}</div></div>", "<span class=chapo>{}</span>", "{}", "<b>{}</b><br>"],
)
def test_the_first_paragraph_is_read_whatever_its_element(home, title, lead):
    story = STORIES[title]

    assert lines(title, lead.format(story[0]) + paragraphs(story[1:]), home) == story


@pytest.mark.parametrize("home", HOMES[1:3])
@pytest.mark.parametrize("title", STORIES)
@pytest.mark.parametrize("other", [{3}, {5}, {4, 5}, {1, 3}, {2, 3}])
@pytest.mark.parametrize("element", ["<div>{}</div>", "<div><div dir=auto><b>{}</b></div></div>"])
def test_paragraphs_in_boxes_among_others_are_read_where_they_stand(home, title, other, element):
    story = STORIES[title]
    body = "".join((element if at in other else "<p>{}</p>").format(text) for at, text in enumerate(story))

    assert lines(title, body, home) == story


@pytest.mark.parametrize(
    "element", ["{}", "<span>{}</span>", "<div class=text>{}</div>", "<div>{}<a href=/x>Map.</a></div>"]
)
def test_loose_text_and_a_box_with_a_name_are_read_between_paragraphs(element):
    story = STORIES[ENGLISH]
    body = paragraphs(story[:3]) + element.format(story[3]) + paragraphs(story[4:])

    found = lines(ENGLISH, body)

    assert [line.removesuffix("Map.").strip() for line in found] == story


def test_a_paragraph_after_one_of_several_lines_stands_below_it():
    story = STORIES[ENGLISH]
    broken = f"<p>{story[0]}<br>{story[1]}</p>"

    assert lines(ENGLISH, f"{broken}<div>{story[2]}</div>{paragraphs(story[3:])}") == story


@pytest.mark.parametrize(
    "box",
    [
        "<div>Advertisement.</div>",
        "<div>Share this page with everybody who would like to know</div>",
        "<div><a href=/x>Read also how the ferries of the bay became the slowest of the whole coast.</a></div>",
        "<img src=a.jpg><div class=about>The bridge in the bay, seen from the shore on Tuesday. Photo: Ann Reed.</div>",
        "<aside>The bridge is a hundred years old and carries eleven thousand cars on a day of the week.</aside>",
        "<div hidden>The bridge is a hundred years old and carries eleven thousand cars on a day of the week.</div>",
        "<div>Our letter of the morning has all that happens in the bay, and more. <input name=email></div>",
    ],
)
def test_labels_links_captions_and_boxes_stay_out(box):
    story = STORIES[ENGLISH] + MORE

    assert lines(ENGLISH, paragraphs(story[:3]) + box + paragraphs(story[3:])) == story


def test_a_box_with_a_name_below_the_last_paragraph_stays_out():
    story = STORIES[ENGLISH] + MORE
    box = "<div class=offer>You have read your last free article of this month. Subscribe to read on.</div>"

    assert lines(ENGLISH, paragraphs(story) + box) == story


def test_an_article_in_one_block_with_its_headline_is_no_standfirst_of_itself():
    story = " ".join(STORIES[ENGLISH][:3])
    head = f'<title>{ENGLISH}</title><meta name="description" content="{ENGLISH} 05/10 - by Ann Reed, of the desk">'
    body = f"<div><div><h1>{ENGLISH}</h1>05/10 - by Ann Reed, of the desk for the harbour<br>{story}</div></div>"

    article = html.read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "text/html", URL)

    assert article.text.count(story) == 1
