// A story of one's own: pasted, typed, or read from a file of this computer.

import { button, element } from "./elements.js";
import { word } from "./words.js";

const OWN = "your story"; // as the emulator calls it

/** A story's name for people. */
export function storyName(name) {
  return name === OWN ? word("ownStory") : name;
}

/** A place to give one; `open` gets `{ text }`. */
export class OwnStory {
  constructor(open) {
    this.summary = element("summary", {});
    this.caption = element("label", { for: "own-story" });
    this.text = element("textarea", { id: "own-story", rows: "8", spellcheck: "false" });
    this.file = element("input", { type: "file", accept: ".toml", hidden: true,
      onchange: () => this.read() });
    this.choose = button("", () => this.file.click());
    this.open = button("", () => open({ text: this.text.value }), { class: "main" });
    this.trouble = element("p", { class: "trouble", role: "alert", hidden: true });
    this.node = element("details", { class: "own-story" }, this.summary,
      element("p", { class: "field" }, this.caption, this.text),
      element("p", { class: "buttons" }, this.open, this.choose, this.file), this.trouble);
  }

  label() {
    this.summary.textContent = word("ownStory");
    this.caption.textContent = word("ownStoryText");
    this.choose.textContent = word("ownStoryFile");
    this.open.textContent = word("openStory");
  }

  async read() {
    const [file] = this.file.files;
    if (file) this.text.value = await file.text();
    this.file.value = ""; // the same file may be read again
  }

  /** What is wrong with it. */
  refused(text) {
    this.trouble.textContent = text;
    this.trouble.hidden = !text;
  }
}
