// The decisions of a year: for everybody, and for single suppliers where they differ.
import { face, say } from "./desk_words.js";
import { make } from "./elements.js";

const ALL = "all";

export class Choices {
  constructor(view, changed) {
    this.changed = changed;
    this.target = ALL;
    this.take(view);
  }
  // Last year's decisions stand until others are taken.
  take(view) {
    this.view = view;
    this.all = { ...view.decided.default };
    this.single = {};
    for (const { firm } of view.suppliers) {
      const own = view.decided.suppliers[firm] ?? {};
      this.single[firm] = Object.fromEntries(Object.entries(own).filter(([name, option]) => option !== this.all[name]));
    }
    if (!(this.target in this.single)) this.target = ALL;
  }
  get decisions() {
    const suppliers = Object.entries(this.single).filter(([, own]) => Object.keys(own).length);
    return { default: this.all, suppliers: Object.fromEntries(suppliers) };
  }
  own(firm) { return Object.entries(this.single[firm]).map(([name, option]) => say(`${name}.${option}`)); }
  choose(name, option) {
    if (this.target === ALL) {
      this.all[name] = option;
      for (const own of Object.values(this.single)) if (own[name] === option) delete own[name];
    } else if (option === this.all[name]) delete this.single[this.target][name];
    else this.single[this.target][name] = option;
    this.changed();
  }
  aim(target) {
    this.target = target;
    this.changed();
  }
  // Whom the decisions are for: faces in a row.
  whom() {
    const one = (target, picture, name) => make("label", { class: "one", title: name },
      make("input", { type: "radio", name: "whom", value: target, checked: String(this.target) === String(target), change: () => this.aim(target) }),
      picture, make("span", {}, name),
      target !== ALL && Object.keys(this.single[target]).length ? make("i", { class: "mark", role: "img", "aria-label": say("page.otherwise") }) : null);
    return make("fieldset", { class: "whom" }, make("legend", {}, say("page.whom")),
      make("div", {}, one(ALL, make("b", { class: "face everyone", "aria-hidden": "true" }, String(this.view.suppliers.length)), say("page.everyone")),
        this.view.suppliers.map(({ firm, name }) => one(firm, face(firm), name))));
  }
  rows() {
    const single = this.target !== ALL;
    const options = single ? this.view.options : this.view.options_for_all;
    return Object.entries(options).filter(([, each]) => each.length > 1).map(([name, each]) => {
      const own = single && name in this.single[this.target];
      const chosen = (single && this.single[this.target][name]) || this.all[name];
      return make("fieldset", { class: `row${single && !own ? " inherited" : ""}`, "data-decision": name },
        make("legend", {}, say(`decision.${name}`), own ? make("i", { class: "mark", role: "img", "aria-label": say("page.otherwise") }) : null),
        make("div", { class: "segments" }, each.map((option) => make("label", { "data-option": option },
          make("input", { type: "radio", name, value: option, checked: option === chosen, change: () => this.choose(name, option) }),
          make("span", {}, say(`${name}.${option}`))))));
    });
  }
}
