// Numbers and words beside the pictures: finished words from Python, put where they belong.
import { make } from "./elements.js";
import { ARMS, byId, drawn, relsim, veiled } from "./state.js";

export const entitle = (titles) => {
  for (const arm of ARMS) for (const place of document.querySelectorAll(`[data-title=${arm}]`))
    place.textContent = `${arm.toUpperCase()}: ${titles[arm]}`;
};
// Alternative texts of the pictures.
export const describe = (texts) => {
  for (const [name, text] of Object.entries(texts))
    document.querySelector(`figure[data-picture=${name}] [role=img]`)?.setAttribute("aria-label", text);
};
export const tell = () => {
  const told = drawn.sources.words.data, table = drawn.sources.summary.data;
  entitle({ a: told.title_a[0] ?? "", b: told.title_b[0] ?? "" });
  byId("caption-cumulative").textContent = told.detail[0] ?? "";
  const month = drawn.sources.crossing.data.month[0];
  drawn.models.crossing.location = Number.isFinite(month) ? month : null;
  const columns = ["label", "text_a", "text_b", "text_difference", "text_interval"];
  byId("numbers").replaceChildren(...Array.from(table.measure, (_, row) =>
    make("tr", { title: table.label[row] }, columns.map((column) => make("td", {}, table[column][row])))));
  reveal();
  nameEnds();
  document.documentElement.dataset.shown = told.query?.[0] ?? "";
  relsim.updates += 1;
};
// What gives the answer of a lesson away waits for the guess. The reason is that of the settings
// of the lesson, and stays when a slider has moved.
export const reveal = () => {
  const told = drawn.sources.words?.data;
  if (!told || veiled()) return;
  byId("headline").textContent = told.headline[0] ?? "";
  if (byId("because") && told.because[0]) byId("because").textContent = told.because[0];
};
const nameEnds = () => {
  for (const label of drawn.doc._all_models.values()) {
    const [kind, source, measure] = (label.name ?? "").split(" ");
    if (label.type !== "Label" || kind !== "end") continue;
    const rival = source.replace(/_[ab]$/, source.endsWith("a") ? "_b" : "_a");
    const data = drawn.sources[source].data, other = drawn.sources[rival].data[measure];
    const x = data.month ?? data.trust, last = x.length - 1;
    label.visible = last >= 0 && other.length > 0;
    if (!label.visible) continue;
    // Curves by trust cross at their right ends: they are named at the left.
    const up = data[measure][last] >= other[other.length - 1];
    Object.assign(label, data.trust
      ? { x: x[0], y: data[measure][0], x_offset: 10, y_offset: 4, text_align: "left" }
      : { x: x[last], y: data[measure][last], y_offset: up ? 16 : -16 });
  }
};
relsim.numbers = () => structuredClone(
  Object.fromEntries(Object.entries(drawn.sources.summary.data).map(([name, values]) => [name, Array.from(values)])));
