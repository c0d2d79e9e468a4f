// How the page writes sums and dates of the books.

/** 1234500 → 12,345.00 */
export function money(amountMinor) {
  const [whole, cents] = (amountMinor / 100).toFixed(2).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

/** 20260731 → 2026-07-31 */
export function day(text) {
  return text.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
}
