// Counts the characters of a field that has a limit. The server counts too, and says so if this file is missing.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-most]").forEach((field) => {
    const most = Number(field.dataset.most);
    const counter = document.createElement("span");
    counter.className = "counter";
    counter.setAttribute("aria-hidden", "true");
    const count = () => {
      const length = [...field.value].length;
      counter.textContent = `${length.toLocaleString(document.documentElement.lang)} / ${most.toLocaleString(document.documentElement.lang)}`;
      counter.classList.toggle("over", length > most);
    };
    field.addEventListener("input", count);
    field.after(counter);
    count();
  });
});
