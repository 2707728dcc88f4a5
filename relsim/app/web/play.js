// One player: the browser keeps the link of the game, the server replays it.
import "./site.js";
import { mount } from "./desk.js";
import { showResult } from "./desk_result.js";
import { addressOf, config, face, say } from "./desk_words.js";
import { make } from "./elements.js";

const page = document.getElementById("game");
const asked = new URLSearchParams(location.search);
// The game's link, that of the game it is a second try of, and the series of that.
const state = { game: asked.get("game"), before: asked.get("before"), earlier: null, one: false };
let shown = null;

const ask = async (request, values) => {
  const body = JSON.stringify({ ...values, language: config.language });
  let answer;
  try {
    answer = await fetch(addressOf(`play/${request}`), { method: "POST", body });
  } catch {
    throw new Error(say("page.lost"));
  }
  const told = await answer.json();
  if (told.error) throw new Error(told.error);
  return told;
};
const look = () => {
  const kept = new URLSearchParams();
  for (const name of ["lang", "theme"]) if (asked.has(name)) kept.set(name, asked.get(name));
  return kept;
};
const linkTo = (path, values = {}) => {
  const query = look();
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
  return addressOf(query.size ? `${path}${path.includes("?") ? "&" : "?"}${query}` : path);
};
const here = () => linkTo("play", { game: state.game, before: state.before });
const remember = () => {
  history.replaceState(null, "", here());
  for (const other of document.querySelectorAll("a[data-lang]")) {
    const query = new URL(here()).searchParams;
    query.set("lang", other.dataset.lang);
    other.href = `?${query}`;
  }
};
const clear = () => { shown?.close(); shown = null; };
const complain = (problem) => page.prepend(make("p", { class: "problem", role: "alert" }, problem.message));

const desk = () => {
  clear();
  const transport = {
    view: () => ask("view", { game: state.game }),
    decide: async (decisions) => {
      const view = await ask("decide", { game: state.game, decisions, before: state.one ? state.before : undefined });
      state.game = view.link;
      remember();
      return view;
    },
    onNews: () => {},
  };
  shown = mount(page, transport, { solo: true, over: result, earlier: state.earlier });
  return shown.ready;
};
const result = async () => {
  const told = await ask("result", { game: state.game, before: state.before ?? undefined });
  clear();
  remember();
  shown = showResult(page, told, {
    rewind: (year) => rewind(told, year).catch(complain),
    again: () => { location.href = linkTo("play"); },
    link: here,
    lessons: told.lessons.map((one) => ({ ...one, link: linkTo(`sandbox?lesson=${one.key}`) })),
    sandbox: linkTo("sandbox"),
  });
};
// Back to a year: that one otherwise and the rest as before, or all that follows anew.
const rewind = async (told, year) => {
  const view = await ask("rewind", { game: state.game, year });
  Object.assign(state, { before: state.game, game: view.link });
  remember();
  await otherwise(told.you.series, true);
};
const otherwise = async (earlier, one) => {
  Object.assign(state, { earlier, one });
  await desk();
  shown.root.querySelector(".foot").prepend(make("label", { class: "only" },
    make("input", { type: "checkbox", checked: one, change: (event) => { state.one = event.target.checked; } }), say("page.only")));
};

const start = async () => {
  let wanted = 0, standing = null;
  const sentence = make("h1", { class: "opening" }), faces = make("div", { class: "faces", "aria-hidden": "true" });
  const about = make("p", { class: "about", "aria-live": "polite" });
  const begin = make("button", { class: "go", type: "button", disabled: true, click: () => { remember(); desk(); } }, say("page.begin"));
  const choose = async (scenario) => {
    const mine = (wanted += 1);
    // Nobody begins the game that was chosen before.
    begin.disabled = true;
    const view = await ask("new", { scenario, seed: asked.has("seed") ? Number(asked.get("seed")) : undefined });
    if (mine !== wanted) return;
    standing = scenario;
    state.game = view.link;
    sentence.textContent = view.sentences.start;
    about.textContent = view.about;
    faces.replaceChildren(...view.suppliers.map(({ firm, name }) => make("figure", {}, face(firm), make("figcaption", {}, name))));
    begin.disabled = false;
  };
  const failed = (problem) => {
    complain(problem);
    page.querySelector(`[name=scenario][value=${standing}]`).checked = true;
    begin.disabled = false;
  };
  const first = config.scenarios.includes(asked.get("scenario")) ? asked.get("scenario") : config.scenarios[0];
  await choose(first);
  page.replaceChildren(make("section", { class: "start" }, sentence, faces, begin,
    make("fieldset", { class: "scenarios" }, make("legend", {}, say("page.scenario")),
      make("div", { class: "segments" }, config.scenarios.map((key) => make("label", {},
        make("input", { type: "radio", name: "scenario", value: key, checked: key === first, change: () => choose(key).catch(failed) }),
        make("span", {}, say(`scenario.${key}`)))))), about));
  begin.focus({ preventScroll: true });
};

const open = async () => {
  if (!state.game) return start();
  const view = await ask("view", { game: state.game });
  if (view.is_over) return result();
  // Opened again, it does not say for which year; later ones are not taken for granted.
  return state.before ? otherwise((await ask("result", { game: state.before })).you.series, false) : desk();
};
open().catch(async (problem) => {
  Object.assign(state, { game: null, before: null });
  await start().catch(() => {});
  complain(problem);
});
