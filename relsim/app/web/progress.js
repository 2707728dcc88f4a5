// Old numbers are dimmed while new ones are computed; what takes longer than a second says so.
import { byId } from "./state.js";

const root = document.documentElement;
let patience = 0;
export const busy = () => {
  if (root.dataset.busy) return;
  root.dataset.busy = "yes";
  patience = setTimeout(() => { byId("progress").hidden = false; }, 1000);
};
export const idle = () => {
  clearTimeout(patience);
  delete root.dataset.busy;
  byId("progress").hidden = true;
};
