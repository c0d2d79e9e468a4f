// Who works in the demo shop, and their test passwords.

import { element, show, table } from "./elements.js";
import { word } from "./words.js";

/** Draws the list of people. */
export class PeopleView {
  constructor(place) {
    this.place = place;
  }

  draw(bench) {
    const heads = ["number", "name", "role", "password"].map((key) => word(key));
    const rows = bench.people.map((person) => [
      person.number,
      person.name,
      word(`role_${person.role}`, person.role),
      element("code", {}, person.password),
    ]);
    show(this.place, element("p", { class: "note" }, word("peopleNote")),
      table(word("tabPeople"), heads, rows));
  }
}
