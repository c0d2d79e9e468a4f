// The terminal's display: 8 rows of 20 cells.

import { spans } from "./cells.js";
import { element } from "./elements.js";
import { word } from "./words.js";

const ROWS = 8;
const BEEP_MS = 350;

/** Draws screens into the page: cells for the eye, plain rows for a screen reader. */
export class ScreenView {
  constructor() {
    this.grid = document.getElementById("screen");
    this.plain = document.getElementById("screen-text");
    this.beepLight = document.getElementById("beep");
    this.beeps = null;
    for (let row = 0; row < ROWS; row++) {
      this.grid.append(element("div", { class: "row" }));
      this.plain.append(element("p"));
    }
  }

  /** Shows a screen push; only rows that changed are touched. */
  draw(screen) {
    this.grid.dataset.name = screen.name;
    this.grid.dataset.seq = screen.seq;
    this.plain.lang = screen.language === "zh" ? "zh-CN" : "en";
    screen.rows.forEach((text, row) => this.drawRow(row, text, Boolean(screen.inverse?.[row])));
    if (this.beeps !== null && screen.beeps > this.beeps) this.beep();
    this.beeps = screen.beeps;
  }

  /** A terminal without power shows nothing. */
  setPower(isOn) {
    this.grid.classList.toggle("dark", !isOn);
  }

  drawRow(row, text, isInverse) {
    const line = this.grid.children[row];
    line.classList.toggle("inverse", isInverse);
    this.say(row, text.trim(), isInverse);
    if (line.dataset.text === text) return;
    line.dataset.text = text;
    line.replaceChildren(...spans(text));
  }

  /** Whoever listens is told of a row again when its text or its mark has changed. */
  say(row, text, isInverse) {
    const isChosen = isInverse && row > 0 && row < ROWS - 1;
    const said = isChosen ? `${word("marked")} ${text}` : text;
    const line = this.plain.children[row];
    if (line.textContent !== said) line.textContent = said;
  }

  beep() {
    this.beepLight.className = "on";
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => { this.beepLight.className = ""; }, BEEP_MS);
  }
}
