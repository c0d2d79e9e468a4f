// The panel that tells a newcomer what to do next.

import { button, element, show } from "./elements.js";
import { nextStep } from "./guide_steps.js";
import { pick, word } from "./words.js";

const FACES = { ENTER: "keyENTER", scan: "scan", swipe: "swipe", printer: "loadPaper" };

/** Draws the next step; `act` does what its button says. */
export class GuideView {
  constructor(act) {
    this.act = act;
    this.place = document.getElementById("guide");
  }

  draw(bench) {
    const step = nextStep(bench);
    const drawn = JSON.stringify([step, word("doIt")]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const doIt = step.act && button(word("doIt"), () => this.act(step.act), { class: "main" });
    show(this.place,
      element("h2", {}, word("guide")),
      element("p", { class: "step" }, pick(step.say)),
      step.act && element("p", { class: "act" }, doIt, ...keysOf(step.act)));
  }
}

/** What the button will do, as key caps. */
function keysOf(act) {
  const others = Object.keys(act).filter((verb) => FACES[verb]).map((verb) => FACES[verb]);
  const keys = (act.press ?? []).map((key) => FACES[key] ?? key);
  return [...others, ...keys].map((key) => element("kbd", {}, word(key)));
}
