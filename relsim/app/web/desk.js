// The desk: a year's suppliers, letters and decisions. Where the game is kept, the transport knows:
// mount(element, {view(): Promise, decide(decisions): Promise, onNews(callback)}, {solo, over, earlier}).
// decide resolves to the view of the next year, or to nothing as long as others have not decided: then
// that view comes as news. over(view) is called when the game is over; earlier are series to compare with.
import { card, letter } from "./desk_cards.js";
import { Chart, ownLines } from "./desk_chart.js";
import { Choices } from "./desk_choices.js";
import { number, say, still } from "./desk_words.js";
import { make } from "./elements.js";

const MONTHS = 12;
const PASSING = 2400, RESTING = 500; // milliseconds that a year takes, and that its end stays

class Desk {
  constructor(element, transport, options) {
    Object.assign(this, { element, transport, options, view: null, busy: false });
    this.title = make("h1", { tabindex: -1 });
    this.years = make("ol", { class: "years", "aria-hidden": "true" });
    this.cost = make("p", { class: "so-far" });
    this.suppliers = make("ul", { class: "suppliers", "aria-label": say("page.suppliers") });
    this.letters = make("ul", { "aria-live": "polite", "aria-label": say("page.inbox") });
    this.canvas = make("div", { class: "canvas" });
    this.caption = make("figcaption", {});
    this.help = make("ol", { class: "help", hidden: true }, ["page.help_suppliers", "page.help_decide", "page.help_line"].map((key) => make("li", {}, say(key))));
    this.whom = make("div", {});
    this.rows = make("div", { class: "rows" });
    this.button = make("button", { class: "go" }, say(options.solo ? "page.pass" : "page.hand_in"));
    this.problem = make("p", { class: "problem", role: "alert", hidden: true });
    this.form = make("form", { class: "decisions", submit: (event) => { event.preventDefault(); this.decide(); } },
      make("h2", {}, say("page.decide")), this.whom, this.rows, make("div", { class: "foot" }, this.problem, this.button));
    this.root = make("section", { class: "desk" },
      make("header", {}, this.title, this.years, this.cost), this.suppliers,
      make("section", { class: "inbox" }, make("h2", {}, say("page.inbox")), this.letters),
      make("figure", {}, this.help, this.canvas, this.caption), this.form);
    element.replaceChildren(this.root);
    this.enter = (event) => {
      const free = document.activeElement === document.body || document.activeElement === this.title;
      if (event.key === "Enter" && free && !event.repeat && !event.defaultPrevented) { event.preventDefault(); this.decide(); }
    };
    document.addEventListener("keydown", this.enter);
    transport.onNews((view) => this.arrive(view));
  }
  close() {
    document.removeEventListener("keydown", this.enter);
    this.chart?.close();
    this.root.remove();
  }
  lines(view) {
    const { earlier } = this.options;
    const before = earlier ? [{ kind: "before", name: say("page.before"), values: earlier.cost_so_far, future: true }] : [];
    return [...before, ...ownLines(view.series)];
  }
  show(view) {
    this.choices ??= new Choices(view, () => this.fill());
    if (this.view?.year !== view.year) this.choices.take(view);
    this.view = view;
    const { year, years } = view;
    this.title.textContent = view.sentences.year;
    this.years.replaceChildren(...Array.from({ length: years }, (_, one) => make("li", { class: one < year ? "past" : one === year ? "now" : "" })));
    this.cost.replaceChildren(...(year ? this.costs(view) : [make("span", {}, view.title)]));
    this.letters.replaceChildren(...view.inbox.map(letter));
    this.chart ??= new Chart(this.canvas, { years });
    this.chart.set(this.lines(view), view.months, view.sentences.chart);
    this.caption.textContent = say("page.caption");
    this.help.hidden = year > 0;
    this.canvas.hidden = this.caption.hidden = year === 0;
    this.fill();
    this.wait(false);
    this.button.disabled = view.is_over;
  }
  // The cost of a unit so far, and how it has changed in the year.
  costs(view) {
    const cost = view.series.cost_so_far.at(-1), before = view.series.cost_so_far.at(-1 - MONTHS);
    const change = before ? cost - before : 0, key = change < 0 ? "less" : "more";
    const mark = Math.abs(change) < 0.05 ? null : make("i", { class: key, role: "img", "aria-label": say(`page.${key}`, { difference: number(Math.abs(change)) }) },
      `${change < 0 ? "▼" : "▲"} ${number(Math.abs(change))}`);
    return [make("b", {}, number(cost)), " ", make("span", {}, say("page.so_far")), ...(mark ? [" ", mark] : [])];
  }
  // Who is chosen and what is decided; the focus stays where it was.
  fill() {
    const focused = document.activeElement?.closest(".decisions input");
    this.suppliers.replaceChildren(...this.view.suppliers.map((supplier) =>
      card(supplier, this.choices.own(supplier.firm), this.choices.target === supplier.firm, () => this.aim(supplier.firm))));
    this.whom.replaceChildren(this.choices.whom());
    this.rows.replaceChildren(...this.choices.rows());
    if (focused) this.form.querySelector(`input[name="${focused.name}"][value="${focused.value}"]`)?.focus();
  }
  // On a phone the decisions are below the suppliers.
  aim(firm) {
    this.choices.aim(firm);
    if (this.form.getBoundingClientRect().top > innerHeight / 2) this.form.scrollIntoView({ behavior: still() ? "auto" : "smooth" });
  }
  wait(waiting) {
    this.busy = waiting;
    this.button.disabled = waiting;
    this.rows.inert = this.whom.inert = false;
    this.root.setAttribute("aria-busy", waiting);
  }
  tell(text) {
    this.problem.textContent = text;
    this.problem.hidden = !text;
  }
  // What did not come is asked for again: the first view, or what follows the last year.
  async decide() {
    if (this.busy || (this.view?.is_over && !this.options.over)) return;
    this.tell("");
    this.wait(true);
    try {
      const view = !this.view ? await this.transport.view() : this.view.is_over ? this.view
        : await this.transport.decide(this.choices.decisions);
      // In a class the others may not have decided yet: the year comes as news.
      if (view) await this.arrive(view);
      else {
        this.decided = true;
        this.rows.inert = this.whom.inert = true;
        this.tell(say("page.decided"));
      }
    } catch (problem) {
      this.tell(problem.message);
      this.wait(false);
    }
  }
  // One year after the other: a view that comes while a year passes before one's eyes waits for it.
  arrive(view) {
    const before = this.arriving ?? Promise.resolve();
    this.arriving = before.catch(() => {}).then(() => this.turn(view));
    return this.arriving;
  }
  async turn(view) {
    const before = this.view;
    if (this.busy && this.decided && view.year === before?.year) return;
    this.decided = false;
    this.tell("");
    if (before && view.year > before.year && !still()) await this.pass(before, view);
    this.show(view);
    if (view.is_over && this.options.over) return this.options.over(view);
    this.title.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }
  // Twelve months, before everybody's eyes; a touch or a key goes on at once.
  async pass(before, view) {
    const month = make("p", { class: "month", "aria-hidden": "true" });
    const canvas = make("div", { class: "canvas" });
    let skipped = false;
    const skip = () => { skipped = true; chart.stop(); awake(); };
    let awake = () => {};
    const button = make("button", { class: "skip", type: "button" }, say("page.skip"));
    const scene = make("div", { class: "scene", role: "dialog", "aria-modal": "true", "aria-label": say("page.passing"), click: skip,
      keydown: (event) => { if (["Enter", " ", "Escape"].includes(event.key) && !event.repeat) { event.preventDefault(); skip(); } } },
      make("div", {}, make("h2", {}, this.title.textContent), month, canvas, button));
    this.element.append(scene);
    this.root.inert = true;
    button.focus();
    const chart = new Chart(canvas, { years: view.years });
    chart.set(this.lines(view), before.months, view.sentences.chart);
    const tell = (until) => { month.textContent = say("page.month", { month: Math.max(1, Math.ceil(until - before.months) || 1) }); };
    await chart.grow(before.months, view.months, PASSING * Math.min(2, (view.months - before.months) / MONTHS), tell);
    if (!skipped) await new Promise((resolve) => { awake = resolve; setTimeout(resolve, RESTING); });
    chart.close();
    scene.remove();
    this.root.inert = false;
  }
}

export const mount = (element, transport, options = {}) => {
  const desk = new Desk(element, transport, options);
  desk.ready = transport.view().then((view) => (view ? desk.arrive(view) : null), (problem) => desk.tell(problem.message));
  return desk;
};
