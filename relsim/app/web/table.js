// The exported file: lessons from a table of runs that were made beforehand.
import { ARMS, backend, byId, config, drawn, finite, state, written } from "./state.js";
import { arrange, putBack, recall } from "./lessons.js";
import { dress } from "./look.js";
import { newNetwork } from "./network.js";
import { describe, tell } from "./report.js";

let table = null;
const unpack = async (packed) => {
  const raw = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
  return new Response(new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
};
export const bytes = (packed, kind) =>
  Array.from(new kind(Uint8Array.from(atob(packed), (one) => one.charCodeAt(0)).buffer));

const openLesson = async (key) => {
  const found = config.exported.lessons[key];
  if (!found) return;
  table = await unpack(found.data);
  state.set("lesson", key);
  document.querySelector("#lessons [aria-current]")?.removeAttribute("aria-current");
  document.querySelector(`#lessons a[data-lesson=${key}]`)?.setAttribute("aria-current", "page");
  putBack();
  byId("stage").innerHTML = found.box;
  byId("page").classList.add("veiled", "focused");
  drawn.month = null;
  arrange();
  scrollTo(0, 0);
  drawn.sources.nodes.data = table.nodes;
  stopped();
  recall();
};
export const stopped = () => {
  const inputs = Array.from(document.querySelectorAll("input[data-stop]"));
  const stops = inputs.map((input) => Number(input.value));
  inputs.forEach((input, number) => {
    const value = written(table.stops[number][stops[number]]);
    input.parentElement.querySelector("output").value = value;
    input.setAttribute("aria-valuetext", value);
  });
  const { sources } = drawn, point = table.points[stops.join(",")];
  for (const key of [...state.keys()]) if (key !== "theme") state.delete(key);
  for (const [key, value] of new URLSearchParams(point.link)) state.set(key, value);
  for (const arm of ARMS) fill(arm, table.arms[point[arm]]);
  sources.disclosure.data = { layer: table.layers, a: table.arms[point.a].told, b: table.arms[point.b].told };
  for (const name of ["stack", "parts", "words"]) sources[name].data = point[name];
  for (const name of ["crossing", "summary"]) sources[name].data = finite(point[name]);
  describe(point.alternatives);
  tell();
  newNetwork();
  dress();
  byId("status").textContent = config.exported.note;
};
const fill = (arm, found) => {
  const { sources } = drawn, month = finite(found.month), count = month.month.length;
  sources[`half_${arm}`].data = finite(found.half);
  sources[`month_${arm}`].data = { ...month, zero: Array(count).fill(0), top: Array(count).fill(1),
    level_personal: month.personal_share, level_joint: month.collaborative_share };
  sources[`trust_${arm}`].data = finite(found.trust);
  const album = { seller: Int16Array, phase: Uint8Array, first: Uint8Array, second: Uint8Array };
  sources[`album_${arm}`].data =
    Object.fromEntries(Object.entries(album).map(([name, kind]) => [name, bytes(found.album[name], kind)]));
};
export const startTable = async () => {
  config.step = config.exported.step;
  const lessons = config.exported.lessons, asked = new URLSearchParams(location.search).get("lesson");
  backend.go = (link) => openLesson(new URLSearchParams(link).get("lesson") ?? state.get("lesson"));
  await openLesson(asked in lessons ? asked : Object.keys(lessons)[0]);
};
