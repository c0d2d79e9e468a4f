// The printer: paper that hangs out of it, to be read and torn off.

import { spans } from "./cells.js";
import { button, element, show } from "./elements.js";
import { word } from "./words.js";

/** Draws the slips, newest on top; `act` does something at the printer. */
export class PaperView {
  constructor(act) {
    this.act = act;
    this.place = document.getElementById("printer");
    this.paper = element("div", { class: "paper", tabindex: "0", role: "log" });
  }

  draw({ slips, cover, paper }) {
    this.paper.setAttribute("aria-label", word("printerTitle"));
    show(this.paper, ...slips.map((slip, index) => this.slip(slip, index)).reverse());
    if (!slips.length) show(this.paper, element("p", { class: "none" }, word("noPaper")));
    show(this.place,
      element("h2", {}, word("printerTitle"), ...troubles(cover, paper)),
      element("p", { class: "mouth", "aria-hidden": "true" }),
      this.paper,
      element("p", { class: "buttons" },
        button(word("tear"), () => this.act("tear"), { id: "tear", disabled: !slips.length }),
        button(word("loadPaper"), () => this.load()),
        this.coverButton(cover === "open")));
  }

  slip(slip, index) {
    const rows = slip.rows.map((row) => element("div", { class: "line" }, ...line(row)));
    const picture = element("a", { href: `/slip/${index}.png`, target: "_blank" }, word("picture"));
    return element("article", { class: slip.cut ? "slip cut" : "slip", "data-slip": index },
      ...rows, ...slip.codes.map((text) => this.code(text)),
      element("p", { class: "picture" }, picture));
  }

  code(text) {
    return element("p", { class: "code", title: text },
      element("span", {}, `▦ ${text}`),
      button(word("scan"), () => this.act("scan", { text })));
  }

  load() {
    this.act("clear", { name: "printer.paper_out" });
    this.act("printer", { paper: "load" });
  }

  coverButton(isOpen) {
    return button(word(isOpen ? "closeCover" : "openCover"),
      () => this.act("printer", { cover: isOpen ? "closed" : "open" }));
  }
}

/** What keeps the printer from printing. */
function troubles(cover, paper) {
  const words = [cover === "open" && "coverOpen", paper === "out" && "paperOut"];
  return words.filter(Boolean).map((key) => element("strong", { class: "badge" }, word(key)));
}

function line(row) {
  return row ? spans(row) : ["\u00a0"];
}
