// Training stories, step by step, in the terminal's practice mode: nothing of it leaves.

import { button, element, show } from "./elements.js";
import { pick, word } from "./words.js";

/** Lists the stories; one that is begun shows its step, and goes on with the terminal's screen. */
export class TrainingView {
  constructor(place, act) {
    this.place = place;
    this.act = act;
    this.data = { begin: [], end: [], stories: [] };
    this.steps = null;
    this.load();
  }

  async load() {
    this.data = await (await fetch("/training.json")).json();
    this.redraw();
  }

  draw(bench) {
    this.bench = bench;
    const name = bench.screen.name;
    const hasMoved = name !== this.seen;
    this.seen = name;
    if (hasMoved && this.steps && this.next()?.screen === name) this.at += 1;
    this.redraw();
  }

  next() {
    return this.steps[this.at + 1];
  }

  start(story) {
    this.steps = [...this.data.begin, ...story.steps, ...this.data.end];
    this.title = story.title;
    this.at = 0;
    this.redraw();
  }

  leave() {
    this.steps = null;
    this.redraw();
  }

  goOn() {
    this.at += 1;
    if (this.at >= this.steps.length) this.steps = null;
    this.redraw();
  }

  /** The step's button: what follows on the same screen needs no other one to come first. */
  async doIt() {
    const { at, steps } = this;
    await this.act(actOf(steps[at].do, this.bench));
    const isSame = steps !== this.steps || at !== this.at;
    if (isSame) return;
    if (at === steps.length - 1 || this.next().screen === steps[at].screen) this.goOn();
  }

  redraw() {
    const drawn = JSON.stringify([this.title, this.at, this.steps, this.data.stories.length,
      word("doIt")]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    show(this.place, ...(this.steps ? this.stepRows() : this.storyRows()));
  }

  storyRows() {
    const rows = this.data.stories.map((story) => element("li", {},
      button(pick(story.title), () => this.start(story))));
    return [element("p", { class: "note" }, word("trainingNote")),
      element("ol", { class: "stories" }, ...rows)];
  }

  stepRows() {
    const step = this.steps[this.at];
    return [
      element("h2", {}, pick(this.title)),
      element("p", { class: "note" }, `${this.at + 1} / ${this.steps.length}`),
      element("p", { class: "step", "aria-live": "polite" }, pick(step.say)),
      element("p", { class: "act" },
        button(word("doIt"), () => this.doIt(), { class: "main" }),
        button(word("nextStep"), () => this.goOn()),
        button(word("leaveStory"), () => this.leave())),
    ];
  }
}

/** A step's doing with the slip or the numbers of a purchase that the host knows. */
function actOf(what, { sales }) {
  const [[verb, value]] = Object.entries(what);
  if (verb !== "scan" && verb !== "type") return what;
  const sale = sales.find(({ card, amount_minor: amount }) =>
    card === value.card && amount === value.amount_minor);
  if (!sale) return {};
  if (verb === "scan") return { scan: sale.code };
  const parts = [sale.rrn, sale.date.slice(4), String(sale.amount_minor), ""];
  return { press: parts.flatMap((part) => [...part, "ENTER"]) };
}
