// What can be taken along: the link, the numbers as CSV, the pictures as PNG.
import { make, save } from "./elements.js";
import { ARMS, byId, config, drawn, query, relsim, theme, words } from "./state.js";

export const copy = async (button, content) => {
  try { await navigator.clipboard.writeText(content); } catch {
    const area = make("textarea", {}, content);
    document.body.append(area);
    area.select(); document.execCommand("copy"); area.remove();
  }
  button.dataset.says ??= button.textContent;
  button.textContent = words.copied;
  setTimeout(() => { button.textContent = button.dataset.says; }, 1200);
};
export const link = () => `${location.href.split(/[?#]/)[0]}?${query()}`;
relsim.link = link;

const tableRows = () => {
  const rows = [["table", "measure", "unit", "arm", "month", "value", "low", "high"]];
  const { sources } = drawn, table = sources.summary.data;
  Array.from(table.measure, (name, row) => {
    rows.push(["summary", name, table.unit[row], "A", "", table.a[row], "", ""],
      ["summary", name, table.unit[row], "B", "", table.b[row], "", ""],
      ["summary", name, table.unit[row], "B minus A", "", table.difference[row], table.low[row], table.high[row]]);
  });
  for (const [span, title] of [["half", "half-years"], ["month", "months"]]) for (const arm of ARMS) {
    const data = sources[`${span}_${arm}`].data;
    for (const low of Object.keys(data).filter((name) => name.endsWith("_low"))) {
      const name = low.slice(0, -4), unit = config.units[name] ?? "money/unit";
      data.month.forEach((month, at) => rows.push(
        [title, name, unit, arm.toUpperCase(), month, data[name][at], data[low][at], data[`${name}_high`][at]]));
    }
  }
  for (const arm of ARMS) {
    const data = sources[`trust_${arm}`].data;
    data.trust.forEach((trust, at) => rows.push(
      ["cost by trust", "suppliers_trust_in_buyer", "0 to 1", arm.toUpperCase(), "", trust, "", ""],
      ["cost by trust", "total_cost_per_unit", "money/unit", arm.toUpperCase(), "", data.cost[at], data.cost_low[at], data.cost_high[at]]));
  }
  rows.push(["settings", "link", "", "", "", query(), "", ""]);
  return rows;
};
const cell = (value) => {
  const content = Number.isNaN(value) ? "" : String(value);
  return /[",\n]/.test(content) ? `"${content.replaceAll('"', '""')}"` : content;
};
export const saveNumbers = () => {
  const text = tableRows().map((row) => row.map(cell).join(",")).join("\n");
  save("relsim.csv", new Blob([`${text}\n`], { type: "text/csv" }));
};

const COLUMNS = 3;
export const poster = async () => {
  const scale = window.devicePixelRatio || 1, gap = 12 * scale, top = 100 * scale;
  const cards = Array.from(document.querySelectorAll("#pictures figure[data-picture]"))
    .filter((card) => card.offsetParent !== null)
    .sort((one, other) => getComputedStyle(one).order - getComputedStyle(other).order);
  const images = [];
  for (const card of cards) {
    const view = Bokeh.index.get_by_id(drawn.models[card.dataset.picture].id);
    images.push((await view.export("png", true)).canvas);
  }
  const rows = [], width = Math.max(...images.map((image) => image.width)) + gap;
  for (let at = 0; at < images.length; at += COLUMNS) rows.push(images.slice(at, at + COLUMNS));
  const height = (row) => Math.max(...row.map((image) => image.height)) + gap;
  const canvas = make("canvas", { width: COLUMNS * width + gap, height: rows.reduce((sum, row) => sum + height(row), top) });
  const pen = canvas.getContext("2d");
  head(pen, scale, gap);
  let y = top;
  for (const row of rows) {
    row.forEach((image, at) => pen.drawImage(image, gap + at * width, y));
    y += height(row);
  }
  return canvas;
};
const head = (pen, scale, gap) => {
  const look = config.looks[theme()], { width, height } = pen.canvas;
  pen.fillStyle = look.card; pen.fillRect(0, 0, width, height);
  pen.fillStyle = look.ink; pen.font = `600 ${24 * scale}px system-ui, sans-serif`;
  pen.fillText(byId("headline").textContent, gap, 34 * scale, width - 2 * gap);
  pen.font = `${17 * scale}px system-ui, sans-serif`;
  let left = gap;
  for (const arm of ARMS) {
    const title = document.querySelector(`[data-title=${arm}]`).textContent;
    pen.fillStyle = look[arm]; pen.fillText(title, left, 62 * scale);
    left += pen.measureText(title).width + 40 * scale;
  }
  pen.fillStyle = look.soft; pen.fillText(`?${query()}`, gap, 88 * scale, width - 2 * gap);
};
relsim.draw = poster;
export const savePictures = async () => (await poster()).toBlob((blob) => save("relsim.png", blob));
