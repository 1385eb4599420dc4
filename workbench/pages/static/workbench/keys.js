// Weighing suggestions from the keyboard, and a list that fills in without taking anything from under a person.
// Everything here also works without this file: buttons are forms, and the page can be loaded again.
"use strict";

const KEYS_OFF = "keys-off";
const list = () => document.getElementById("suggestions");
const SUGGESTION = "#suggestions .suggestion, #earlier-checks .suggestion";
const here = () => document.activeElement?.closest(SUGGESTION);

function on() {
  return localStorage.getItem(KEYS_OFF) === null;
}

function go(step) {
  const all = [...document.querySelectorAll(SUGGESTION)];
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

function toggleKeys() {
  const keys = document.getElementById("keys");
  if (!keys) return;
  keys.open = !keys.open;
  keys.querySelector("summary").focus();
}

function isWriting(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event.target) || !on()) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "?") toggleKeys();
  else {
    const button = here()?.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});

// One answer a suggestion: a second press while the page turns must not reach the next one.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".weigh")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll(".weigh[data-sent]").forEach((form) => delete form.dataset.sent);
});

// The list is left alone while somebody is in it: reading with a selection, or about to press a button.
function isInUse() {
  const selection = getSelection();
  const selected = selection && !selection.isCollapsed && list()?.contains(selection.anchorNode);
  return Boolean(selected || document.activeElement?.closest("#suggestions, #figures, #earlier-checks"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "progress" || event.detail.xhr.status !== 200) return;
  const arrived = document.getElementById("arrived");
  if (isInUse()) event.detail.shouldSwap = false;
  if (arrived) arrived.hidden = !isInUse();
});

document.addEventListener("htmx:oobAfterSwap", () => {
  const announcer = document.getElementById("announcer");
  const says = list()?.dataset.says;
  if (announcer && says && announcer.textContent !== says) announcer.textContent = says;
});

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
  // The browser goes to the next suggestion after a decision; focus goes with it, and a folded one unfolds.
  const goal = location.hash.startsWith("#evidence-") && document.getElementById(location.hash.slice(1));
  if (goal) {
    goal.closest("details:not([open])")?.setAttribute("open", "");
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "start" });
  }
});
