// Who buys from whom, month by month.
import { ARMS, byId, config, drawn, say, theme, words } from "./state.js";

const phaseColours = () => config.phases[theme()];
const buyersOf = (nodes) => Array.from(nodes.side).filter((side) => side === 0).length;

export const show = (at) => {
  drawn.month = at;
  byId("month-now").value = at * (config.step ?? 1);
  byId("month").value = at;
  for (const arm of ARMS) if (drawn.sources[`album_${arm}`].data.seller.length) connections(arm, at);
};
const connections = (arm, at) => {
  const nodes = drawn.sources.nodes.data, album = drawn.sources[`album_${arm}`].data;
  const buyers = buyersOf(nodes), slots = album.seller.length / config.months, colours = phaseColours();
  const edges = { x0: [], y0: [], x1: [], y1: [], colour: [], width: [], story: [], phase: [] };
  const counts = [0, 0, 0];
  for (let phase = 1; phase <= 3; phase++) for (let slot = 0; slot < slots; slot++) {
    const now = at * slots + slot, seller = album.seller[now];
    if (seller < 0 || album.phase[now] !== phase) continue;
    counts[phase - 1] += 1;
    const buyer = Math.floor(slot / (slots / buyers));
    edges.x0.push(nodes.x[buyer]); edges.y0.push(1);
    edges.x1.push(nodes.x[buyers + seller]); edges.y1.push(0);
    edges.colour.push(colours[phase - 1]); edges.phase.push(phase);
    edges.width.push(0.6 + 6 * (album.first[now] + album.second[now]) / 200);
    edges.story.push(story(album, slots, slot, at, buyer));
  }
  drawn.sources[`edges_${arm}`].data = edges;
  const named = counts.map((count, phase) => `<span><i style="background:${colours[phase]}"></i>${config.phase_names[phase]}: ${count}</span>`);
  byId(`caption-network_${arm}`).innerHTML = `<span class=counts>${named.join(" ")}</span>`;
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
  config.months = album.seller.length / (buyersOf(nodes) * nodes.slots[0]);
  byId("month").max = config.months - 1;
  show(Math.min(drawn.month ?? Infinity, config.months - 1));
};
