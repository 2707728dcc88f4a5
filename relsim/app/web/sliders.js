// Sliders of the two arms: from what is moved to settings, and back.
import { make } from "./elements.js";
import { ARMS, byId, changed, config, lesson, say, state, written } from "./state.js";

const ENDS = { trusting: 0, aggressive: 1 };
const shownValue = (value, entry) => entry.integer ? String(value) : written(+(+value).toPrecision(3));
const opening = (arm, name) => {
  const stance = state.get(`${arm}.stance`), level = state.get(`${arm}.aggressiveness`);
  if (name === "aggressiveness") return level ?? ENDS[stance] ?? 0.5;
  if (name !== "life_cycle_weight") return config.entries[name].default;
  if (stance) return config.weights[stance];
  return config.weights.trusting + level * (config.weights.aggressive - config.weights.trusting);
};
export const refresh = (arm) => {
  if (config.exported) return;
  const stance = state.get(`${arm}.stance`);
  for (const input of document.querySelectorAll(`input[type=range][data-arm*=${arm}]`)) {
    const name = input.dataset.name, entry = config.entries[name];
    const value = state.get(`${arm}.${name}`) ?? opening(arm, name);
    const nowhere = name === "aggressiveness" && stance && !(stance in ENDS);
    input.value = value;
    input.parentElement.querySelector("output").value = nowhere ? "–" : shownValue(value, entry);
    input.setAttribute("aria-valuetext", say("value", { value: shownValue(value, entry), unit: entry.unit }));
  }
  const select = document.querySelector(`select[data-arm=${arm}][data-name=stance]`);
  if (select) select.value = stance ?? "";
};
const setValue = (arm, name, value) => {
  const special = ["aggressiveness", "life_cycle_weight", "clamped_trust"].includes(name);
  if (name === "aggressiveness") state.delete(`${arm}.stance`);
  if (!special && value === config.entries[name].default) state.delete(`${arm}.${name}`);
  else state.set(`${arm}.${name}`, String(value));
  refresh(arm);
};
export const explain = (name) => { if (config.entries[name]) byId("about").textContent = config.entries[name].about; };
export const slid = (input) => {
  const { arm, name } = input.dataset;
  for (const one of byId("both")?.checked || arm.length > 1 ? ARMS : [arm]) setValue(one, name, Number(input.value));
  explain(name);
  changed();
};
export const chooseStance = (select) => {
  const arm = select.dataset.arm;
  const level = document.querySelector(`input[data-arm=${arm}][data-name=aggressiveness]`).value;
  for (const name of ["stance", "aggressiveness", "life_cycle_weight"]) state.delete(`${arm}.${name}`);
  state.set(...select.value ? [`${arm}.stance`, select.value] : [`${arm}.aggressiveness`, level]);
  refresh(arm);
  changed();
};
const addOne = (arm, name) => {
  const field = document.querySelector(`fieldset[data-arm=${arm}] .more`);
  if (field.querySelector(`[data-name=${name}]`)) return;
  const entry = config.entries[name];
  field.append(make("label", { class: lesson()?.sliders.includes(name) ? "row key" : "row", title: entry.about },
    make("span", {}, `${entry.name} `, make("output")),
    make("input", { type: "range", min: entry.low, max: entry.high, step: entry.integer ? 1 : (entry.high - entry.low) / 100, "data-arm": arm, "data-name": name,
      "aria-label": say("slider", { name: entry.name, letter: arm.toUpperCase() }), "aria-description": entry.about })));
  refresh(arm);
};
export const addSlider = (name) => ARMS.forEach((arm) => addOne(arm, name));
// A link may set what has no slider yet.
export const addMissing = () => {
  for (const key of state.keys()) {
    const [arm, name] = key.split(".");
    if (!config.entries[name] || document.querySelector(`input[data-arm=${arm}][data-name=${name}]`)) continue;
    addSlider(name);
    // A lesson begins with all that it is not about folded.
    byId("more").open ||= !byId("page").classList.contains("focused");
  }
};
