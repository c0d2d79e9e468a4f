// What people do at the counter: keys, cards and slips held to the terminal, one after the other.

/** A function that does such things in their order; `ask` sends a verb. */
export function makeAct(bench, ask) {
  return async (what) => {
    // Who clicked with the mouse has the focus nowhere, and the keyboard is the terminal's anyway.
    if (document.activeElement !== document.body) {
      document.getElementById("terminal").focus({ preventScroll: true });
    }
    for (const [verb, value] of Object.entries(what)) await ask(verb, fieldsOf(bench, verb, value));
  };
}

function fieldsOf(bench, verb, value) {
  if (verb === "press") return { keys: value };
  if (verb === "scan") {
    bench.scanned = bench.sales.find((sale) => sale.code === value) ?? null;
    return { text: value };
  }
  if (typeof value !== "string") return value;
  bench.held = value;
  return { card: value };
}
