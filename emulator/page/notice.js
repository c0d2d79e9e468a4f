// What went wrong, told at the foot of the page for a while.

const NOTICE_MS = 6000;
let timer = 0;

/** Shows a text; the next one takes its place. */
export function notice(text) {
  const place = document.getElementById("notice");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { place.hidden = true; }, NOTICE_MS);
}
