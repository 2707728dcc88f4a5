// Light or dark, and letters as large as the screen allows.
import { ARMS, byId, config, drawn, lesson, state, theme, words } from "./state.js";
import { show } from "./network.js";

const letterSizes = () => (innerWidth >= 1800 ? [22, 19, 18] : innerWidth < 500 ? [17, 15, 14] : [19, 16, 15]).map((size) => `${size}px`);
const heightOf = (figure) =>
  innerWidth < 500 && lesson()?.pictures[0] === figure.name ? 210 : config.height;
export const dress = () => {
  const wanted = state.get("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = wanted;
  byId("theme").textContent = wanted === "dark" ? words.light : words.dark;
  if (!drawn.doc) return;
  for (const model of drawn.doc._all_models.values()) dressModel(model, config.looks[wanted]);
  if (drawn.month !== null) show(drawn.month);
};
const dressModel = (model, look) => {
  const [title, label, tick] = letterSizes();
  switch (model.type) {
    case "Figure": Object.assign(model, { height: heightOf(model), background_fill_color: look.card, border_fill_color: look.card }); break;
    case "LabelSet": Object.assign(model, { text_color: { value: look.ink }, text_font_size: { value: label } }); break;
    case "Title": Object.assign(model, { text_color: look.ink, text_font_size: title }); break;
    case "LinearAxis": case "CategoricalAxis":
      Object.assign(model, { axis_label_text_font_size: label, major_label_text_font_size: tick,
        axis_label_text_color: look.ink, major_label_text_color: look.ink,
        axis_line_color: look.soft, major_tick_line_color: look.soft });
      break;
    case "Label": model.text_color = look[/^end \w+_(a|b) /.exec(model.name ?? "")?.[1] ?? "ink"]; break;
    case "Legend": Object.assign(model, { label_text_color: look.ink, label_text_font_size: tick }); break;
    case "Grid": if (model.name !== "none") model.grid_line_color = look.line; break;
    case "Span": model.line_color = look.ink; break;
    case "GlyphRenderer": dressGlyph(model, look);
  }
};
const dressGlyph = (renderer, look) => {
  const { glyph } = renderer, other = config.looks[theme() === "dark" ? "light" : "dark"];
  for (const property of ["fill_color", "line_color", "text_color"]) {
    const now = glyph[property]?.value;
    for (const arm of ARMS) if (now === other[arm]) glyph[property] = { value: look[arm] };
  }
  if (renderer.name === "outlined") Object.assign(glyph, { line_color: { value: look.ink }, line_width: 1.5 });
  if (renderer.name === "ink") glyph.line_color = { value: look.ink };
  if (/^phase_/.test(renderer.name ?? "")) glyph.fill_color = { value: config.phases[theme()][Number(renderer.name.at(-1))] };
};
