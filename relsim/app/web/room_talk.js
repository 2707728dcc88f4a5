// What the pages of a room share: requests and news, beside the words and elements of the desk.
import { addressOf, config, say } from "./desk_words.js";
import { make } from "./elements.js";

// Light or dark as the link says, or as the browser prefers; the link's language goes along.
const asked = new URLSearchParams(location.search);
const dark = matchMedia("(prefers-color-scheme: dark)");
document.documentElement.dataset.theme = asked.get("theme") ?? (dark.matches ? "dark" : "light");

export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}
export const ask = async (request, values = {}) => {
  const body = JSON.stringify({ ...values, language: config.language });
  const answer = await fetch(addressOf(`room/${config.code}/${request}`), { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const told = await answer.json();
  if (!answer.ok) throw new Refused(told.error, answer.status);
  return told;
};
// What went wrong with something that was tried, where the page shows it.
export const problem = make("p", { class: "problem", role: "alert", hidden: true });
export const attempt = async (work) => {
  problem.hidden = true;
  try {
    await work();
  } catch (error) {
    problem.textContent = error.status ? error.message : say("class.lost");
    problem.hidden = false;
  }
};

// Asks how things stand. Answers may come in another order than they were asked for: an older one is
// not taken after a newer.
export const looking = (request, who, take) => {
  let asked = 0, answered = 0;
  return async () => {
    const mine = (asked += 1), told = await ask(request, who);
    if (mine < answered) return;
    answered = mine;
    take(told);
  };
};

const RESTING = 1500; // milliseconds before another try
const rest = () => new Promise((resolve) => setTimeout(resolve, RESTING));
// Calls back with the news, as long as the room knows whoever asks; resolves when it does not.
export const listen = async (who, callback) => {
  const lost = document.getElementById("lost");
  let version = -1;
  for (;;) {
    try {
      const news = await ask("news", { ...who, version });
      if (news.version !== version) await callback(news);
      version = news.version;
      lost.hidden = true;
    } catch (problem) {
      if ([403, 404, 410].includes(problem.status)) return problem;
      lost.hidden = false;
      await rest();
    }
  }
};
