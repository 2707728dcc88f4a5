// The plainest desk: what is known of each supplier, letters, and one choice of everything for all.
import { make, number, say } from "./room_talk.js";

export const mount = (element, transport) => {
  const section = make("section", { class: "card form" });
  element.replaceChildren(section);
  const show = (view) => {
    const options = Object.entries(view.options_for_all).filter(([, each]) => each.length > 1);
    const selects = Object.fromEntries(options.map(([name, each]) => [name, make("select", { id: name },
      each.map((option) => make("option", { value: option, selected: option === view.decided.default[name] }, say(`${name}.${option}`))))]));
    const problem = make("p", { class: "problem", role: "alert", hidden: true });
    const button = make("button", { class: "go" }, say("class.decide", { year: view.year + 1 }));
    const decide = async (event) => {
      event.preventDefault();
      const chosen = Object.fromEntries(Object.entries(selects).map(([name, select]) => [name, select.value]));
      problem.hidden = true;
      try {
        await transport.decide({ default: chosen });
        button.textContent = say("class.change");
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
      }
    };
    const cost = view.series.cost_so_far.at(-1);
    section.replaceChildren(
      make("h2", {}, say("class.year", { year: Math.min(view.year + 1, view.years), years: view.years })),
      cost ? make("p", {}, `${say("measure.cost_so_far")}: ${number(cost)}`) : "",
      make("ul", {}, view.inbox.map(({ text }) => make("li", {}, text))),
      view.is_over ? "" : make("form", { submit: decide }, make("p", {}, say("class.all_suppliers")),
        options.map(([name]) => make("p", {}, make("label", { for: name }, say(`decision.${name}`)), selects[name])), problem, button));
  };
  transport.onNews(show);
  transport.view().then((view) => view && show(view));
  return { close: () => section.remove() };
};
