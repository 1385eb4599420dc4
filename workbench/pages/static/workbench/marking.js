// Marking claims in a text: selected words become a claim too, not only whole sentences. Without this file sentences do.
"use strict";

// The place in the text of a point of the selection: that of its sentence, and the characters before it there.
function placeOf(node, offset) {
  const sentence = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".sentence");
  if (!sentence) return null;
  const range = document.createRange();
  range.setStart(sentence, 0);
  range.setEnd(node, offset);
  return Number(sentence.dataset.start) + [...range.toString()].length; // as the server counts characters
}

document.addEventListener("selectionchange", () => {
  const button = document.getElementById("mark-words");
  const selection = getSelection();
  if (!button || !selection) return;
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const start = range && placeOf(range.startContainer, range.startOffset);
  const end = range && placeOf(range.endContainer, range.endOffset);
  if (typeof start === "number" && typeof end === "number" && end > start) {
    button.value = `${start}-${end}`;
    button.hidden = false;
  }
});

// A press on the last words of a selection must not mark the sentence as well.
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".sentence") && !getSelection().isCollapsed) event.preventDefault();
});

