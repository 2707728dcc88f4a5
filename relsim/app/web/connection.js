// A link goes to the server, numbers come back; a lost connection is looked for every few seconds.
import { backend, byId, config, drawn, query, warn, words } from "./state.js";
import { follow } from "./follow.js";
import { newNetwork } from "./network.js";
import { busy, idle } from "./progress.js";
import { describe, tell } from "./report.js";
import { bytes } from "./table.js";

const KINDS = { float64: Float64Array, int16: Int16Array, uint8: Uint8Array };
const column = (values) =>
  Array.isArray(values) ? values.map((value) => value ?? NaN) : bytes(values.bytes, KINDS[values.kind]);

export const connect = () => {
  const where = new URL("numbers", location.href.split(/[?#]/)[0]);
  where.protocol = where.protocol.replace("http", "ws");
  const socket = new WebSocket(where);
  socket.onopen = () => {
    backend.ask = (link) => { socket.send(link); busy(); };
    warn(config.error);
    backend.ask(query());
  };
  socket.onmessage = (event) => take(JSON.parse(event.data));
  socket.onclose = () => {
    backend.ask = null;
    idle();
    warn(words.lost);
    setTimeout(connect, 2000 + 2000 * Math.random());
  };
};
const take = ({ status, alternatives, ...news }) => {
  for (const [name, columns] of Object.entries(news))
    drawn.sources[name].data = Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, column(values)]));
  if (news.album_a) {
    newNetwork();
    follow();
  }
  const awaited = news.words?.query[0] === query();
  // Numbers of earlier settings do not take back what is said of these.
  if (status?.error || awaited) {
    warn(status.error || config.error || "");
    idle();
  }
  if (status && !status.error) byId("status").textContent = status.text;
  if (alternatives) describe(alternatives);
  if (news.words) tell();
};
