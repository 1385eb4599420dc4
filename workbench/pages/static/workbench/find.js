// Suggestions under a field that finds a row by its name (workbench/pages/find.py), after the combobox pattern of ARIA.
// Without this file the form itself asks which row is meant.
"use strict";

const PAUSE = 150; // milliseconds without a key before the server is asked

function suggest(input) {
  const field = input.parentElement;
  const box = document.createElement("div");
  const status = document.createElement("div");
  box.className = "suggestions-box";
  box.hidden = true;
  status.className = "unseen";
  status.setAttribute("role", "status");
  field.classList.add("finds");
  input.after(box, status);
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");

  let active = null;
  let asking = new AbortController();
  let timer;

  const options = () => [...box.querySelectorAll("[role=option]")];

  function mark(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return input.setAttribute("aria-activedescendant", option.id);
  }

  function close() {
    clearTimeout(timer);
    asking.abort();
    mark(null);
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-controls");
  }

  function open(html) {
    mark(null);
    box.innerHTML = html;
    const list = box.querySelector("[role=listbox]");
    if (!list) return close();
    list.id = `${input.id}-list`;
    options().forEach((option, at) => { option.id = `${input.id}-option-${at}`; });
    status.textContent = list.dataset.says;
    if (!options().length) return close();
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    return input.setAttribute("aria-controls", list.id);
  }

  async function ask() {
    const words = input.value.trim();
    if (!words) return close();
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${input.dataset.find}?words=${encodeURIComponent(words)}`, { signal });
      const html = answer.ok && !answer.redirected ? await answer.text() : "";
      if (!signal.aborted) open(html);
    } catch {
      if (!signal.aborted) close(); // the server cannot be reached: the form still works
    }
  }

  function hidden(name, value) {
    const kept = field.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`) || document.createElement("input");
    Object.assign(kept, { type: "hidden", name, value });
    field.append(kept);
  }

  function choose(option) {
    input.value = option.dataset.name;
    const name = input.dataset.key;
    if (name) {
      field.querySelector(".offers")?.remove();
      hidden(name, option.dataset.key);
      hidden(`${name}_for`, input.value);
    }
    close();
    status.textContent = option.dataset.name;
  }

  function step(by) {
    const all = options();
    const at = all.indexOf(active) + by;
    mark(all[at < -1 ? all.length - 1 : at] || null); // past either end, back to the words
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && box.hidden) ask();
    else if (box.hidden) return;
    else if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && active) choose(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("input[data-find]").forEach(suggest));
