// What the page knows: its configuration, its settings as they stand in the link, what is drawn.
export const byId = (id) => document.getElementById(id);
export const config = JSON.parse(byId("relsim-config").textContent);
export const words = config.texts;
export const ARMS = ["a", "b"];

// Settings are the pairs of the link and nothing else; Python alone knows what they mean.
export const state = new Map(config.settings);
export const query = () => new URLSearchParams([...state]).toString();

// Pictures and their data, once they are there; the month that the networks show.
export const drawn = { sources: {}, models: {}, doc: null, month: null };
// Who computes: the server, or the table of an exported file.
export const backend = { ask: null, go: null };
// For tests and the console of the browser.
export const relsim = { config, state, query, backend, updates: 0, sources: () => drawn.sources };
window.relsim = relsim;

export const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
export const written = (value) => String(value).replace(".", config.decimal);
export const lesson = () => config.lessons.find((one) => one.key === state.get("lesson"));
export const veiled = () => byId("page").classList.contains("veiled");
export const theme = () => document.documentElement.dataset.theme ?? "light";
export const finite = (columns) =>
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Array.from(values, (value) => value ?? NaN)]));

export const warn = (message) => {
  byId("banner").textContent = message;
  byId("banner").hidden = !message;
};

let due = false, later = 0;
export const changed = () => {
  if (config.exported) return;
  clearTimeout(later);
  later = setTimeout(() => history.replaceState(null, "", `?${query()}${location.hash}`), 300);
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; backend.ask?.(query()); });
};
export const go = (link) => {
  if (backend.go) return backend.go(link);
  const pairs = new URLSearchParams(link);
  for (const name of ["theme", "lang"]) if (state.has(name)) pairs.set(name, state.get(name));
  location.search = pairs.toString() || "?";
};
