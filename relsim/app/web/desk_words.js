// Words of the game, numbers as the language writes them, and elements of the page.
export const config = JSON.parse(document.getElementById("relsim-config").textContent);
export const say = (key, values = {}) => config.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const number = (value, digits = 1) =>
  value.toLocaleString(config.language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
export const percent = (share) => `${Math.round(100 * share)}%`;

// Addresses count from where the scripts are: a desk can stand on any page.
export const addressOf = (path) => new URL(`../${path}`, import.meta.url).href;

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

export const face = (firm) =>
  make("img", { class: "face", src: addressOf(`play/face/${firm}.svg`), alt: "", width: 100, height: 100 });
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
