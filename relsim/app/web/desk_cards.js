// Suppliers as the buyer knows them, and the letters of the year.
import { face, number, percent, say } from "./desk_words.js";
import { make } from "./elements.js";

const LAYERS = 3;

const dots = (told) => {
  const filled = Math.round(told);
  return make("span", { class: "dots", role: "img", "aria-label": say("page.layers", { told: filled, layers: LAYERS }) },
    Array.from({ length: LAYERS }, (_, layer) => make("i", { class: layer < filled ? "full" : "" })));
};

export const card = (supplier, own, chosen, choose) =>
  make("li", { class: `card${chosen ? " chosen" : ""}`, "data-firm": supplier.firm, click: choose },
    make("div", { class: "who" }, face(supplier.firm),
      make("div", {}, make("h2", {}, supplier.name), make("p", { class: "phase" }, say(`phase.${supplier.phase}`)))),
    make("p", { class: "price" }, make("b", {}, number(supplier.price)), " ", make("span", {}, say("page.price"))),
    make("div", { class: "fact" }, make("span", {}, say("page.trust")),
      make("meter", { min: 0, max: 1, value: supplier.trust, "aria-label": say("page.trust_in", { supplier: supplier.name }) }),
      make("b", {}, percent(supplier.trust))),
    make("div", { class: "fact" }, make("span", {}, say("page.tells")), dots(supplier.told)),
    make("p", { class: "small" }, say("page.share", { share: percent(supplier.share) })),
    make("p", { class: "small" }, `${supplier.binding}.`),
    own.length ? make("p", { class: "own" }, own.map((text) => make("span", {}, text))) : null);

const BAD = ["supplier_failed", "supplier_left", "extras_found", "leverage_found", "fell_back", "went_silent", "ideas_stopped", "promise_broken", "problems"];
const GOOD = ["became_personal", "became_collaborative", "told_deeper", "ideas_offered", "promises_kept", "problem_caught"];
const toneOf = (kind) => (BAD.includes(kind) ? "bad" : GOOD.includes(kind) ? "good" : "plain");

export const letter = (message, index) =>
  make("li", { class: `letter ${toneOf(message.kind)}`, style: `--turn: ${index}` }, face(message.supplier), make("p", {}, message.text));
