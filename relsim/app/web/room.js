// A student's phone: joins, guesses, decides, waits. What is decided goes through a transport, so that
// the desk need not know of the room: {view(): Promise, decide(decisions): Promise, onNews(callback)}.
import { mount } from "./desk.js";
import { addressOf, config, number, say } from "./desk_words.js";
import { make } from "./elements.js";
import { ask, attempt, listen, looking, problem } from "./room_talk.js";

const page = document.getElementById("room"), place = document.getElementById("desk");
const memory = `relsim-room-${config.code}`;
// A browser may forbid it: then a page that is opened again has to join again.
const remembered = () => { try { return localStorage.getItem(memory); } catch { return null; } };
const remember = (token) => {
  try {
    if (token === null) localStorage.removeItem(memory);
    else localStorage.setItem(memory, token);
  } catch { /* it is not remembered */ }
};
const who = { token: remembered() };
// What the server said last, the desk that is mounted, of which round, and the year that it knows.
let now = null, desk = null, mounted = 0, told = -1, deciding = false, tell = () => {};

const look = looking("view", who, (stands) => {
  now = stands;
  show();
  const view = deciding ? null : fresh();
  if (view) tell(view);
});
// The view of a year that the desk does not know yet.
const fresh = () => {
  if (!desk || !now.desk || now.desk.year <= told) return null;
  told = now.desk.year;
  return now.desk;
};
const transport = {
  view: async () => now.desk,
  // The view of the next year, if all have decided by now; else that comes as news.
  decide: async (decisions) => {
    deciding = true;
    try {
      await ask("decide", { ...who, year: now.year, decisions });
      await look();
    } catch (problem) {
      // Perhaps the room has gone on.
      setTimeout(() => look().catch(() => {}));
      throw problem.status ? problem : new Error(say("class.lost"));
    } finally {
      deciding = false;
    }
    return fresh();
  },
  onNews: (callback) => { tell = callback; },
};

// One thing at a time: a second tap is not a second wish.
let busy = false;
const once = (work) => async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  await attempt(work);
  busy = false;
};
const choices = (options, chosen, choose) =>
  make("div", { class: "picks" }, options.map(([value, text]) =>
    make("button", { type: "button", "aria-pressed": String(value === chosen), click: once(() => choose(value)) }, text)));

const question = () => now.asked && now.question_open && make("section", { class: "box question" }, make("h2", {}, now.asked.question),
  choices(now.asked.options.map((text, option) => [option, text]), now.answer, async (answer) => {
    await ask("answer", { ...who, question: now.asked.key, answer });
    await look();
  }), now.answer === null ? null : make("p", {}, say("class.answer_given")));
const guess = () => make("section", { class: "box" }, make("h2", {}, say("class.guess_ask")),
  choices(["aggressive", "neutral", "trusting"].map((stance) => [stance, say(`class.guess_${stance}`)]), now.guess, async (stance) => {
    await ask("guess", { ...who, guess: stance });
    await look();
  }), make("p", {}, say("class.wait_start")));
const score = () => {
  const { cost, twin, difference, trust } = now.score;
  const word = difference === 0 ? "even" : difference < 0 ? "cheaper" : "dearer";
  return make("section", { class: "box" },
    make("h2", {}, say(`class.score_${word}`, { difference: number(Math.abs(difference)) })),
    make("p", {}, say("class.score", { cost: number(cost), twin: number(twin) })),
    make("p", {}, say("class.score_trust", { percent: Math.round(100 * trust) })),
    now.desk?.link ? make("p", {}, make("a", { href: addressOf(`play?game=${encodeURIComponent(now.desk.link)}&lang=${config.language}`) }, say("class.open_game"))) : null);
};
const waiting = () => make("p", { class: "waiting", role: "status" },
  now.phase === "passing" ? say("class.wait_passing")
    : ["over", "revealing"].includes(now.phase) ? say("class.wait_reveal")
      : now.phase === "reveal" && !now.score ? say("class.wait_next")
      : now.phase === "year" && !now.desk ? say("class.wait_seat")
        : now.phase === "year" && now.has_decided ? say("class.wait_others", now) : "");

function show() {
  const { phase, round, kind, name } = now;
  const pressed = page.contains(document.activeElement) ? document.activeElement.textContent : "";
  document.documentElement.dataset.phase = phase;
  page.replaceChildren(
    make("header", {}, make("span", {}, name), make("h1", {}, make("b", {}, `${say("class.round", { round })}:`), ` ${say(`class.kind_${kind}`)}. ${now.title}.`)),
    problem, ...[question()].filter(Boolean), ...(phase === "guess" ? [guess()] : phase === "reveal" && now.score ? [score()] : []), waiting());
  if (pressed) [...page.querySelectorAll("button")].find((one) => one.textContent === pressed)?.focus({ preventScroll: true });
  const here = now.desk && ["year", "passing", "over", "revealing"].includes(phase);
  // A phone may have slept through the reveal and the guesses.
  if (desk && (!here || mounted !== round)) {
    desk.close();
    place.replaceChildren();
    desk = null;
  }
  if (here && !desk) {
    [mounted, told] = [round, now.desk.year];
    desk = mount(place, transport);
  }
}

const seen = (news) => ["round", "scenario", "phase", "year", "question", "question_open"].map((name) => news[name]).join();
let last = "";
const arrived = async (news) => {
  if (seen(news) !== last) {
    problem.hidden = true;
    // While a year passes there is nothing to see, and the server has enough to do.
    if (["passing", "revealing"].includes(news.phase) && now) {
      now.phase = news.phase;
      show();
    } else await look();
    last = seen(news);
  } else if (now) {
    Object.assign(now, { decided: news.decided, deciding: news.deciding });
    page.querySelector(".waiting")?.replaceWith(waiting());
  }
};
const stay = async () => {
  const gone = await listen(who, arrived);
  // Who was removed stays so: the page remembers by whom it was known.
  if (gone.status !== 410) remember(null);
  who.token = null;
  desk?.close();
  place.replaceChildren();
  desk = null;
  const said = { 404: say("class.left_room"), 410: gone.message }[gone.status];
  if (said) page.replaceChildren(make("h1", {}, say("class.title")), make("p", { class: "waiting", role: "status" }, said));
  else join();
};

function join() {
  const name = make("input", { id: "name", maxlength: 20, required: true, autocomplete: "nickname", autocapitalize: "words" });
  const enter = once(async () => {
    who.token = (await ask("join", { name: name.value })).token;
    remember(who.token);
    last = "";
    stay();
  });
  page.replaceChildren(make("h1", {}, say("class.title")),
    make("form", { class: "box", submit: enter }, make("label", { for: "name" }, say("class.nickname")), name, problem,
      make("button", { class: "go" }, say("class.join"))));
  name.focus();
}
function find() {
  const code = make("input", { id: "code", maxlength: 12, required: true, autocapitalize: "characters", autocomplete: "off", spellcheck: "false" });
  const go = (event) => {
    event.preventDefault();
    location.href = addressOf(`room/${encodeURIComponent(code.value.replace(/[^a-z0-9]/gi, "").toUpperCase())}${location.search}`);
  };
  page.replaceChildren(make("h1", {}, say("class.title")), config.missing ? make("p", { class: "problem", role: "alert" }, say("class.no_room")) : "",
    make("form", { class: "box", submit: go }, make("label", { for: "code" }, say("class.open_room")), code, make("button", { class: "go" }, say("class.open_room_button"))));
  code.focus();
}
if (!config.code) find();
else if (who.token) stay();
else join();
