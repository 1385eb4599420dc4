// The workspace of a claim from the keyboard: walk through the passages, choose words, answer, put off, undo.
// Everything here also works without this file: rows are links, buttons are forms, and the page can be loaded again.
"use strict";

const KEYS_OFF = "keys-off";
const SUGGESTION = "#suggestions .suggestion, #earlier-checks .suggestion";
const PANES = matchMedia("(min-width: 62rem) and (min-height: 34rem)");
const list = () => document.getElementById("suggestions");
const card = () => document.getElementById("card");
const here = () => document.activeElement?.closest(".suggestion, .row.weighed");
const isCardOpen = () => Boolean(card()?.dataset.evidence && card().querySelector(".of-document").getClientRects().length);
const numberOf = (row) => row?.id.replace("evidence-", "");
let isSent = false;

function on() {
  return localStorage.getItem(KEYS_OFF) === null;
}

function say(what) {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = announcer.dataset[what] ?? what;
}

// A row that is folded away counts once its group is open; the passages inside a row show when the row has the focus.
const isReachable = (row) => !row.closest("details:not([open])");

function go(step) {
  const all = [...document.querySelectorAll(SUGGESTION)].filter(isReachable);
  if (!all.length) return;
  const at = all.indexOf(here() ?? document.querySelector("#suggestions [aria-current]"));
  const first = !here() && at >= 0 ? at : Math.min(Math.max(at + step, 0), all.length - 1);
  const next = all[at < 0 ? 0 : first];
  next.closest(".doc")?.classList.add("open");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// The document of a row that gets the focus comes up beside it; the page itself stays.
function bringUp(row) {
  if (!PANES.matches || !row.matches(".row") || card()?.dataset.evidence === numberOf(row)) return;
  document.querySelectorAll(".row[aria-current]").forEach((each) => each.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
  const address = row.getAttribute("href");
  htmx.ajax("GET", address.split("#")[0], { source: row, target: "#card", swap: "outerHTML" });
  history.replaceState(null, "", address);
}

function toggleKeys() {
  const keys = document.getElementById("keys");
  if (!keys) return;
  keys.open = !keys.open;
  keys.querySelector("summary").focus();
}

function isWriting(element) {
  if (element.matches("input[type=checkbox], input[type=radio]")) return false;
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

// Return the button of a key; or why there is none, which is said: no key is dropped in silence.
function buttonOf(key) {
  if (isSent) return "saving";
  if (key === "u") return document.querySelector("[data-key=u]") ?? "noUndo";
  const row = here();
  const selector = `[data-key="${CSS.escape(key)}"]`;
  if (row && !row.matches(".row")) return row.querySelector(selector) ?? "notHere";
  if (!row && !isCardOpen()) return "noPassage";
  if (row && card()?.dataset.evidence !== numberOf(row)) return "loading";
  return card()?.querySelector(selector) ?? "notHere";
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event.target) || !on()) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "?") toggleKeys();
  else if (/^[srdxlupo]$/.test(event.key) && card()) {
    const found = buttonOf(event.key);
    if (typeof found === "string") say(found);
    else found.click();
  } else return;
  event.preventDefault();
});

// One answer a passage: a second press while the page turns must not reach the next one.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".weigh, .noted")) return;
  if (isSent) event.preventDefault();
  isSent = true;
});
window.addEventListener("pageshow", () => (isSent = false));

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.(".row");
  if (row) bringUp(row);
});
document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".row");
  if (!row || !PANES.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  row.focus({ preventScroll: true });
  bringUp(row);
});

// The words that count: those that a person selects in the passage.
function choose() {
  const passage = document.getElementById("passage-words");
  const selection = getSelection();
  const form = document.querySelector(".act-bar");
  if (!passage || !form || !selection || selection.isCollapsed || !passage.contains(selection.anchorNode)) return;
  const exact = passage.dataset.exact;
  const words = selection.toString().trim();
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.setStart(passage, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const near = before.toString().length;
  const at = exact.indexOf(words, near) >= 0 ? exact.indexOf(words, near) : exact.indexOf(words);
  if (!words) return;
  if (at < 0) {
    say("otherWords");
    return;
  }
  const characters = (text) => [...text].length; // as the server counts them, not in halves of UTF-16
  form.elements.start.value = characters(exact.slice(0, at));
  form.elements.end.value = characters(exact.slice(0, at + words.length));
  document.getElementById("chosen-words").textContent = words;
  document.getElementById("chosen").hidden = false;
}
document.addEventListener("pointerup", choose);
document.addEventListener("keyup", (event) => {
  if (event.shiftKey) choose();
});

// A swipe over the card of a phone goes to the next passage.
let touched = null;
document.addEventListener("touchstart", (event) => {
  touched = event.target.closest?.("#card") ? event.changedTouches[0] : null;
});
document.addEventListener("touchend", (event) => {
  const { clientX = 0, clientY = 0 } = touched ?? {};
  const moved = event.changedTouches[0].clientX - clientX;
  const rose = Math.abs(event.changedTouches[0].clientY - clientY);
  const onward = document.documentElement.dir === "rtl" ? moved > 80 : moved < -80;
  if (touched && onward && rose < 50 && getSelection().isCollapsed) document.querySelector("#card [rel=next]")?.click();
});

// The list is left alone while somebody is in it: reading with a selection, or about to press a button.
function isInUse() {
  const selection = getSelection();
  const selected = selection && !selection.isCollapsed && document.querySelector(".workspace")?.contains(selection.anchorNode);
  return Boolean(selected || document.activeElement?.closest("#suggestions, #figures, #earlier-checks, #card"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "progress" || event.detail.xhr.status !== 200) return;
  const arrived = document.getElementById("arrived");
  if (isInUse()) event.detail.shouldSwap = false;
  if (arrived) arrived.hidden = !isInUse();
});

document.addEventListener("htmx:oobAfterSwap", () => {
  const current = document.getElementById(`evidence-${card()?.dataset.evidence}`);
  if (current && !document.querySelector(".row[aria-current]")) current.setAttribute("aria-current", "true");
  const nothing = document.getElementById("nothing-open");
  if (nothing && list()) nothing.textContent = list().dataset.nothing;
  const says = list()?.dataset.says;
  if (says && document.getElementById("announcer")?.textContent !== says) say(says);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "card") say("");
  scrollToPassage();
});

function scrollToPassage() {
  const passage = document.getElementById("passage-words");
  if (passage && PANES.matches) passage.scrollIntoView({ block: "center" });
}

document.addEventListener("DOMContentLoaded", () => {
  const keys = document.getElementById("keys");
  if (keys) {
    keys.hidden = false;
    const box = document.getElementById("keys-on");
    box.checked = on();
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "1");
    });
  }
  scrollToPassage();
  // The browser goes to the next suggestion after a decision; focus goes with it, and a folded one unfolds.
  const goal = location.hash.startsWith("#evidence-") && document.getElementById(location.hash.slice(1));
  if (goal) {
    goal.closest("details:not([open])")?.setAttribute("open", "");
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "nearest" });
  }
});
