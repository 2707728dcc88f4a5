// A lesson: the guess, and its pictures before the others.
import { byId, lesson, say, words } from "./state.js";
import { reveal } from "./report.js";

const memory = () => `relsim guess ${lesson().key}`;
export const guess = (choice) => {
  const { right, guesses } = lesson();
  document.querySelectorAll("#guesses button").forEach((one, index) => {
    one.setAttribute("aria-pressed", index === choice);
    one.classList.toggle("right", index === right);
  });
  byId("verdict").textContent = choice === right ? words.right : say("wrong", { answer: guesses[right] });
  byId("answer").hidden = false;
  byId("dial").disabled = false;
  byId("page").classList.remove("veiled");
  try { sessionStorage.setItem(memory(), choice); } catch { /* a browser may forbid it */ }
  reveal();
};
// A page that is opened again, or was lost, still knows the guess.
export const recall = () => {
  let found = null;
  try { found = sessionStorage.getItem(memory()); } catch { /* a browser may forbid it */ }
  if (found !== null) guess(Number(found));
};
export const arrange = () => {
  const first = lesson()?.pictures ?? [];
  for (const card of document.querySelectorAll("figure[data-picture]")) {
    const at = first.indexOf(card.dataset.picture);
    card.classList.toggle("focus", at >= 0);
    card.style.order = at >= 0 ? at - first.length : "";
  }
  bringNear();
  document.querySelector("#lessons [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
};
// The first picture stands beside the slider of a lesson, and on a small screen beside all sliders.
const small = matchMedia("(max-width: 900px)");
export const putBack = () => {
  const away = document.querySelector("#near figure, #shown-picture figure");
  if (away) byId("pictures").prepend(away);
};
const bringNear = () => {
  putBack();
  const place = byId("shown-picture") ?? (small.matches ? byId("near") : null);
  place?.append(document.querySelector(`figure[data-picture=${lesson()?.pictures[0] ?? "cumulative"}]`));
};
small.addEventListener("change", bringNear);
new ResizeObserver(() => document.documentElement.style.setProperty("--seen", `${byId("seen").offsetHeight}px`)).observe(byId("seen"));
