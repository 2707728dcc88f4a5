// One relationship followed: which one is chosen here, what is told of it comes in finished words.
import { make } from "./elements.js";
import { byId, drawn, finite, query, words } from "./state.js";
import { describe } from "./report.js";

const field = (name) => byId(`follow-${name}`);
const chosenNumber = (name) => (field(name).value === "" ? null : Number(field(name).value));
const offer = (name, options, value) => {
  field(name).replaceChildren(...options.map(([number, text]) => new Option(text, number)));
  field(name).value = value ?? "";
  field(name).disabled = false;
};
export const offerBuyers = (count, value = chosenNumber("buyer")) => {
  const none = ["", field("buyer").options[0].textContent];
  offer("buyer", [none, ...Array.from({ length: count }, (_, number) => [number, number])], value < count ? value : "");
};
const complain = (message) => {
  field("problem").textContent = message;
  field("problem").hidden = !message;
};

// What the fields say is asked for, anew whenever they or the settings change: only the last answer counts.
let wanted = 0;
export const follow = async () => {
  const mine = (wanted += 1), box = byId("followed");
  const buyer = chosenNumber("buyer"), supplier = chosenNumber("supplier");
  complain("");
  if (buyer === null) { box.hidden = true; return; }
  box.dataset.waiting = "yes";
  const asked = { link: query(), arm: field("arm").value, buyer, supplier, language: document.documentElement.lang };
  let told = null;
  try {
    told = await (await fetch("follow", { method: "POST", body: JSON.stringify(asked) })).json();
  } catch {
    told = { error: words.lost };
  }
  if (mine !== wanted) return;
  delete box.dataset.waiting;
  complain(told.error ?? "");
  box.hidden = Boolean(told.error);
  if (!told.error) showStory(told, buyer);
};
const showStory = (told, buyer) => {
  offerBuyers(told.buyers, buyer);
  offer("supplier", told.suppliers, told.supplier);
  for (const [name, columns] of Object.entries(told.sources)) drawn.sources[name].data = finite(columns);
  describe(told.alternatives);
  field("finding").textContent = told.title;
  field("years").replaceChildren(...told.years.map(({ title, sum, events }) =>
    make("section", {}, make("h4", {}, title), make("p", {}, sum), events.length ? make("ul", {}, events.map((event) => make("li", {}, event))) : null)));
};
// Of another buyer or market, the supplier that is with it for longest.
export const followLongest = () => {
  field("supplier").replaceChildren();
  return follow();
};
// The relationship that is chosen in a network. The fields say so at once: settings may change
// before its story is told.
export const followPair = (arm, buyer, seller) => {
  field("arm").value = arm;
  field("buyer").value = buyer;
  offer("supplier", [[seller, seller]], seller);
  byId("follow").scrollIntoView();
  return follow();
};
