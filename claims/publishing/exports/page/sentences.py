"""The sentences of a report's page that depend on what its content holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models.vocabulary import ClaimRule, Modality, Nearness
from claims.publishing.exports.page.tally import Tally
from sources.models.search import days_in_words, nothing_at_first
from workbench.desk.amounts import Amount
from workbench.desk.punctuation import labelled, shortened

Facts = dict[str, Any]

MOST_INSTEAD = 300  # characters of a note that stand for its picture where one cannot see it
NOT_SAYING = {Modality.DENIES, Modality.NOT_CONFIRMED}  # of such a link its word must stand beside its name


def said_by(appearances: Sequence[Facts]) -> list[Facts]:
    """Return the links of the first known attribution chain, outermost first, as a sentence needs them."""
    known = [each for each in appearances if each["first_known"]] or list(appearances[:1])
    return [_link(link, is_first=number == 0) for number, link in enumerate(known[0]["chain"] if known else [])]


def _link(link: Facts, *, is_first: bool) -> Facts:
    return {
        "name": link["name"],
        "is_first": is_first,
        "unnamed": _("nobody named") if is_first else _("naming nobody"),
        "says": link["modality_label"] if link["modality"] in NOT_SAYING else "",
    }


def differing_reviews(content: Facts) -> str:
    """Return a sentence on each thing in which the reviewers came to different findings; nothing where they agree."""
    findings = ("rating_label", "said_label")
    ratings, said = (list(dict.fromkeys(each[name] for each in content["reviews"])) for name in findings)
    told = []
    if len(ratings) > 1:
        told.append(_("The reviewers differed: %(ratings)s.") % {"ratings": " – ".join(ratings)})
    if len(said) > 1:
        told.append(_("The reviewers differed on whether it was said: %(said)s.") % {"said": " – ".join(said)})
    return " ".join(told)


def appearance(facts: Facts) -> str:
    """Return the heading of an appearance."""
    return _("First known appearance") if facts["first_known"] else _("Another appearance")


def summary_language(verdict: Facts, imprint: Facts) -> str:
    """Return a note where the summary is not in the report's language; nothing else says so to a reader."""
    language = verdict["summary"].get("language")
    if verdict["summary_as_decided"] or not language or language == imprint["language"]:
        return ""
    label = verdict["summary"]["language_label"]
    return _("The summary is in %(language)s, as written for the verdict.") % {"language": label}


def how_decided(content: Facts) -> str:
    """Return how the verdict came about: who reviewed and who decided, as far as the report knows it.

    Reports from before our method asked for it do not say that the editor had not reviewed the claim; later ones say it
    of the last round, and of every round where they know it.
    """
    four_eyes = content.get("four_eyes")
    waived = {each["rule"] for each in (four_eyes or {}).get("waivers", [])}
    reviewed = _("Nobody reviewed the claim before the verdict.")
    if content["reviews"]:
        reviewed = _(
            "Reviewers who had not logged the claim reviewed it independently, without seeing each other’s findings."
        )
    decided = _("Then an editor gave the verdict.")
    if four_eyes is not None and not waived & {ClaimRule.LOGGER, ClaimRule.REVIEWER}:
        decided = _(
            "Then an editor gave the verdict, who had neither logged the claim nor reviewed it in the last round."
        )
        if four_eyes.get("decider_reviewed") is False:
            decided = _("Then an editor who had neither logged nor reviewed the claim gave the verdict.")
    return f"{reviewed} {decided}"


def nearness(item: Facts) -> str:
    """Return whether a source is primary or secondary, once somebody has established it."""
    return "" if item["nearness"] == Nearness.UNKNOWN else item["nearness_label"]


def pages(item: Facts) -> str:
    """Return on which pages of a file a passage stands, as they are cited; nothing for a web page."""
    cited = item.get("pages", "")
    several = _("pp. %(pages)s") if "–" in cited else _("p. %(pages)s")
    return several % {"pages": cited} if cited else ""


def page_picture(item: Facts) -> str:
    """Return what the picture of a page shows; nothing for a web page."""
    if not item.get("page"):
        return ""
    told = (
        _("Page %(page)s of the file, with the passage marked")
        if item["page_words"]
        else _("Page %(page)s of the file")
    )
    return told % {"page": item["page"]}


@dataclass(frozen=True)
class MarkedPicture:
    """What stands below a picture that a report holds, whose picture it is, and what stands for it in words."""

    caption: str
    source: str
    instead: str


def marked_picture(item: Facts) -> MarkedPicture | None:
    """Return the words for the picture of a passage; None where the report holds none. The note says what it shows."""
    marked = item.get("marked") or {}
    if not marked.get("jpeg"):
        return None
    caption = _("The picture with the marked region") if marked.get("region") else _("The whole picture")
    if marked.get("times"):
        caption = _("What the film shows at the beginning of this part")
    source = (item["outlet"] or {}).get("name") or item["host"] or (item.get("brought") or {}).get("file") or ""
    return MarkedPicture(caption, source, labelled(caption, shortened(item["exact"], MOST_INSTEAD)))


def answer_rests_on(answer: Facts) -> str:
    """Return the evidence that an answer rests on, by its numbers in the report. Older reports do not say."""
    numbers = ", ".join(map(str, answer.get("evidence", [])))
    return _("Evidence: %(numbers)s") % {"numbers": numbers} if numbers else ""


def nothing_cited(tally: Tally) -> str:
    """Return what a report says instead of the passages its verdict cites; nothing where it cites some."""
    if tally.cited:
        return ""
    if tally.others:
        return _("The desk weighed passages, but the verdict cites none of them. They are listed below.")
    if tally.unweighed:
        return _("The verdict cites no passage. The desk did not weigh every suggested passage.")
    if tally.rejected:
        return _("The verdict cites no passage: none of the suggested passages bears on the claim.")
    if tally.found:
        return _("The verdict cites no passage: the desk took none from the documents that the searches found.")
    if tally.answered:
        return _("The verdict cites no passage: we found nothing that bears on the claim.")
    return _("The verdict cites no passage, and no search was completed.")


def own_holdings(tally: Tally) -> str:
    """Return the sentence in the verdict's box where nothing outside the desk answered; nothing where something did."""
    if tally.outside:
        return ""
    if tally.outside_open:
        return _("This verdict rests on what the desk itself holds: no source outside it answered.")
    if tally.answered:
        return _("This verdict rests on what the desk itself holds: no source outside it was asked about the claim.")
    return _("No search was completed for this verdict, neither in what the desk holds nor outside it.")


def differing_checks(checks: Sequence[Facts]) -> str:
    """Return a sentence where earlier fact-checks give ratings in different words."""
    words = {" ".join(check["rating"]["text"].casefold().split()) for check in checks} - {""}
    return _("These fact-checks give their ratings in different words.") if len(words) > 1 else ""


def amount(figure: Facts) -> str:
    """Return the quantity of a figure, or the span it lies in."""
    ends = [end for end in (figure["low"], figure["high"]) if end]
    return "–".join(dict.fromkeys(ends))


def sought(tally: Tally) -> str:
    """Return the sentence above the searches that found nothing."""
    if not tally.searches:
        return _("No search was run.")
    if not tally.answered:
        return _("No search was completed.")
    if not tally.in_vain:
        return _("Every completed search found something.")
    if not tally.own_only:
        return ngettext(
            "This search was completed and found nothing. That is a finding too.",
            "These searches were completed and found nothing. That is a finding too.",
            tally.in_vain,
        )
    return ngettext(
        "This search was completed and found nothing besides the claim’s own appearances. That is a finding too.",
        "These searches were completed and found nothing besides the claim’s own appearances. That is a finding too.",
        tally.in_vain,
    )


def search(facts: Facts) -> list[str]:
    """Return the outcome of a search: its days, how many documents were searched, and what was found in them.

    The last part says when the search had found nothing, if it found something only later.
    """
    since, until = (date.fromisoformat(facts[end]) if facts.get(end) else None for end in ("since", "until"))
    told = [days] if (days := days_in_words(since, until)) else []
    if not facts["answered_at"]:
        return [*told, _("no answer")]
    if facts["searched"] is not None:
        searched = ngettext("%(number)s document searched", "%(number)s documents searched", facts["searched"])
        told.append(searched % {"number": _searched(facts)})
    first = facts.get("nothing_at_first")  # older reports do not say it
    before = [nothing_at_first(first["answered_at"].full, _searched(first))] if first else []
    return [*told, _results(facts), *before]


def _searched(facts: Facts) -> Amount | None:
    number = facts["searched"]
    return None if number is None else Amount(number, is_estimate=facts.get("searched_about", False))


def _results(facts: Facts) -> str:
    """Return how many documents an answered search found; the claim’s own appearances do not count."""
    own, number = facts.get("found_own", 0), {"number": facts["found"]}
    if facts["found"] and own:
        return (
            ngettext(
                "%(number)s found besides the claim’s own appearances",
                "%(number)s found besides the claim’s own appearances",
                facts["found"],
            )
            % number
        )
    if facts["found"]:
        return ngettext("%(number)s found", "%(number)s found", facts["found"]) % number
    return _("nothing found besides the claim’s own appearances") if own else _("nothing found")
