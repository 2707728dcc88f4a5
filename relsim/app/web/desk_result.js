// After the last year: your line beside the ghosts', who your suppliers were, and why it came so.
import { Chart } from "./desk_chart.js";
import { face, number, say } from "./desk_words.js";
import { make } from "./elements.js";

const GHOSTS = ["aggressive", "neutral", "trusting"];

const ranked = (result) => {
  const lines = [{ kind: "you", name: say("ghost.you"), values: result.you.series.cost_so_far, cost: result.you.cost }];
  for (const stance of GHOSTS) {
    const { series, cost } = result.ghosts[stance];
    lines.push({ kind: stance, name: say(`ghost.${stance}`), values: series.cost_so_far, cost });
  }
  if (result.before) lines.push({ kind: "before", name: say("page.before"), values: result.before.series.cost_so_far, cost: result.before.cost });
  return lines;
};
const board = (lines) => make("ol", { class: "board" },
  [...lines].sort((a, b) => a.cost - b.cost).map(({ kind, name, cost }) =>
    make("li", { class: kind }, make("i", { "aria-hidden": "true" }), make("span", {}, name), make("b", {}, number(cost)))));

// Those of one stance together, with what that means.
const revealed = (suppliers) => {
  const stances = [...new Set(suppliers.map(({ stance }) => stance))].sort();
  return make("div", { class: "revealed" }, stances.map((stance, index) =>
    make("section", { class: stance, style: `--turn: ${index}` },
      make("h3", {}, say(`stance.${stance}`)), make("p", {}, say(`meaning.${stance}`)),
      make("ul", {}, suppliers.filter((one) => one.stance === stance).map(({ firm, name }) => make("li", {}, face(firm), make("b", {}, name)))))));
};
// Without encryption, as in a classroom, browsers do not let a page copy: then the link is shown.
const copy = async (link, told) => {
  try {
    await navigator.clipboard.writeText(link);
    told.textContent = say("page.copied");
  } catch {
    const field = make("input", { readonly: true, value: link, "aria-label": say("page.share_link") });
    told.replaceChildren(field);
    field.select();
  }
};

// Actions: rewind(year), again(), link(), lessons: [{key, title, link}], sandbox; those that are not there are not offered.
export const showResult = (element, result, { years = 10, rewind, again, link, lessons = [], sandbox } = {}) => {
  const lines = ranked(result);
  const canvas = make("div", { class: "canvas" });
  const title = make("h1", { tabindex: -1 }, result.title);
  const copied = make("span", { role: "status" });
  element.replaceChildren(make("section", { class: "result" },
    make("header", {}, title, result.before ? make("p", { class: "comparison" }, result.before.comparison.text) : null),
    make("figure", {}, canvas, make("figcaption", {}, say("page.caption_result"))),
    make("section", { class: "score", "aria-label": say("page.board") }, board(lines),
      make("div", { class: "debrief" }, result.debrief.map(({ text }) => make("p", {}, text)))),
    make("section", { class: "people" }, make("h2", {}, say("page.revealed")), revealed(result.suppliers)),
    rewind ? make("section", { class: "rewind" }, make("h2", {}, say("page.rewind")), make("p", {}, say("page.rewind_about")),
      make("div", { class: "pills" }, Array.from({ length: years }, (_, year) =>
        make("button", { type: "button", "data-year": year + 1, "aria-label": say("page.rewind_to", { year: year + 1 }), click: () => rewind(year) }, String(year + 1))))) : null,
    lessons.length ? make("section", { class: "why" }, make("h2", {}, say("page.why")),
      make("ul", {}, lessons.map((one) => make("li", {}, make("a", { href: one.link }, one.title))))) : null,
    make("section", { class: "onward" },
      again ? make("button", { type: "button", class: "go", click: again }, say("page.again")) : null,
      link ? make("button", { type: "button", click: () => copy(link(), copied) }, say("page.share_link")) : null,
      copied, sandbox ? make("a", { href: sandbox }, say("page.sandbox")) : null)));
  const chart = new Chart(canvas, { years, compared: true });
  const months = result.you.series.cost_so_far.length;
  const inOrder = [...lines].reverse();
  chart.set(inOrder, months, result.chart);
  title.focus({ preventScroll: true });
  scrollTo({ top: 0 });
  return chart;
};
