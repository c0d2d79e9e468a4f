// The shop's counter: the customer's cards, the slips they bring, the scanner.

import { button, element, show } from "./elements.js";
import { day, money } from "./money.js";
import { language, word } from "./words.js";

const ENDED = ["voided", "reversed"];

/** Draws cards and slips; `act` shows one of them to the terminal. */
export class CounterView {
  constructor(place, act) {
    this.place = place;
    this.act = act;
    this.typed = element("input", { id: "scan-text", autocomplete: "off", spellcheck: "false" });
  }

  draw(bench) {
    // The books are asked for often: who is typing or clicking here must not lose the place.
    const drawn = JSON.stringify([bench.sales, bench.cards, bench.shop, language()]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const newestFirst = [...bench.sales].reverse();
    show(this.place, element("div", { class: "counter" },
      element("section", { class: "slips", "aria-label": word("slips") },
        element("h2", {}, word("slips")),
        element("ul", {}, ...newestFirst.map((sale) => this.sale(sale, bench.shop))),
        this.scanForm()),
      element("section", { class: "cards", "aria-label": word("cards") },
        element("h2", {}, word("cards")),
        element("ul", {}, ...bench.cards.map((card) => this.card(card))),
        button(word("removeCard"), () => this.act({ remove: {} })))));
  }

  card(card) {
    const title = language() === "zh" ? card.title_zh : card.title_en;
    const hold = (verb) =>
      button(word(verb), () => this.act({ [verb]: card.name }),
        { "aria-label": `${word(verb)}: ${title}`, "data-card": card.name, "data-verb": verb });
    return element("li", { class: "card" },
      element("strong", {}, title),
      element("small", { class: "digits" }, ends(card.masked)),
      element("span", { class: "buttons" }, hold("swipe"), hold("insert"), hold("tap")));
  }

  sale(sale, shop) {
    const scan = button(word("scan"), () => this.act({ scan: sale.code }),
      { "aria-label": `${word("scan")}: ${money(sale.amount_minor)} ${day(sale.date)}`,
        "data-rrn": sale.rrn, "data-state": sale.state });
    return element("li", { class: sale.remaining_minor > 0 ? "sale" : "sale spent" },
      element("strong", { class: "sum" }, money(sale.amount_minor)),
      element("small", {}, day(sale.date)),
      element("small", { class: "left" }, `${payment(sale)} · ${remark(sale, shop)}`),
      scan);
  }

  scanForm() {
    const submit = (event) => {
      event.preventDefault();
      if (this.typed.value) this.act({ scan: this.typed.value });
    };
    return element("form", { class: "scan", onsubmit: submit },
      element("label", { for: "scan-text" }, word("scanText")),
      this.typed,
      element("button", {}, word("scan")));
  }
}

/** A masked card number, short: …1232 */
function ends(masked) {
  return masked.replace(/^.*(?=\d{4}$)/, "…");
}

/** The end of the card's number; a QR payment has none. */
function payment(sale) {
  return sale.voucher ? `▦ ${word("qrPayment")}` : ends(sale.card_masked);
}

function remark(sale, shop) {
  if (sale.merchant !== shop) return word("otherShop");
  if (ENDED.includes(sale.state)) return word(`state_${sale.state}`);
  if (sale.remaining_minor === 0) return word("nothingLeft");
  return `${word("remaining")} ${money(sale.remaining_minor)}`;
}

/** The shop of most slips is the one this terminal belongs to. */
export function usualShop(sales) {
  const counts = new Map();
  for (const { merchant } of sales) counts.set(merchant, (counts.get(merchant) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? "";
}
