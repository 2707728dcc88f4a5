// A lesson: the guess, and its pictures before the others.
import { byId, lesson, words } from "./state.js";

export const guess = (choice) => {
  const { right, guesses } = lesson();
  document.querySelectorAll("#guesses button").forEach((one, index) => {
    one.setAttribute("aria-pressed", index === choice);
    one.classList.toggle("right", index === right);
  });
  byId("verdict").textContent = choice === right ? words.right : `${words.wrong} ${guesses[right]}.`;
  byId("answer").hidden = false;
  byId("page").classList.remove("veiled");
  scrollTo(0, 0);
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
// On a small screen the first picture stands beside the sliders, so that one sees what they do.
const small = matchMedia("(max-width: 900px)");
const bringNear = () => {
  const away = document.querySelector("#near figure");
  if (away) byId("pictures").prepend(away);
  if (!small.matches) return;
  byId("near").append(document.querySelector(`figure[data-picture=${lesson()?.pictures[0] ?? "cumulative"}]`));
};
small.addEventListener("change", bringNear);
new ResizeObserver(() => document.documentElement.style.setProperty("--seen", `${byId("seen").offsetHeight}px`)).observe(byId("seen"));
