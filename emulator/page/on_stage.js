// The sign in the page's head that the terminal is a story's, and the way back to one's own.

import { button, show } from "./elements.js";
import { storyName } from "./story_own.js";
import { word } from "./words.js";

/** Draws it; `look` opens the story, `leave` ends it. */
export class OnStageView {
  constructor(look, leave) {
    this.place = document.getElementById("on-stage");
    this.look = button("", look);
    this.leave = button("", leave);
    this.name = document.createElement("span");
    show(this.place, this.name, this.look, this.leave);
  }

  draw({ playing }) {
    this.place.hidden = !playing;
    this.name.textContent = `${word("onStage")} ${playing ? storyName(playing.name) : ""}`;
    this.look.textContent = word("showStory");
    this.leave.textContent = word("leaveShort");
    this.leave.setAttribute("aria-label", `${word("leaveShort")}: ${word("leaveStage")}`);
  }
}
