// The lecturer's page: where to join, how many have decided, and nothing more until the reveal.
import { ticksOf } from "./desk_chart.js";
import { addressOf, config, number, say } from "./desk_words.js";
import { draw, make, save } from "./elements.js";
import { ask, attempt, listen, looking, problem } from "./room_talk.js";

const page = document.getElementById("room"), tools = document.getElementById("tools");
const memory = `relsim-key-${config.code}`;
// The key does not stay in the address, which everybody reads on the wall. A browser may forbid to
// keep it: then a page that is opened again needs it once more.
const given = decodeURIComponent(location.hash.slice(1));
const kept = () => {
  try {
    if (given) sessionStorage.setItem(memory, given);
    return sessionStorage.getItem(memory);
  } catch { return given; }
};
const who = { key: kept() };
history.replaceState(null, "", location.pathname + location.search);
let now = null;

const lead = (action, values = {}) => attempt(async () => {
  await ask("lead", { ...who, action, ...values });
  await look();
});
// Of what is seen here: the last student may decide at the same moment.
const next = () => lead("next", { seen: [now.round, now.phase, now.year] });
const button = (key, act, main = false) => make("button", { type: "button", class: main ? "go" : "", id: key, click: act }, say(`class.${key}`, now));
const pick = (key, options, act) => {
  const select = make("select", { id: key, "aria-label": say(`class.${key}`) }, make("option", { value: "" }, say(`class.${key}`)),
    options.map(([value, text]) => make("option", { value }, text)));
  select.addEventListener("change", () => {
    const chosen = select.value;
    select.value = "";
    act(chosen);
  });
  return select;
};

const WIDE = 1000, HIGH = 520, LEFT = 80, BOTTOM = 84, TOP = 52, RIGHT = 30, NAMED = 40, SHARED = 3;
// Students on one spot share a label, or nobody could read any.
const beside = (dots) => {
  const spots = [];
  for (const one of dots) {
    const there = spots.find((spot) => Math.abs(spot.y - one.y) < 22 && Math.abs(spot.x - one.x) < 110);
    if (there) there.all.push(one.name);
    else spots.push({ x: one.x, y: one.y, all: [one.name] });
  }
  const some = (all, most) => all.slice(0, most).join(", ") + (all.length > most ? ` +${all.length - most}` : "");
  return spots.map(({ all, ...spot }) => ({ ...spot, names: some(all, SHARED), short: some(all, 1) }));
};
// Labels move until they lie in the picture, on no other words and on no diamond; names that find no
// place are left out. What lies behind them is of the page's colour, so that no line runs through.
const MOVES = [0, -26, 26], GHOST_MOVES = [0, -26, 66], AROUND = 16;
const untangle = (svg) => {
  const diamonds = [...svg.querySelectorAll(".ghost")].map((one) => {
    const { x, y, width, height } = one.getBBox();
    return { x: x + width / 2 - AROUND, y: y + height / 2 - AROUND, width: 2 * AROUND, height: 2 * AROUND };
  });
  const placed = [...diamonds, ...[...svg.querySelectorAll("text:not([class])")].map((one) => one.getBBox())];
  const free = ({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= WIDE && y + height <= HIGH &&
    placed.every((one) => x + width <= one.x || one.x + one.width <= x || y + height <= one.y || one.y + one.height <= y);
  const even = svg.querySelector("text.soft"), line = Number(svg.querySelector(".even").getAttribute("y1"));
  const spots = [-8, 26].flatMap((down) => [[WIDE - RIGHT, "end", down], [LEFT + 8, "start", down]]);
  spots.some(([x, anchor, down]) => {
    for (const [name, value] of Object.entries({ x, y: line + down, "text-anchor": anchor })) even.setAttribute(name, value);
    return free(even.getBBox());
  });
  placed.push(even.getBBox());
  for (const label of svg.querySelectorAll("text.name")) {
    const up = Number(label.getAttribute("y")), words = new Set([label.textContent, label.dataset.short ?? label.textContent]);
    const moves = label.classList.contains("student-name") ? MOVES : GHOST_MOVES;
    const fits = [...words].some((text) => moves.some((move) => {
      label.textContent = text;
      label.setAttribute("y", up + move);
      return free(label.getBBox());
    }));
    if (fits) placed.push(label.getBBox());
    else label.remove();
  }
  for (const label of svg.querySelectorAll("text.name, text.soft")) {
    const { x, y, width, height } = label.getBBox();
    svg.querySelector(".even").after(draw("rect", { x: x - 3, y, width: width + 6, height, class: "behind" }));
  }
};
function scatter({ dots, ghosts, cheaper }) {
  const all = [...dots, ...ghosts];
  const range = (values, least) => {
    const low = Math.min(...values), high = Math.max(...values), more = Math.max((high - low) * 0.12, least);
    return [low - more, high + more];
  };
  const [left, right] = range(all.map((one) => one.trust), 0.05);
  const [low, high] = range([0, ...all.map((one) => one.difference)], 0.2);
  const x = (trust) => LEFT + ((trust - left) / (right - left)) * (WIDE - LEFT - RIGHT);
  const y = (cost) => HIGH - BOTTOM - ((cost - low) / (high - low)) * (HIGH - BOTTOM - TOP);
  const text = (at, up, anchor, words, kind = null) => draw("text", { x: at, y: up, "text-anchor": anchor, class: kind }, words);
  const written = (...range) => {
    const { ticks, step } = ticksOf(range, 4), digits = Math.max(0, -Math.floor(Math.log10(step)));
    return ticks.map((at) => [at, number(Math.abs(at) < step / 1e6 ? 0 : at, digits)]);
  };
  return draw("svg", { class: "scatter", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": say("class.scatter_alt", { students: dots.length, cheaper }) },
    draw("rect", { x: LEFT, y: y(0), width: WIDE - LEFT - RIGHT, height: Math.max(0, HIGH - BOTTOM - y(0)), class: "cheaper" }),
    draw("line", { x1: LEFT, x2: WIDE - RIGHT, y1: y(0), y2: y(0), class: "even" }),
    text(WIDE - RIGHT, y(0) - 8, "end", say("class.even_line"), "soft"),
    written(left, right).map(([at, words]) => text(x(at), HIGH - BOTTOM + 28, "middle", words)),
    written(low, high).map(([at, words]) => text(LEFT - 10, y(at) + 8, "end", words)),
    text((LEFT + WIDE) / 2, HIGH - 12, "middle", say("class.scatter_across")),
    text(0, 26, "start", say("class.scatter_up")),
    ghosts.map((one) => draw("rect", { x: x(one.trust) - 11, y: y(one.difference) - 11, width: 22, height: 22, class: `ghost ${one.stance}`, transform: `rotate(45 ${x(one.trust)} ${y(one.difference)})` })),
    dots.map((one) => draw("circle", { cx: x(one.trust), cy: y(one.difference), r: 11, class: "student" }, draw("title", {}, one.name))),
    ghosts.map((one) => text(x(one.trust), y(one.difference) - 26, "middle", say(`ghost.${one.stance}`), "name")),
    dots.length <= NAMED ? beside(dots.map((one) => ({ ...one, x: x(one.trust), y: y(one.difference) }))).map(({ names, short, ...one }) => {
      const left = one.x > 0.7 * WIDE;
      const label = text(one.x + (left ? -16 : 16), one.y + 8, left ? "end" : "start", names, "name student-name");
      label.dataset.short = short;
      return label;
    }) : null);
}
const bars = (title, rows) => {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return make("section", { class: "bars" }, make("h2", {}, title), make("dl", {}, rows.map(([name, count]) => [make("dt", {}, name),
    make("dd", {}, make("span", { class: "bar", style: `width:${(70 * count) / most}%` }), make("b", {}, String(count)))])));
};
const guessed = () => bars(say("class.guesses_title"), Object.entries(now.reveal.guesses).map(([stance, count]) => [say(`class.guess_${stance}`), count]));

const main = () => {
  if (now.asked) return [make("h1", { class: "question" }, now.asked.question),
    now.answers ? [bars("", now.asked.options.map((text, option) => [text, now.answers[option]])),
      make("p", {}, make("a", { href: addressOf(`sandbox?lesson=${now.asked.key}&lang=${config.language}`), target: "_blank" }, say("class.open_lesson")))]
      : [make("ol", { class: "options" }, now.asked.options.map((text) => make("li", {}, text))), make("p", { class: "count" }, say("class.answered", now))]];
  const head = [make("p", { class: "round" }, make("b", {}, `${say("class.round", now)}:`), ` ${say(`class.kind_${now.kind}`)}`)];
  const title = make("h1", {}, now.title), about = make("p", { class: "about" }, now.about);
  if (now.phase === "guess") return [head, title, about, make("p", { class: "ask" }, say("class.guess_ask")),
    make("p", { class: "count" }, say(now.here < now.students ? "class.joined_here" : "class.joined", now)), make("p", { class: "count second" }, say("class.guessed", now)), names()];
  if (now.phase === "reveal") {
    const { dots, cheaper } = now.reveal;
    return [head, make("h1", {}, say("class.cheaper_headline", { cheaper, students: dots.length })),
      make("div", { class: "revealed" }, make("figure", {}, scatter(now.reveal)), guessed()),
      now.round >= 3 ? make("p", { class: "ask" }, say("class.depends")) : null];
  }
  const line = now.phase === "over" ? say("class.wait_done") : now.phase === "revealing" ? say("class.wait_twins", now) : now.phase === "passing" ? say("class.wait_passing") : say("class.decided", now);
  return [head, title, make("p", { class: "year" }, say("class.year", { ...now, year: Math.min(Math.max(1, now.year), now.years) })), make("p", { class: "count" }, line),
    now.phase === "year" ? make("progress", { max: Math.max(1, now.deciding), value: now.decided, "aria-label": line }) : null];
};
const names = () => make("ul", { class: "names" }, now.names.map((name) => make("li", {}, name)));

const table = () => attempt(async () => {
  const { csv } = await ask("csv", who);
  save(`relsim-${config.code}.csv`, new Blob([csv], { type: "text/csv" }));
});
const reveal = () => (now.phase === "year" && !confirm(say("class.reveal_sure")) ? null : lead("reveal"));
const scenarios = () => config.scenarios.map((key) => [key, say(`scenario.${key}`)]);
const controls = () => {
  if (now.asked) return [button(now.answers ? "close_question" : "show_answers", () => lead(now.answers ? "close_question" : "show_answers"), true)];
  const steps = { guess: ["start", next], year: ["next_year", next], over: ["reveal", reveal], reveal: ["next_round", next] }[now.phase];
  return [steps ? button(...steps, true) : null,
    now.phase === "year" ? button("reveal_early", reveal) : null,
    ["guess", "reveal"].includes(now.phase) ? pick("flip", scenarios(), (scenario) => lead("flip", { scenario })) : null,
    now.phase === "guess" || now.phase === "reveal" ? pick("ask", config.lessons, (lesson) => lead("ask", { lesson })) : null];
};
// Buttons are renewed only when they say something else, and then wait for a moment, so that nothing
// moves under a finger and a second tap is not taken for the next step.
const SETTLING = 400; // milliseconds
let offered = "", focused = "", settled;
function equip() {
  const buttons = [...controls(), button(now.hidden ? "show" : "hide", () => lead("hide", { hidden: !now.hidden })), button("csv", table)].filter(Boolean);
  const said = buttons.map((one) => one.outerHTML).join("");
  if (said === offered) return;
  offered = said;
  // The focus stays on what does the same, or on its opposite; it never comes to what goes on.
  if (tools.contains(document.activeElement)) focused = document.activeElement.id;
  tools.replaceChildren(...buttons, problem);
  tools.inert = true;
  clearTimeout(settled);
  settled = setTimeout(() => {
    tools.inert = false;
    const opposite = { hide: "show", show: "hide" }[focused];
    if (focused && document.activeElement === document.body) (document.getElementById(focused) ?? document.getElementById(opposite) ?? page.querySelector("h1"))?.focus();
    focused = "";
  }, SETTLING);
}
// Whom the lecturer may remove: a first tap asks, a second one does it.
const roster = document.getElementById("roster");
let listed = "";
const removable = ([number, name]) => {
  let asked = false;
  const ask = (sure) => {
    asked = sure;
    button.textContent = sure ? say("class.remove_sure", { name }) : name;
  };
  const button = make("button", { type: "button", blur: () => ask(false), click: () => (asked ? lead("remove", { student: number }) : ask(true)) });
  ask(false);
  return make("li", {}, button);
};
function enroll() {
  const rows = now.numbers.map((number, at) => [number, now.names[at] ?? say("class.numbered", { number: number + 1 })]);
  if (JSON.stringify(rows) === listed) return;
  listed = JSON.stringify(rows);
  roster.hidden = !rows.length;
  roster.querySelector("ul").replaceChildren(...rows.map(removable));
}
function show() {
  document.documentElement.dataset.phase = now.phase;
  page.replaceChildren(...main().flat(3).filter(Boolean));
  page.querySelector("h1")?.setAttribute("tabindex", -1);
  page.querySelectorAll("svg").forEach(untangle);
  enroll();
  equip();
}
const look = looking("show", who, (told) => {
  now = told;
  show();
});
for (const link of document.querySelectorAll("[data-lang]")) link.hash = who.key ?? "";
const gone = who.key ? await listen(who, look) : { message: say("class.no_key") };
tools.replaceChildren();
roster.hidden = true;
page.replaceChildren(make("p", { class: "problem" }, who.key && gone.status === 404 ? say("class.left_room") : gone.message));
