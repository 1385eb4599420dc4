// Saves the draft of a long form every few seconds, and copies texts that were not saved.
// Without this file a draft is saved by its button, and texts are selected by hand.
"use strict";

const PAUSE_TO_SAVE = 3000; // milliseconds after the last key
const MOST_ON_LEAVING = 60000; // bytes; browsers let at most 64 KiB outlive its page
const LATEST = 10000; // milliseconds after the first unsaved key, however fast somebody writes

function keepsDraft(form) {
  const status = form.querySelector("[data-draft]");
  let timer;
  let unsavedSince = null;
  let saving = null;

  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  function written() {
    const body = new URLSearchParams(new FormData(form));
    body.set("save_draft", "script");
    return body;
  }

  const outlives = (body) => body.toString().length < MOST_ON_LEAVING; // percent-encoded: a character is a byte

  async function save(isLeaving = false) {
    clearTimeout(timer);
    if (unsavedSince === null) return;
    unsavedSince = null;
    const body = written();
    try {
      const keepalive = isLeaving && outlives(body);
      const answer = await fetch(form.getAttribute("action") || location.pathname, { method: "POST", body, keepalive });
      if (answer.status === 403) say(status.dataset.ended);
      else if (answer.ok || answer.status === 422) say((await answer.text()).slice(0, 200));
      else say(status.dataset.failed);
    } catch {
      say(status.dataset.failed);
    }
  }

  const soon = () => {
    unsavedSince ??= Date.now();
    clearTimeout(timer);
    const wait = Math.max(0, Math.min(PAUSE_TO_SAVE, unsavedSince + LATEST - Date.now()));
    timer = setTimeout(() => { saving = save().finally(() => { saving = null; }); }, wait);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // The last words of somebody who closes the page.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
  // What is too long to be saved after the page is gone: the browser asks whether to leave.
  window.addEventListener("beforeunload", (event) => {
    if (unsavedSince !== null && !outlives(written())) event.preventDefault();
  });
  // A draft that arrives after its form was sent would come back as if nobody had sent it.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    unsavedSince = null;
    if (!saving) return;
    event.preventDefault();
    const button = event.submitter;
    saving.finally(() => form.requestSubmit(button));
  });
}

function copies(button) {
  const field = document.getElementById(button.dataset.copies);
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select(); // without the permission, or over plain http
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = name; }, 2000);
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-draft]").forEach((status) => keepsDraft(status.closest("form")));
  document.querySelectorAll("[data-copies]").forEach(copies);
});
