// Sends files one by one while the rest of a form is written: chosen, dropped or pasted ones, each with its progress.
// Without this file the form sends them all at once, with its button.
"use strict";

function brings(field) {
  const form = field.closest("form");
  const list = field.querySelector(".came");
  const said = field.dataset;
  const queue = [];
  let isSending = false;
  let button = null; // with which somebody sent the form while files were still coming up

  function row(name) {
    const item = document.createElement("li");
    const title = document.createElement("bdi");
    const bar = document.createElement("progress");
    const status = document.createElement("span");
    title.textContent = name;
    status.textContent = said.waits;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    item.append(title, " – ", bar, " ", status);
    list.append(item);
    return { item, title, bar, status };
  }

  function keep(shown, answer) {
    const key = document.createElement("input");
    key.type = "hidden";
    key.name = "brought";
    key.value = answer.key;
    const link = document.createElement("a");
    link.href = answer.url;
    link.append(shown.title);
    shown.bar.remove();
    shown.item.prepend(key, link);
    shown.status.textContent = said.kept;
    form.dispatchEvent(new Event("change", { bubbles: true })); // so that a draft names the file too
  }

  function fail(shown, problem) {
    shown.bar.remove();
    shown.item.classList.add("wrong");
    shown.status.className = "error";
    shown.status.textContent = problem;
  }

  function answerOf(request) {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return {};
    }
  }

  function send(file, shown) {
    return new Promise((done) => {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("files", file, file.name || "pasted");
      const request = new XMLHttpRequest();
      request.open("POST", said.bring);
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        shown.bar.value = event.loaded / event.total;
        shown.status.textContent = `${Math.floor((100 * event.loaded) / event.total)} %`;
      });
      request.addEventListener("loadend", () => {
        const answer = answerOf(request);
        if (request.status === 200 && answer.key) keep(shown, answer);
        else fail(shown, answer.problem || said.lost);
        done();
      });
      request.send(body);
    });
  }

  async function work() {
    if (isSending) return;
    isSending = true;
    while (queue.length) {
      const [file, shown] = queue.shift();
      await send(file, shown);
    }
    isSending = false;
    if (button === null) return;
    const sent = button;
    button = null;
    form.requestSubmit(sent || undefined);
  }

  function take(files) {
    for (const file of files) queue.push([file, row(file.name || "…")]);
    work();
  }

  for (const input of field.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
  }
  const hint = document.createElement("p");
  hint.className = "small soft";
  hint.textContent = said.drop;
  field.insertBefore(hint, list);
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      field.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => field.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  form.addEventListener("submit", (event) => {
    if (!isSending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    button = event.submitter;
    hint.textContent = said.busy;
  }, { capture: true });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-bring]").forEach(brings));
