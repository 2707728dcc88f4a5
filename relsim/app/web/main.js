// The page: what is clicked, moved and typed goes where it belongs; the pictures are there, empty.
import { ARMS, byId, changed, config, drawn, go, lesson, relsim, state, theme, warn } from "./state.js";
import { connect } from "./connection.js";
import { follow, followLongest } from "./follow.js";
import { copy, link, saveNumbers, savePictures } from "./downloads.js";
import { arrange, guess, recall } from "./lessons.js";
import { dress } from "./look.js";
import { followChosen, play, show, stepStory, tapped } from "./network.js";
import { entitle } from "./report.js";
import { addMissing, addSlider, chooseStance, explain, refresh, slid } from "./sliders.js";
import { startTable, stopped } from "./table.js";

// Pictures are empty for a moment; that they have no ranges yet is no news.
Bokeh.set_log_level("error");

const actions = {
  "copy-seed": (button) => copy(button, state.get("seed")),
  "copy-link": (button) => copy(button, link()),
  "new-seed": () => {
    byId("seed").value = Math.floor(Math.random() * 2 ** 31);
    state.set("seed", byId("seed").value);
    changed();
  },
  reset: () => go(lesson()?.link ?? ""),
  all: () => {
    byId("page").classList.remove("focused");
    byId("all").hidden = true;
    if (byId("more")) byId("more").open = true;
  },
  png: savePictures,
  csv: saveNumbers,
  theme: () => {
    state.set("theme", theme() === "dark" ? "light" : "dark");
    dress();
    changed();
  },
  play,
  add: () => addSlider(byId("more-name").value),
};
document.addEventListener("click", (event) => {
  const target = event.target.closest("a[data-lesson]");
  if (target && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    go(config.lessons.find((one) => one.key === target.dataset.lesson)?.link ?? "");
  }
  const language = event.target.closest("a[data-lang]");
  if (language) {
    event.preventDefault();
    state.set("lang", language.dataset.lang);
    location.search = relsim.query();
  }
  const button = event.target.closest("button");
  if (button?.dataset.guess !== undefined) guess(Number(button.dataset.guess));
  else if (button?.dataset.story) stepStory(button.dataset.story, Number(button.dataset.step));
  else if (button?.dataset.follow) followChosen(button.dataset.follow);
  else if (button) actions[button.id]?.(button);
  else if (event.target.closest("[data-kind=network] [role=img]"))
    tapped(event.target.closest("figure"), event.clientX, event.clientY);
});
document.addEventListener("input", ({ target }) => {
  if (target.matches("input[type=range][data-name]")) slid(target);
  if (target.matches("input[data-stop]")) stopped();
  if (target.id === "month") show(Number(target.value));
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("select[data-name=stance]")) chooseStance(target);
  else if (target.id === "follow-supplier") follow();
  else if (target.id.startsWith("follow-")) followLongest();
  else if (target.id === "preset") {
    state.delete("lesson");
    state.set("preset", target.value);
    go(relsim.query());
  } else if (target.id === "seed") {
    state.set("seed", target.value.trim());
    changed();
  }
});
document.addEventListener("focusin", ({ target }) => explain(target.dataset?.name));
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target !== document.body) return;
  event.preventDefault();
  play();
});

let resized = 0;
window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(dress, 150); });

relsim.start = async ({ models, sources }) => {
  drawn.models = models;
  drawn.sources = sources;
  drawn.doc = Object.values(models)[0].document ?? Bokeh.documents.at(-1);
  arrange();
  dress();
  if (config.exported) await startTable();
  else {
    if (lesson()) recall();
    connect();
  }
  document.documentElement.dataset.ready = "yes";
};
ARMS.forEach(refresh);
entitle(config.titles);
dress();
if (config.error) warn(config.error);
if (!config.exported) addMissing();
