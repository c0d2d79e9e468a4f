// Text on a grid of half-width cells, as the display and the paper have it.

/** Cells of a character: by its bytes in GB 18030, so everything but ASCII takes two. */
export function cellsOf(character) {
  return character.codePointAt(0) < 0x80 ? 1 : 2;
}

/** One span a character; a wide one has the class `wide`. */
export function spans(text) {
  return [...text].map((character) => {
    const span = document.createElement("span");
    span.textContent = character;
    if (cellsOf(character) === 2) span.className = "wide";
    return span;
  });
}
