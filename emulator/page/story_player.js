// One story: its steps, each with how it went, and the buttons that play it.

import { button, element, show } from "./elements.js";
import { storyName } from "./story_own.js";
import { bookWords, stepWords } from "./story_steps.js";
import { pick, word } from "./words.js";

const MARKS = { waiting: "○", now: "▶", passed: "✓", failed: "✗" };
const SLOW_S = 1;
const UNDER_WAY = ["preparing", "playing", "paused"];
const WITH_STEP = ["playing", "paused", "stopped"];

/** Draws a story; `play` is told what is to become of it, `back` that somebody has seen enough. */
export class StoryPlayer {
  constructor(place, play, back) {
    this.title = element("h2", {});
    this.about = element("p", { class: "note" });
    this.back = button("", back);
    this.play = button("", () => play(this.isRunning() ? "pause" : "play"), { class: "main" });
    this.step = button("", () => play("step"));
    this.stop = button("", () => play("stop"));
    this.leave = button("", () => play("leave"));
    this.slow = element("input", { type: "checkbox", id: "slowly" });
    this.slowly = element("label", { for: "slowly" });
    this.state = element("p", { class: "story-state", role: "status" });
    this.trouble = element("p", { class: "trouble", role: "alert", hidden: true });
    this.steps = element("ol", { class: "steps" });
    const buttons = element("p", { class: "buttons" }, this.play, this.step, this.stop,
      element("span", { class: "slowly" }, this.slow, this.slowly), this.leave);
    show(place, element("p", { class: "buttons" }, this.back), this.title, this.about,
      element("div", { class: "controls" }, buttons, this.state, this.trouble), this.steps);
  }

  /** `told`: what the story says; `now`: how far it is, null while it isn't played. */
  draw(told, now) {
    this.told = told;
    this.now = now;
    this.title.textContent = pick([told.title, told.title_zh]);
    show(this.about, ...this.aboutIt());
    this.label();
    this.state.textContent = this.stateText();
    this.state.dataset.state = now?.state ?? "none";
    const rows = [...told.steps.map((step) => stepWords(step)), this.endWords()];
    show(this.steps, this.failure(0), ...rows.map((words, at) => this.row(words, at + 1)));
    this.follow();
  }

  /** Keeps the step in sight, where the tab scrolls by itself: a phone's page stays where it is. */
  follow() {
    const panel = this.steps.closest('[role="tabpanel"]');
    if (!panel || panel.scrollHeight <= panel.clientHeight) return;
    this.steps.querySelector('[data-mark="now"], [data-mark="failed"]')
      ?.scrollIntoView({ block: "nearest" });
  }

  /** How long each step waits for somebody to see the one before. */
  get pace() {
    return this.slow.checked ? SLOW_S : 0;
  }

  /** What the emulator refuses. */
  refused(text) {
    this.trouble.textContent = text;
    this.trouble.hidden = !text;
  }

  label() {
    const isHere = this.told.worlds.includes("emulator");
    this.back.textContent = word("allStories");
    this.play.textContent = word(this.isRunning() ? "pauseStory" : "playStory");
    this.step.textContent = word("stepStory");
    this.stop.textContent = word("stopStory");
    this.slowly.textContent = word("slowly");
    this.leave.textContent = word("leaveStage");
    for (const each of [this.play, this.step]) each.disabled = !isHere;
    this.stop.hidden = !UNDER_WAY.includes(this.now?.state);
    this.leave.hidden = !this.now;
  }

  isRunning() {
    return ["preparing", "playing"].includes(this.now?.state);
  }

  aboutIt() {
    const { name, begin, worlds } = this.told;
    const parts = [element("code", {}, storyName(name))];
    if (begin !== "idle") parts.push(` · ${word(`storyBegin_${begin}`)}`);
    if (worlds.includes("emulator")) return parts;
    const command = `scripts/play tests/scenarios/stories/${name}.toml`;
    return [...parts, " · ", word("storyNotHere"), " ", element("code", {}, command)];
  }

  stateText() {
    const state = this.now?.state ?? "none";
    const text = word(`storyState_${state}`);
    if (!WITH_STEP.includes(state)) return text;
    const count = this.told.steps.length;
    return this.now.at > count ? `${text} ${word("atTheEnd")}` : `${text} ${this.now.at} / ${count}`;
  }

  endWords() {
    return [element("span", {}, word("atTheEnd")), ...bookWords(this.told.expect)];
  }

  row(words, number) {
    const mark = this.markOf(number);
    return element("li", { "data-mark": mark, "aria-current": mark === "now" ? "step" : null },
      element("i", { "aria-hidden": "true" }, MARKS[mark]),
      element("span", { class: "unseen" }, word(`mark_${mark}`)),
      element("span", { class: "says" }, ...words),
      mark === "failed" ? this.failure(number) : null);
  }

  markOf(number) {
    const { state, at = 0 } = this.now ?? {};
    if (state === "passed" || number < at) return "passed";
    if (number > at || !state) return "waiting";
    return state === "failed" ? "failed" : "now";
  }

  /** What was expected and what was seen, where it is this step that failed; 0: before the first. */
  failure(number) {
    const failure = this.now?.failure;
    if (!failure || this.now.at !== number) return null;
    return element(number ? "div" : "li", { class: "failure" },
      element("dl", {}, ...differences(failure).flatMap(([name, text]) =>
        [element("dt", {}, name), element("dd", {}, text || word("nothing"))])),
      failure.screen ? screenOf(failure.screen, word(seenOn(failure) ? "seen" : "lastScreen")) : null);
  }
}

function seenOn({ where }) {
  return where === "screen" || where === "hides";
}

function differences(failure) {
  if (!failure.where) return [[word("seen"), failure.what]];
  const wanted = [`${word("wanted")} (${word(`where_${failure.where}`)})`, failure.wanted];
  return seenOn(failure) ? [wanted] : [wanted, [word("seen"), failure.found]];
}

function screenOf({ name, rows }, title) {
  return element("figure", {}, element("figcaption", {}, `${title}: ${name || "–"}`),
    element("pre", {}, rows.join("\n")));
}
