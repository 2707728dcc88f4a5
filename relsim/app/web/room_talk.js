// What the pages of a room share: words, elements, requests and news.
export const config = JSON.parse(document.getElementById("relsim-config").textContent);
export const say = (key, values = {}) => config.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const number = (value, digits = 1) =>
  value.toLocaleString(config.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

const SVG = "http://www.w3.org/2000/svg";
const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  // Strings become text, never markup.
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
};
export const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
export const draw = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

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
  const address = new URL(`../room/${config.code}/${request}`, import.meta.url);
  const body = JSON.stringify({ ...values, language: config.language });
  const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const told = await answer.json();
  if (!answer.ok) throw new Refused(told.error, answer.status);
  return told;
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
      if ([403, 404].includes(problem.status)) return problem;
      lost.hidden = false;
      await rest();
    }
  }
};
