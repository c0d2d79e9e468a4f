// What the guide's steps are made of: sentences, keys, and which slip or card to take.

const REFUNDABLE = ["booked", "settled"];
const USUAL_PIN = "123456";
const OTHER_PINS = { credit: "246810", gift: "1357" }; // as in emulator/cards.py

/** Keys for a text, and Enter. */
export const typed = (text) => ({ press: [...text, "ENTER"] });

/** A step whose button is one Enter. */
export const enter = (english, chinese) =>
  () => ({ say: [english, chinese], act: { press: ["ENTER"] } });

/** A step whose button is one key. */
export const key = (name, english, chinese) =>
  () => ({ say: [english, chinese], act: { press: [name] } });

/** A step that nobody can do for you. */
export const wait = (english, chinese) => () => ({ say: [english, chinese] });

/** A step that Enter ends as soon as the last row of the screen names it. */
export const enterIfAsked = (english, chinese) => ({ screen }) => {
  const asked = /Enter|确认/.test(screen.rows.at(-1) ?? "");
  return { say: [english, chinese], ...(asked && { act: { press: ["ENTER"] } }) };
};

/** A step for a printer without paper; Enter prints again. */
export const newPaper = (english, chinese) => () => ({
  say: [english, chinese],
  act: { clear: { name: "printer.paper_out" }, printer: { paper: "load", cover: "closed" } },
});

/** The number of somebody with this role. */
export function numberStep(role, english, chinese) {
  return ({ people }) => {
    const person = people.find((each) => each.role === role);
    if (!person) return { say: [english, chinese] };
    return {
      say: [`${english}: ${person.number} (${person.name}), then Enter.`,
        `${chinese}：${person.number}（${person.name}），再按确认。`],
      act: typed(person.number),
    };
  };
}

function refundable({ sales, shop }) {
  return sales.filter((sale) => REFUNDABLE.includes(sale.state)
    && sale.remaining_minor > 0 && sale.merchant === shop);
}

/** The purchase to show a newcomer: refundable, on a usual card, small enough for no approval. */
export function easiestSale(bench) {
  const good = refundable(bench).filter((sale) => !sale.voucher);
  return good.findLast((sale) => sale.card === "debit") ?? good.at(-1);
}

/** The newest QR payment that something is left of. */
export function easiestQrSale(bench) {
  return refundable(bench).findLast((sale) => sale.voucher);
}

/** The newest sale of the open batch: the host's first sales are of a batch of their own before. */
export function voidableSale(bench) {
  return refundable(bench).findLast((sale) => sale.state === "booked" && !sale.voucher
    && sale.remaining_minor === sale.amount_minor && sale.batch !== bench.sales[0].batch);
}

/** A step that scans this sale's slip, if there is one. */
export function scanned(sale, english, chinese) {
  const say = [english, chinese];
  return sale ? { say, act: { scan: sale.code } } : { say };
}

/** The card that paid: as the screen names it, else the one of the slip that was scanned. */
export function payingCard(bench) {
  const [, first, last] = bench.screen.rows.join("\n").match(/(\d{6})\.\.(\d{4})/) ?? [];
  const named = bench.cards.find(({ masked }) => first
    && masked.startsWith(first) && masked.endsWith(last));
  return named?.name ?? (bench.scanned ?? easiestSale(bench))?.card;
}

/** The PIN of the card that was held to the reader last. */
export function testPin({ held }) {
  return OTHER_PINS[held] ?? USUAL_PIN;
}
