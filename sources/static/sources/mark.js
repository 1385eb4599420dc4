// Draw a region on a picture, and take the present time of a player. Without this script the fields are filled by hand.
(() => {
  "use strict";
  const field = (name) => document.getElementById(`id_${name}`);

  const pictured = document.getElementById("pictured");
  if (pictured && field("left")) {
    const drawing = pictured.querySelector("svg");
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    box.setAttribute("class", "asked");
    drawing.append(box);
    const names = ["left", "top", "width", "height"];
    let start = null;

    const show = () => {
      const values = names.map((name) => Number(field(name).value) * 10 || 0);
      ["x", "y", "width", "height"].forEach((name, place) => box.setAttribute(name, values[place]));
    };
    const place = (event) => {
      const edge = drawing.getBoundingClientRect();
      const share = (at, from, length) => Math.min(100, Math.max(0, ((at - from) / length) * 100));
      return [share(event.clientX, edge.left, edge.width), share(event.clientY, edge.top, edge.height)];
    };
    const draw = (event) => {
      const [x, y] = place(event);
      const corner = [Math.min(x, start[0]), Math.min(y, start[1])].map((each) => Math.round(each * 10) / 10);
      const far = [Math.max(x, start[0]), Math.max(y, start[1])].map((each) => Math.round(each * 10) / 10);
      [corner[0], corner[1], far[0] - corner[0], far[1] - corner[1]].forEach((value, number) => {
        field(names[number]).value = value.toFixed(1);
      });
      show();
    };
    pictured.classList.add("drawable");
    drawing.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      drawing.setPointerCapture(event.pointerId);
      start = place(event);
    });
    drawing.addEventListener("pointermove", (event) => start && draw(event));
    drawing.addEventListener("pointerup", (event) => {
      if (start) {
        draw(event);
        field("note").focus();
      }
      start = null;
    });
    names.forEach((name) => field(name).addEventListener("input", show));
    show();
  }

  const player = document.querySelector(".player");
  const times = document.querySelector("[data-times]");
  if (player && times) {
    times.hidden = false;
    times.addEventListener("click", (event) => {
      const name = event.target.dataset.now;
      if (name) {
        field(name).value = player.currentTime.toFixed(2);
      }
    });
  }
})();
