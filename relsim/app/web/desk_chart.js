// Lines of cost by month: plain SVG, as wide as its place, drawn anew when that changes.
import { number, say } from "./desk_words.js";
import { draw } from "./elements.js";

const MONTHS = 12;
const SKIPPED = 4; // first months, in which one delivery can cost twice the usual, do not set the scale

const scaleOf = (lines, until) => {
  const low = [], high = [];
  for (const line of lines) {
    const values = line.values.slice(SKIPPED, line.future ? undefined : until).filter((value) => value !== null).sort((a, b) => a - b);
    if (!values.length) continue;
    // Of single months the outermost may leave the picture.
    const cut = line.thin ? Math.floor(values.length / 12) : 0;
    low.push(values[cut]);
    high.push(values[values.length - 1 - cut]);
  }
  if (!low.length) return null;
  const least = Math.min(...low), most = Math.max(...high), pad = Math.max(0.6, 0.08 * (most - least));
  return [least - pad, most + pad];
};
// Round numbers along an axis, about so many, and how far apart they are.
export const ticksOf = ([low, high], count) => {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough);
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + 1e-9; tick += step) ticks.push(tick);
  return { ticks, step };
};
// What a line is at a point between two months.
const at = (values, point) => {
  const whole = Math.floor(point), rest = point - whole;
  const first = values[Math.max(0, whole - 1)], second = values[whole] ?? first;
  return first === null || second === null ? first ?? second : whole ? first + rest * (second - first) : first;
};

export class Chart {
  // Lines: {kind, name, values, thin, future}; a future line shows all its months at once.
  // Compared with others, each line ends in its value; else only one's own does.
  constructor(host, { years, compared = false }) {
    Object.assign(this, { host, years, compared, lines: [], until: 0 });
    this.svg = draw("svg", { role: "img", focusable: "false" });
    host.append(this.svg);
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(host);
  }
  close() { this.stop(); this.watch.disconnect(); }
  set(lines, until, text) {
    this.stop();
    Object.assign(this, { lines, until });
    this.svg.setAttribute("aria-label", text);
    this.draw();
  }
  // Months go by; resolves when the last one is there, or at once when stopped.
  grow(from, to, milliseconds, each) {
    this.stop();
    return new Promise((resolve) => {
      const end = () => { cancelAnimationFrame(this.frame); this.end = null; this.until = to; this.draw(); each?.(to); resolve(); };
      const begun = performance.now();
      const step = (now) => {
        const passed = Math.min(1, Math.max(0, (now - begun) / milliseconds));
        if (passed === 1) return end();
        this.until = from + passed * (to - from);
        each?.(this.until);
        this.draw();
        this.frame = requestAnimationFrame(step);
      };
      this.end = end;
      this.until = from;
      this.frame = requestAnimationFrame(step);
    });
  }
  stop() { this.end?.(); }
  draw() {
    const width = this.host.clientWidth, height = this.host.clientHeight;
    if (width < 40 || height < 40) return;
    const letter = parseFloat(getComputedStyle(this.host).fontSize);
    const box = { left: 2.8 * letter, right: width - 3.6 * letter, top: 0.6 * letter, bottom: height - 1.8 * letter };
    const scale = scaleOf(this.lines, Math.max(this.until, SKIPPED + 1)) ?? [0, 1];
    const x = (month) => box.left + (month / (this.years * MONTHS)) * (box.right - box.left);
    const y = (value) => box.bottom - ((value - scale[0]) / (scale[1] - scale[0])) * (box.bottom - box.top);
    const clip = `clip-${Math.random().toString(36).slice(2)}`;
    const parts = [draw("clipPath", { id: clip }, draw("rect", { x: box.left, y: box.top, width: box.right - box.left + letter, height: box.bottom - box.top }))];
    for (let year = 1; year <= this.years; year += 1) {
      if (year % 2) parts.push(draw("rect", { class: "year", x: x((year - 1) * MONTHS), y: box.top, width: x(MONTHS) - x(0), height: box.bottom - box.top }));
      parts.push(draw("text", { class: "tick", x: x((year - 0.5) * MONTHS), y: height - 0.5 * letter, "text-anchor": "middle" }, String(year)));
    }
    if (this.until > 0) for (const tick of ticksOf(scale, Math.max(2, Math.round(height / (5 * letter)))).ticks) {
      parts.push(draw("line", { class: "grid", x1: box.left, x2: box.right, y1: y(tick), y2: y(tick) }),
        draw("text", { class: "tick", x: box.left - 0.5 * letter, y: y(tick) + 0.35 * letter, "text-anchor": "end" }, number(tick, tick % 1 ? 1 : 0)));
    }
    const ends = [];
    for (const line of this.lines) {
      const end = line.future ? line.values.length : this.until;
      if (end <= 0) continue;
      const points = line.values.slice(0, Math.floor(end)).map((value, month) => [month + 1, value]);
      if (end % 1) points.push([end, at(line.values, end)]);
      const path = points.filter(([, value]) => value !== null).map(([month, value], index) => `${index ? "L" : "M"}${x(month).toFixed(1)} ${y(value).toFixed(1)}`);
      parts.push(draw("path", { class: `line ${line.kind}${line.thin ? " thin" : ""}`, d: path.join(""), "clip-path": `url(#${clip})` }));
      if (!line.thin && !(line.future && !this.compared)) ends.push({ line, x: x(end), y: y(at(line.values, end)), value: at(line.values, end) });
    }
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.replaceChildren(...parts, ...this.endings(ends, box, letter));
  }
  // A dot and a value at the end of each line, kept apart.
  endings(ends, { top, bottom }, letter) {
    const gap = 1.35 * letter;
    ends.sort((a, b) => a.y - b.y).forEach((one, index) => {
      one.label = Math.max(index ? ends[index - 1].label + gap : top + 0.6 * letter, Math.max(one.y, top));
    });
    for (let index = ends.length - 1, least = bottom; index >= 0; index -= 1, least -= gap) ends[index].label = Math.min(ends[index].label, least);
    return ends.flatMap(({ line, x, y, value, label }) => [
      draw("circle", { class: `end ${line.kind}`, cx: x, cy: Math.max(top, y), r: 0.36 * letter }),
      draw("text", { class: `value ${line.kind}`, x: x + 0.6 * letter, y: label + 0.35 * letter }, number(value)),
    ]);
  }
}

export const ownLines = (series) => [
  { kind: "month", name: say("measure.total_cost_per_unit"), values: series.total_cost_per_unit, thin: true },
  { kind: "you", name: say("ghost.you"), values: series.cost_so_far },
];
