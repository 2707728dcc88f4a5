// Who buys from whom, month by month; of one relationship the story.
import { make } from "./elements.js";
import { ARMS, byId, config, drawn, say, theme, words } from "./state.js";
import { followPair, offerBuyers } from "./follow.js";

const phaseColours = () => config.phases[theme()];
const buyersOf = (nodes) => Array.from(nodes.side).filter((side) => side === 0).length;
const chosen = { a: null, b: null };
const CORNERS = ["x0", "y0", "x1", "y1"];

export const show = (at) => {
  drawn.month = at;
  byId("month-now").value = at * (config.step ?? 1);
  byId("month").value = at;
  for (const arm of ARMS) if (drawn.sources[`album_${arm}`].data.seller.length) connections(arm, at);
};
const connections = (arm, at) => {
  const nodes = drawn.sources.nodes.data, album = drawn.sources[`album_${arm}`].data;
  const buyers = buyersOf(nodes), slots = album.seller.length / config.months, colours = phaseColours();
  const edges = { x0: [], y0: [], x1: [], y1: [], colour: [], width: [], story: [], phase: [], slot: [] };
  const counts = [0, 0, 0];
  for (let phase = 1; phase <= 3; phase++) for (let slot = 0; slot < slots; slot++) {
    const now = at * slots + slot, seller = album.seller[now];
    if (seller < 0 || album.phase[now] !== phase) continue;
    counts[phase - 1] += 1;
    const buyer = Math.floor(slot / (slots / buyers));
    edges.x0.push(nodes.x[buyer]); edges.y0.push(1);
    edges.x1.push(nodes.x[buyers + seller]); edges.y1.push(0);
    edges.colour.push(colours[phase - 1]); edges.phase.push(phase); edges.slot.push(slot);
    edges.width.push(0.6 + 6 * (album.first[now] + album.second[now]) / 200);
    edges.story.push(story(album, slots, slot, at, buyer));
  }
  drawn.sources[`edges_${arm}`].data = edges;
  byId(`counts_${arm}`).replaceChildren(...counts.map((count, phase) =>
    make("span", {}, make("i", { style: `background: ${colours[phase]}` }), say("phase_count", { phase: config.phase_names[phase], count }))));
  mark(arm);
};
const story = (album, slots, slot, at, buyer) => {
  const now = at * slots + slot, seller = album.seller[now], step = config.step ?? 1;
  let start = at, joint = null, personal = null;
  while (start > 0 && album.seller[(start - 1) * slots + slot] === seller) start -= 1;
  for (let when = start; when <= at; when++) {
    const phase = album.phase[when * slots + slot];
    if (phase >= 2) joint ??= when;
    if (phase >= 3) personal ??= when;
  }
  const parts = [start === 0 ? words.story_before : say("story_since", { month: start * step })];
  if (joint !== null) parts.push(say("story_joint", { month: joint * step }));
  if (personal !== null) parts.push(say("story_personal", { month: personal * step }));
  return say("story", { buyer, seller, since: parts.join(", "), first: album.first[now], second: album.second[now] });
};
// --- the relationship that was chosen, by a tap or by the buttons ---
const mark = (arm) => {
  const edges = drawn.sources[`edges_${arm}`].data, at = edges.slot.indexOf(chosen[arm]);
  const picked = (name) => (at < 0 ? [] : [edges[name][at]]);
  drawn.sources[`chosen_${arm}`].data = Object.fromEntries(CORNERS.map((name) => [name, picked(name)]));
  byId(`story_${arm}`).textContent = picked("story")[0] ?? "";
  document.querySelector(`[data-follow=${arm}]`).hidden = at < 0 || Boolean(config.exported);
};
export const followChosen = (arm) => {
  const { seller } = drawn.sources[`album_${arm}`].data, slots = seller.length / config.months;
  const buyer = Math.floor(chosen[arm] / (slots / buyersOf(drawn.sources.nodes.data)));
  return followPair(arm, buyer, seller[drawn.month * slots + chosen[arm]]);
};
export const stepStory = (arm, step) => {
  const slots = [...drawn.sources[`edges_${arm}`].data.slot].sort((one, other) => one - other);
  const at = slots.indexOf(chosen[arm]);
  chosen[arm] = slots.at(at < 0 && step > 0 ? 0 : (at + step) % slots.length) ?? null;
  mark(arm);
};
const REACH = 24;
export const tapped = (card, x, y) => {
  const arm = card.dataset.picture.at(-1), edges = drawn.sources[`edges_${arm}`].data;
  const view = Bokeh.index.get_by_id(drawn.models[card.dataset.picture].id);
  const box = view.el.getBoundingClientRect(), { x_scale, y_scale } = view.frame;
  const away = (at) => {
    const [x0, x1] = [edges.x0[at], edges.x1[at]].map((one) => box.x + x_scale.compute(one));
    const [y0, y1] = [edges.y0[at], edges.y1[at]].map((one) => box.y + y_scale.compute(one));
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    const part = Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
    return Math.hypot(x - x0 - part * (x1 - x0), y - y0 - part * (y1 - y0));
  };
  const distances = edges.slot.map((_, at) => away(at)), nearest = Math.min(...distances);
  chosen[arm] = nearest < REACH ? edges.slot[distances.indexOf(nearest)] : null;
  mark(arm);
};
let playing = 0;
export const play = () => {
  const last = config.months - 1;
  byId("play").textContent = playing ? words.play : words.pause;
  if (playing) { clearInterval(playing); playing = 0; return; }
  if (drawn.month === null || drawn.month >= last) show(0);
  playing = setInterval(() => drawn.month >= last ? play() : show(drawn.month + 1), config.step ? 500 : 120);
};
export const newNetwork = () => {
  const album = drawn.sources.album_a.data, nodes = drawn.sources.nodes.data;
  if (!album.seller.length) return;
  offerBuyers(buyersOf(nodes));
  config.months = album.seller.length / (buyersOf(nodes) * nodes.slots[0]);
  byId("month").max = config.months - 1;
  show(Math.min(drawn.month ?? Infinity, config.months - 1));
};
