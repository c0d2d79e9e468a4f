// The tab of stories: files that play themselves, and training that somebody plays.

import { button, element, show } from "./elements.js";
import { StoriesView } from "./stories.js";
import { TrainingView } from "./training.js";
import { word } from "./words.js";

const KINDS = ["files", "training"];

/** Draws the one kind or the other. */
export class StoryTab {
  constructor(place, act, tell) {
    this.kinds = element("div", { class: "switch", role: "group" });
    this.places = { files: element("div", {}), training: element("div", { id: "training" }) };
    show(place, this.kinds, ...Object.values(this.places));
    this.files = new StoriesView(this.places.files, tell);
    this.training = new TrainingView(this.places.training, act);
    this.choose("files");
  }

  load() {
    return this.files.load();
  }

  drawTraining(bench) {
    this.training.draw(bench);
  }

  drawFiles(bench) {
    this.files.draw(bench);
    this.choose(this.kind);
  }

  /** The field that finds a story gets the keyboard. */
  focus() {
    this.choose("files");
    this.files.focus();
  }

  /** The story that is being played. */
  showPlayed() {
    this.choose("files");
    this.files.openPlayed();
  }

  choose(kind) {
    const hasFocus = this.kinds.contains(document.activeElement);
    this.kind = kind;
    this.kinds.setAttribute("aria-label", word("stories"));
    for (const each of KINDS) this.places[each].hidden = each !== kind;
    show(this.kinds, ...KINDS.map((each) => button(word(`stories_${each}`),
      () => this.choose(each), { "aria-pressed": String(each === kind), "data-kind": each })));
    if (hasFocus) this.kinds.querySelector('[aria-pressed="true"]').focus();
  }
}
