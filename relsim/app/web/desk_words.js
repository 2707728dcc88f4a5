// Words of the game, numbers as the language writes them, and faces.
import { make } from "./elements.js";

export const config = JSON.parse(document.getElementById("relsim-config").textContent);
export const say = (key, values = {}) => config.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const number = (value, digits = 1) =>
  value.toLocaleString(config.language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
export const percent = (share) => `${Math.round(100 * share)}%`;

// Addresses count from where the scripts are: a desk can stand on any page.
export const addressOf = (path) => new URL(`../${path}`, import.meta.url).href;

export const face = (firm) =>
  make("img", { class: "face", src: addressOf(`play/face/${firm}.svg`), alt: "", width: 100, height: 100 });
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
