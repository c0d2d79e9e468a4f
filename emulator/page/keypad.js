// The terminal's keys, on the page and on the computer's keyboard.

import { button } from "./elements.js";
import { word } from "./words.js";

const LAYOUT = [
  "MENU", "UP", "DOWN", "ALPHA",
  "1", "2", "3", "CANCEL",
  "4", "5", "6", "CLEAR",
  "7", "8", "9", "ENTER",
  "00", "0",
];
const KEYBOARD = {
  Enter: "ENTER", Backspace: "CLEAR", Escape: "CANCEL",
  ArrowUp: "UP", ArrowDown: "DOWN", m: "MENU", a: "ALPHA",
};
const FACES = { UP: "▲", DOWN: "▼" };
const DOWN_MS = 110;

/** Keys on the page; `press` is called with the name of a key. */
export class KeypadView {
  constructor(press) {
    this.press = press;
    this.keys = new Map();
    const place = document.getElementById("keypad");
    for (const key of LAYOUT) {
      const face = button("", () => this.hit(key), { class: `key key-${key}`, "data-key": key });
      this.keys.set(key, face);
      place.append(face);
    }
    document.addEventListener("keydown", (event) => this.typed(event));
  }

  /** The words on the keys, in the page's language. */
  label() {
    for (const [key, face] of this.keys) {
      if (/^\d+$/.test(key)) face.textContent = key;
      else face.textContent = FACES[key] ?? word(`key${key}`);
      face.setAttribute("aria-label", /^\d+$/.test(key) ? key : word(`key${key}`));
    }
  }

  hit(key) {
    const face = this.keys.get(key);
    face.classList.add("down");
    setTimeout(() => face.classList.remove("down"), DOWN_MS);
    this.press([key]);
  }

  typed(event) {
    const key = isChord(event) ? null : keyFor(event);
    if (key === null) return;
    event.preventDefault();
    if (key === "LEAVE") document.getElementById("terminal").focus({ preventScroll: true });
    else this.hit(key);
  }
}

function isChord(event) {
  return event.ctrlKey || event.altKey || event.metaKey;
}

/** Whether a letter of the keyboard is not meant for a field that somebody types into. */
export function isFree(event) {
  return !isChord(event) && !document.activeElement.closest("input, select, textarea");
}

/** The terminal's key for a keyboard event; null: it belongs to what has the focus. */
function keyFor(event) {
  const at = document.activeElement;
  const isElsewhere = at !== document.body && !at.closest(".device");
  if (event.key === "Escape" && isElsewhere) return "LEAVE";
  if (at.closest("input, select, textarea")) return null;
  if (/^[0-9]$/.test(event.key)) return event.key;
  const key = KEYBOARD[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
  const isForFocused = key === "ENTER" || key === "UP" || key === "DOWN";
  const hasFocused = isElsewhere || (key === "ENTER" && at.closest("button"));
  return isForFocused && hasFocused ? null : key;
}

/** A click keeps the focus where it is, so that Enter goes on meaning the terminal's Enter. */
export function keepFocusOnClick() {
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("button, summary")) event.preventDefault();
  });
}
