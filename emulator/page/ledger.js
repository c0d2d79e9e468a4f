// The host's books: what it has decided about each request.

import { element, show, table } from "./elements.js";
import { money } from "./money.js";
import { word } from "./words.js";

const KINDS = { "0200 000000": "sale", "0200 200000": "void", "0220 200000": "refund" };
const HEADS = ["kind", "amount", "stan", "rrn", "originalRrn", "answer"];

/** Draws the bookings, newest first. */
export class LedgerView {
  constructor(place) {
    this.place = place;
  }

  draw(bench) {
    const rows = bench.ledger.map((booking) => [
      kind(booking),
      element("span", { class: "sum" }, money(booking.amount_minor)),
      booking.stan,
      element("code", {}, booking.rrn),
      element("code", {}, booking.original_rrn || "–"),
      `${booking.response_code} ${word(`state_${booking.state}`, booking.state)}`,
    ]).reverse();
    show(this.place, element("p", { class: "note" }, word("ledgerNote")),
      rows.length ? table(word("tabLedger"), HEADS.map((key) => word(key)), rows)
        : element("p", {}, word("ledgerEmpty")));
  }
}

function kind({ mti, processing_code: code }) {
  if (mti === "0400") return `${word("kind_reversal")} ${mti}`;
  const known = KINDS[`${mti} ${code}`];
  return known ? `${word(`kind_${known}`)} ${mti}` : `${mti} ${code}`;
}
