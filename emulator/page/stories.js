// The story files: found by name, operation or fault, read, and played.

import { button, element, show } from "./elements.js";
import { FAULT_WORDS } from "./fault_words.js";
import { OwnStory } from "./story_own.js";
import { StoryPlayer } from "./story_player.js";
import { pick, word } from "./words.js";

const OPERATIONS = ["refund", "sale", "void", "settlement", "other"];
const RESULTS = { passed: "✓", failed: "✗" };

/** Draws the list, or the one that is open. `tell` sends a verb; its promise breaks with the error. */
export class StoriesView {
  constructor(place, tell) {
    this.tell = tell;
    this.stories = [];
    this.results = new Map();
    this.shelf = element("div", { class: "shelf" });
    this.one = element("div", { class: "story", hidden: true });
    show(place, this.shelf, this.one);
    this.player = new StoryPlayer(this.one, (to) => this.play(to), () => this.close());
    this.own = new OwnStory((source) => this.open(source));
    this.note = element("p", { class: "note" });
    this.label = element("label", { for: "story-find" });
    this.find = element("input", { id: "story-find", type: "search", autocomplete: "off",
      spellcheck: "false", oninput: () => this.sift(), onkeydown: (event) => this.typed(event) });
    this.operation = element("select", { id: "story-operation", onchange: () => this.sift() });
    this.fault = element("select", { id: "story-fault", onchange: () => this.sift() });
    this.count = element("p", { class: "note", role: "status" });
    this.list = element("ul", { id: "story-list", onkeydown: (event) => this.walk(event) });
    show(this.shelf, this.note, element("p", { class: "finder" }, this.label, this.find),
      element("p", { class: "finder" }, this.operation, this.fault), this.count, this.list,
      this.own.node);
  }

  /** Asks which stories there are, once. */
  async load() {
    if (this.stories.length) return;
    this.stories = (await this.tell("stories")).stories;
    this.build();
  }

  /** The field that finds a story gets the keyboard. */
  focus() {
    this.close();
    this.find.focus();
    this.find.select();
  }

  draw({ playing }) {
    this.playing = playing;
    if (playing && RESULTS[playing.state]) this.results.set(playing.name, playing.state);
    if (this.drawnIn !== word("tabStories")) this.build();
    if (!this.one.hidden) this.player.draw(this.told, this.isPlayed() ? playing : null);
  }

  build() {
    this.drawnIn = word("tabStories");
    this.note.textContent = word("storiesNote");
    this.label.textContent = word("findStory");
    this.find.placeholder = word("storyHelp");
    this.own.label();
    const faults = [...new Set(this.stories.flatMap((story) => story.faults ?? []))].sort();
    choices(this.operation, word("operationOf"), [["", word("anyOperation")],
      ...OPERATIONS.map((name) => [name, word(`operation_${name}`)])]);
    choices(this.fault, word("faultOf"), [["", word("anyFault")], ["none", word("noFaultAtAll")],
      ...faults.map((name) => [name, word(`fault_${name}`, name)])]);
    this.rows = this.stories.map((story) => [story, this.row(story)]);
    show(this.list, ...this.rows.map(([, row]) => row));
    this.sift();
  }

  row(story) {
    if (story.error) {
      return element("li", { class: "trouble" }, element("code", {}, story.name), story.error);
    }
    const isHere = story.worlds.includes("emulator");
    return element("li", {}, button("", () => this.open({ name: story.name }), {
      "data-story": story.name, tabindex: "-1",
    }), isHere ? null : element("small", {}, word("simulation")));
  }

  /** Shows the stories that have all that was chosen and typed. */
  sift() {
    const wanted = this.find.value.toLowerCase().split(/\s+/);
    for (const [story, row] of this.rows) {
      row.hidden = !(story.error || (this.isChosen(story) && hasAll(story, wanted)));
      if (!story.error) this.face(story, row.firstChild);
    }
    const found = this.found();
    this.count.textContent = `${word("storiesFound")} ${found.length} / ${this.stories.length}`;
    if (found.length) found[0].tabIndex = 0;
  }

  face(story, face) {
    const result = RESULTS[this.results.get(story.name)];
    face.tabIndex = -1;
    show(face, element("span", {}, pick([story.title, story.title_zh])),
      element("code", {}, story.name),
      result ? element("b", { class: this.results.get(story.name) },
        element("span", { class: "unseen" }, word(`mark_${this.results.get(story.name)}`)),
        result) : null);
  }

  isChosen({ operations, faults }) {
    const operation = this.operation.value;
    const isSuch = !operation || operations.includes(operation)
      || (operation === "other" && !operations.length);
    const fault = this.fault.value;
    return isSuch && (!fault || (fault === "none" ? !faults.length : faults.includes(fault)));
  }

  found() {
    return [...this.list.querySelectorAll("li:not([hidden]) button")];
  }

  /** Enter opens the first that was found, the arrow goes down to it. */
  typed(event) {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const [first] = this.found();
    if (event.key === "Enter") first?.click();
    else first?.focus();
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const found = this.found();
    const next = found[found.indexOf(document.activeElement) + step];
    (next ?? (step < 0 ? this.find : document.activeElement)).focus();
  }

  /** Opens a story of the folder by its name, or one's own by its text. */
  async open(source) {
    try {
      this.showOne((await this.tell("story", source)).story, source);
      this.own.refused("");
    } catch (error) {
      this.own.refused(error.message);
    }
  }

  /** Opens the one that is being played, whoever began it. */
  openPlayed() {
    const { name } = this.playing;
    this.showOne(this.playing, this.stories.some((each) => each.name === name) ? { name } : {});
  }

  showOne(told, source) {
    const isByKeyboard = this.shelf.contains(document.activeElement);
    this.told = told;
    this.source = source;
    this.shelf.hidden = true;
    this.one.hidden = false;
    this.player.refused("");
    this.draw({ playing: this.playing });
    if (isByKeyboard) this.player.play.focus();
  }

  close() {
    const isByKeyboard = this.one.contains(document.activeElement);
    this.shelf.hidden = false;
    this.one.hidden = true;
    this.sift();
    if (isByKeyboard) this.find.focus();
  }

  /** Whether the one that is open here is the one that is played. */
  isPlayed() {
    const { playing, told } = this;
    return Boolean(playing) && playing.name === told.name
      && JSON.stringify(playing.steps) === JSON.stringify(told.steps);
  }

  async play(to) {
    try {
      await this.tell("play", {
        ...(this.isPlayed() ? {} : this.source), to, pace_s: this.player.pace,
      });
      this.player.refused("");
    } catch (error) {
      this.player.refused(error.message);
    }
  }
}

function hasAll({ name, title, title_zh: titleZh, faults, operations }, wanted) {
  const words = [...faults.map((fault) => FAULT_WORDS[`fault_${fault}`]),
    ...operations.flatMap((operation) => [word(`operation_${operation}`)])];
  const own = [name, title, titleZh, ...faults, ...operations, ...words].join(" ").toLowerCase();
  return wanted.every((text) => own.includes(text));
}

function choices(select, label, pairs) {
  const chosen = select.value;
  select.setAttribute("aria-label", label);
  show(select, ...pairs.map(([value, text]) => element("option", { value }, text)));
  select.value = chosen;
}
