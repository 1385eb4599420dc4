"""Which words of a claim to search for."""

from __future__ import annotations

import re

from sources.language.folding import fold

MOST_WORDS = 8  # more find nothing that all of them are in
SHORTEST = 3
QUOTED = re.compile(r"«([^»]{2,200})»|“([^”]{2,200})”|\"([^\"]{2,200})\"")
WORD = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670])*+"
)

# Words that tell nothing about what a text is on, folded; Arabic also with its attached particles.
BY_LANGUAGE: dict[str, str] = {
    "en": "a about after again against all also although am an and any are as at be because been before being between "
    "both but by can could did do does doing down during each even few for from further had has have having he "
    "her here hers him his how i if in into is it its itself just like many may me might more most much must my "
    "no nor not now of off on once one only or other our out over own said same say says she should since so some "
    "still such than that the their them then there these they this those through to too under until up upon us "
    "very was we were what when where which while who whom whose why will with within without would yet you your",
    "fr": "a afin "
    "ai ainsi alors apres au aucun aucune aujourd aupres aussi autour autre autres aux avaient avait avant "
    "avec avoir ayant beaucoup bien car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez "
    "comme comment contre d dans de deja depuis des desormais dont donc du elle elles en encore entre es est et "
    "etaient etait etant etc ete etre eu eux fait faire fois font hui ici il ils j je jusqu l la le les leur "
    "leurs lors lorsque lui m ma mais meme memes mes moins mon n ne ni non nos notre nous on ont ou par parce "
    "parmi pas pendant peu peut plus plusieurs pour pourquoi puis quand que quel quelle quelles quels qui quoi s "
    "sa sans se selon ses si sinon soit son sont sous souvent sur t tandis te tel telle telles tels ton tous tout "
    "toute toutes tres trop tu un une vers voici voila vos votre vous y",
    "tr": "acaba ama "
    "ancak artik asla aslinda az bana bazi belki ben beni benim beri bile bir bircok biri birkac birsey "
    "biz bize bizi bizim boyle bu buna bundan bunlar bunu bunun burada cok cunku da daha dahi de defa degil diger "
    "diye dolayi en etti eden ederek gibi gore hala hangi hatta hem henuz hep her hic icin icinde ile ilgili ise "
    "iste kadar karsi ki kim kimse mi mu nasil ne neden nerede niye o olan olarak oldu oldugu oldugunu "
    "olduklarini olmak olsa olup ona once ondan onlar onlari onu onun oysa sadece sanki sen siz sonra soyle su "
    "sunu tarafindan tum uzere var ve veya ya yani yapilan yaptigi yaptigini yeniden yer yine yok zaten",
    "ar": "ابي اثناء اذ اذا الا التي الذي الذين اللذان اللتان الى ام اما امام ان انه انها او اي ايضا اين ب بان بعد بعض "
    "بل بين بينما تحت تلك تم ثم حتي حول حيث حين خلال دون ذلك رغم ضد عبر عدم علي عليه عليها عن عند عندما غير ف في "
    "فيه فيها فقط قال قالت قبل قد كل كان كانت كانوا كما كيف ك ل لا لان لدي لقد لكن لم لن له لها لهم لو ليس ليست "
    "ما ماذا متي مثل مع من منذ منه منها مما نحو هذا هذه هل هم هن هنا هناك هو هي و وان وفي وقال وقالت وقد وكان "
    "وكانت ولا ولم وهو وهي ومن يكون يمكن ان",
}
STOPWORDS_OF = {language: frozenset(words.split()) for language, words in BY_LANGUAGE.items()}
STOPWORDS = frozenset().union(*STOPWORDS_OF.values())


def search_words(text: str, language: str) -> list[str]:
    """Return the most telling words of a claim, folded, at most eight, the most telling first.

    Quoted words come first, then numbers and names, then the longest others.
    """
    quoted = {
        word for match in QUOTED.finditer(text) for word in _folded("".join(filter(None, match.groups())), language)
    }
    ranked = sorted(_words(text, language), key=lambda found: (_rank(found[0], found[1], quoted), -len(found[0])))
    return list(dict.fromkeys(form for form, _word in ranked))[:MOST_WORDS]


def _words(text: str, language: str) -> list[tuple[str, str]]:
    """Return the words of a text that tell something, each folded and as written."""
    stopwords = STOPWORDS_OF.get(language, STOPWORDS)
    found = []
    for word in WORD.findall(text):
        form = fold(word, language)
        if word[0].isdigit() or (len(form) >= SHORTEST and form not in stopwords):
            found.append((form, word))
    return found


def _folded(text: str, language: str) -> set[str]:
    return {form for form, _word in _words(text, language)}


def _rank(form: str, word: str, quoted: set[str]) -> int:
    if form in quoted:
        return 0
    return 1 if word[0].isdigit() or word[0].isupper() else 2
