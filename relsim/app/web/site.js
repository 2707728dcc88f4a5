// Pages that compute nothing: light or dark as the link says, or as the browser prefers.
const wanted = new URLSearchParams(location.search).get("theme");
const dark = matchMedia("(prefers-color-scheme: dark)");
const dress = () => {
  document.documentElement.dataset.theme = wanted ?? (dark.matches ? "dark" : "light");
};
dark.addEventListener("change", dress);
dress();
