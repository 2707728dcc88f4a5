// The page: sliders to settings, settings to whoever computes, numbers to what is seen.
// `relsim.back` computes: on the server (served page) or from a table (exported file).
"use strict";
const relsim = {};
(() => {
  // Pictures are empty for a moment; that they have no ranges yet is no news.
  Bokeh.set_log_level("error");
  const $ = (id) => document.getElementById(id);
  const config = JSON.parse($("relsim-config").textContent);
  const words = config.texts;
  const state = config.settings;
  relsim.config = config;
  relsim.state = state;
  relsim.updates = 0;
  const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // --- settings and link ---
  relsim.query = () => {
    const pairs = [];
    if (state.lesson) pairs.push(["lesson", state.lesson]);
    if (state.preset !== "classroom") pairs.push(["preset", state.preset]);
    pairs.push(["seed", String(state.seed)]);
    for (const arm of ["a", "b"])
      for (const [name, value] of Object.entries(state[arm])) pairs.push([`${arm}.${name}`, String(value)]);
    if (state.theme) pairs.push(["theme", state.theme]);
    return pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value).replace(/%2C/g, ",")}`).join("&");
  };
  let due = false, written = 0;
  const changed = () => {
    if (config.exported) return;
    clearTimeout(written);
    written = setTimeout(() => { try { history.replaceState(null, "", "?" + relsim.query() + location.hash); } catch { /* from disk */ } }, 300);
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; if (relsim.back) relsim.back.ask(relsim.query()); });
  };
  relsim.changed = changed;

  // --- sliders ---
  const page = $("page");
  const lesson = () => config.lessons.find((one) => one.key === state.lesson);
  const keys = () => lesson()?.sliders ?? [];
  const shown = (value, entry) => entry.integer ? String(value) : String(+(+value).toPrecision(3));
  const standard = (arm, name) => {
    const stance = config.stances[state[arm].stance];
    if (name === "aggressiveness") return state[arm].aggressiveness ?? ({ trusting: 0, aggressive: 1 })[state[arm].stance] ?? 0.5;
    if (name === "life_cycle_weight") {
      if (stance) return stance.life_cycle_weight;
      const level = state[arm].aggressiveness, low = config.stances.trusting.life_cycle_weight;
      return low + level * (config.stances.aggressive.life_cycle_weight - low);
    }
    return config.entries[name].default;
  };
  const refresh = (arm) => {
    if (config.exported) return;
    for (const input of document.querySelectorAll(`input[type=range][data-arm=${arm}]`)) {
      const name = input.dataset.name, entry = config.entries[name];
      const value = state[arm][name] ?? standard(arm, name);
      input.value = value;
      const off = name === "aggressiveness" && state[arm].stance && !(state[arm].stance in { trusting: 0, aggressive: 1 });
      input.parentElement.querySelector("output").value = off ? "–" : shown(value, entry);
      input.setAttribute("aria-valuetext", `${shown(value, entry)} ${entry.unit}`);
    }
    const select = document.querySelector(`select[data-arm=${arm}][data-name=stance]`);
    if (select) select.value = state[arm].stance ?? "";
    const title = state[arm].stance ? state[arm].stance.replace("_", " ") : say("between_title", { level: shown(state[arm].aggressiveness, config.entries.aggressiveness) });
    for (const place of document.querySelectorAll(`[data-title=${arm}]`)) place.textContent = `${arm.toUpperCase()}: ${title}`;
  };
  const set = (arm, name, value) => {
    if (name === "aggressiveness") { delete state[arm].stance; state[arm] = { aggressiveness: value, ...state[arm], ...{ aggressiveness: value } }; }
    else if (name !== "life_cycle_weight" && name !== "held_trust" && value === config.entries[name].default) delete state[arm][name];
    else state[arm][name] = value;
    refresh(arm);
  };
  const slid = (input) => {
    const { arm, name } = input.dataset;
    const value = Number(input.value);
    const arms = arm === "ab" || ($("both") && $("both").checked) ? ["a", "b"] : [arm];
    for (const one of arms) set(one, name, value);
    const entry = config.entries[name];
    $("about").textContent = `${entry.meaning} (${entry.low} – ${entry.high}, ${entry.unit})`;
    changed();
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("input[type=range][data-name]")) slid(event.target);
    if (event.target.matches("input[data-stop]")) stopped();
    if (event.target.id === "month") relsim.show(Number(event.target.value));
  });
  document.addEventListener("focusin", (event) => {
    const entry = config.entries[event.target.dataset?.name];
    if (entry) $("about").textContent = `${entry.meaning} (${entry.low} – ${entry.high}, ${entry.unit})`;
  });
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("select[data-name=stance]")) {
      const arm = target.dataset.arm, level = Number(document.querySelector(`input[data-arm=${arm}][data-name=aggressiveness]`).value);
      delete state[arm].aggressiveness; delete state[arm].life_cycle_weight;
      if (target.value) { delete state[arm].stance; state[arm] = { stance: target.value, ...state[arm] }; }
      else { delete state[arm].stance; state[arm] = { aggressiveness: level, ...state[arm] }; }
      refresh(arm); changed();
    } else if (target.id === "preset") { state.preset = target.value; state.lesson = ""; go(relsim.query()); }
    else if (target.id === "seed") { state.seed = target.value.trim(); changed(); }
  });
  const go = (query) => {
    const themed = state.theme && !/(^|&)theme=/.test(query) ? `${query}${query ? "&" : ""}theme=${state.theme}` : query;
    if (relsim.back?.go) relsim.back.go(query); else location.search = themed || "?";
  };
  relsim.addSlider = (arm, name) => {
    const field = document.querySelector(`fieldset[data-arm=${arm}] .more`);
    if (field.querySelector(`[data-name=${name}]`)) return;
    const entry = config.entries[name], row = document.createElement("label");
    row.className = keys().includes(name) ? "row key" : "row"; row.title = `${entry.meaning} (${entry.low} – ${entry.high}, ${entry.unit})`;
    const line = document.createElement("span"), label = document.createElement("b"), output = document.createElement("output");
    label.style.fontWeight = 400; label.textContent = words[`slider_${name}`] ?? name.replaceAll("_", " "); line.append(label, output);
    const input = document.createElement("input");
    Object.assign(input, { type: "range", min: entry.low, max: entry.high, step: entry.integer ? 1 : (entry.high - entry.low) / 100 });
    Object.assign(input.dataset, { arm, name }); input.setAttribute("aria-label", `${label.textContent}, ${arm.toUpperCase()}`);
    row.append(line, input); field.append(row); refresh(arm);
  };

  // --- the exported file: lessons from a table ---
  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };
  const bytes = (packed, kind) => { const raw = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0)); return Array.from(new kind(raw.buffer)); };
  const numbers = (columns) => Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Array.from(values, (value) => value ?? NaN)]));
  let table = null;
  const openLesson = async (key) => {
    const lesson = config.exported.lessons[key];
    if (!lesson) return;
    table = await unpack(lesson.data);
    state.lesson = key; Object.assign(state, structuredClone(lesson.settings));
    for (const link of document.querySelectorAll("#lessons a")) link.dataset.lesson === key ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    $("lesson-slot").innerHTML = lesson.box; $("stops").innerHTML = lesson.stops; $("sources-slot").innerHTML = lesson.sources;
    page.classList.add("veiled", "focused");
    month = null; place(); scrollTo(0, 0);
    sources.nodes.data = table.nodes;
    stopped();
  };
  const stopped = () => {
    const inputs = Array.from(document.querySelectorAll("input[data-stop]"));
    const places = inputs.map((input) => Number(input.value));
    inputs.forEach((input, number) => {
      const value = table.stops[number][places[number]];
      input.parentElement.querySelector("output").value = value;
      input.setAttribute("aria-valuetext", value);
    });
    const point = table.points[places.join(",")];
    for (const arm of ["a", "b"]) {
      const found = table.arms[point[arm]];
      sources[`half_${arm}`].data = numbers(found.half);
      const by = numbers(found.month), count = by.month.length;
      sources[`month_${arm}`].data = { ...by, zero: Array(count).fill(0), top: Array(count).fill(1), level_personal: by.personal_share, level_joint: by.collaborative_share };
      sources[`trust_${arm}`].data = numbers(found.trust);
      sources[`album_${arm}`].data = { seller: bytes(found.album.seller, Int16Array), phase: bytes(found.album.phase, Uint8Array), first: bytes(found.album.first, Uint8Array), second: bytes(found.album.second, Uint8Array) };
      for (const place of document.querySelectorAll(`[data-title=${arm}]`)) place.textContent = `${arm.toUpperCase()}: ${found.title}`;
      state[arm] = found.settings;
    }
    sources.disclosure.data = { layer: table.layers, a: table.arms[point.a].told, b: table.arms[point.b].told };
    for (const name of ["stack", "parts", "crossing", "words", "summary"])
      sources[name].data = name === "crossing" || name === "summary" ? Object.fromEntries(Object.entries(point[name]).map(([key, values]) => [key, values.map((value) => value ?? NaN)])) : point[name];
    tell(); relsim.album(); relsim.dress();
    $("status").textContent = config.exported.note;
  };

  // --- buttons ---
  const save = (name, blob) => {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(blob); anchor.download = name; anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
  };
  const copy = async (button, content) => {
    try { await navigator.clipboard.writeText(content); } catch {
      const area = document.createElement("textarea"); area.value = content; document.body.append(area);
      area.select(); document.execCommand("copy"); area.remove();
    }
    const before = button.textContent; button.textContent = words.copied; setTimeout(() => { button.textContent = before; }, 1200);
  };
  relsim.link = () => location.href.split(/[?#]/)[0] + "?" + relsim.query();
  const actions = {
    "copy-seed": (button) => copy(button, String(state.seed)),
    "copy-link": (button) => copy(button, relsim.link()),
    "new-luck": () => { state.seed = Math.floor(Math.random() * 2 ** 31); $("seed").value = state.seed; changed(); },
    reset: () => go(lesson()?.link ?? ""),
    all: () => { page.classList.remove("focused"); if ($("more")) $("more").open = true; },
    png: () => relsim.png(), csv: () => save("relsim.csv", new Blob([relsim.csv()], { type: "text/csv" })),
    theme: () => { state.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark"; relsim.dress(); changed(); },
    play: () => play(),
    add: () => { const name = $("more-name").value; relsim.addSlider("a", name); relsim.addSlider("b", name); },
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-lesson]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      go(config.lessons.find((one) => one.key === link.dataset.lesson)?.link ?? "");
    }
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.guess !== undefined) guess(Number(button.dataset.guess));
    else actions[button.id]?.(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target === document.body) { event.preventDefault(); play(); }
  });

  // --- lessons ---
  const guess = (choice) => {
    const { right, guesses } = lesson();
    document.querySelectorAll("#guesses button").forEach((one, place) => {
      one.setAttribute("aria-pressed", place === choice);
      one.classList.toggle("right", place === right);
    });
    $("verdict").textContent = choice === right ? words.right : `${words.wrong} ${guesses[right]}.`;
    $("answer").hidden = false; page.classList.remove("veiled");
    scrollTo(0, 0);
  };
  // Pictures of a lesson come first, in its order.
  const place = () => {
    const first = lesson()?.pictures ?? [];
    for (const card of document.querySelectorAll("figure[data-picture]")) {
      const at = first.indexOf(card.dataset.picture);
      card.classList.toggle("focus", at >= 0);
      card.style.order = at >= 0 ? at - first.length : "";
    }
    near();
    document.querySelector("#lessons [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  };
  // On a small screen the first picture stands beside the sliders, so that one sees what they do.
  const small = matchMedia("(max-width: 900px)");
  const near = () => {
    const away = document.querySelector("#near figure");
    if (away) $("pictures").prepend(away);
    if (!small.matches) return;
    $("near").append(document.querySelector(`figure[data-picture=${lesson()?.pictures[0] ?? "cumulative"}]`));
  };
  small.addEventListener("change", near);
  new ResizeObserver(() => document.documentElement.style.setProperty("--seen", `${$("seen").offsetHeight}px`)).observe($("seen"));

  // --- what is seen ---
  let sources = {}, models = {}, doc = null, month = null, playing = 0;
  const phaseColours = () => config.phases[document.documentElement.dataset.theme ?? "light"];
  const words_ = () => sources.words.data;
  const number = (value, signed) => {
    if (!Number.isFinite(value)) return "–";
    const places = Math.max(0, Math.min(3, 3 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-3)))));
    return (signed && value > 0 ? "+" : "") + value.toFixed(places);
  };
  const tell = () => {
    $("headline").textContent = words_().headline[0] ?? "";
    $("caption-cumulative").textContent = words_().detail[0] ?? "";
    const at = sources.crossing.data.month[0];
    models.crossing.location = Number.isFinite(at) ? at : null;
    const table = sources.summary.data, body = $("numbers");
    body.replaceChildren(...Array.from(table.measure, (name, row) => {
      const line = document.createElement("tr");
      line.title = config.measures[name];
      for (const cell of [config.measures[name], number(table.a[row]), number(table.b[row]), number(table.difference[row], true),
        `${number(table.low[row], true)} … ${number(table.high[row], true)}`]) {
        const place = document.createElement("td"); place.textContent = cell; line.append(place);
      }
      return line;
    }));
    decides(table);
    ends();
    document.documentElement.dataset.shown = words_().query?.[0] ?? "";
    relsim.updates += 1;
  };
  const decides = (table) => {
    const row = Array.from(table.measure).indexOf(lesson()?.measure);
    // What a unit costs is in the headline anyway.
    if (row < 0 || !$("decides") || table.measure[row] === "total_cost_per_unit") return;
    const measure = config.measures[table.measure[row]];
    $("decides").textContent = say("decides", { measure: measure[0].toUpperCase() + measure.slice(1), a: number(table.a[row]), b: number(table.b[row]),
      difference: number(table.difference[row], true), low: number(table.low[row], true), high: number(table.high[row], true) });
  };
  const ends = () => {
    for (const label of doc._all_models.values()) {
      const [kind, source, measure] = (label.name ?? "").split(" ");
      if (label.type !== "Label" || kind !== "end") continue;
      const data = sources[source].data, other = sources[source.replace(/_[ab]$/, source.endsWith("a") ? "_b" : "_a")].data;
      const x = data.month ?? data.trust, last = x.length - 1;
      if (last < 0 || !other[measure].length) { label.visible = false; continue; }
      if (data.trust) {
        // These two cross at their right ends: named at the left.
        Object.assign(label, { x: x[0], y: data[measure][0], x_offset: 10, y_offset: 4, text_align: "left", visible: true });
        continue;
      }
      const up = data[measure][last] >= other[measure][other[measure].length - 1];
      Object.assign(label, { x: x[last], y: data[measure][last], y_offset: up ? 16 : -16, visible: true });
    }
  };
  relsim.numbers = () => structuredClone(Object.fromEntries(Object.entries(sources.summary.data).map(([k, v]) => [k, Array.from(v)])));
  relsim.sources = () => sources;

  relsim.show = (at) => {
    month = at;
    $("month-now").value = at * (config.step ?? 1);
    $("month").value = at;
    const nodes = sources.nodes.data, colours = phaseColours();
    const buyers = Array.from(nodes.side).filter((side) => side === 0).length;
    for (const arm of ["a", "b"]) {
      const album = sources[`album_${arm}`].data, months = config.months;
      if (!album.seller.length) continue;
      const places = album.seller.length / months, each = places / buyers;
      const edges = { x0: [], y0: [], x1: [], y1: [], colour: [], width: [], story: [], phase: [] };
      const counts = [0, 0, 0];
      for (let phase = 1; phase <= 3; phase++) for (let place = 0; place < places; place++) {
        const now = at * places + place, seller = album.seller[now];
        if (seller < 0 || album.phase[now] !== phase) continue;
        counts[phase - 1] += 1;
        const buyer = Math.floor(place / each);
        edges.x0.push(nodes.x[buyer]); edges.y0.push(1); edges.x1.push(nodes.x[buyers + seller]); edges.y1.push(0);
        edges.colour.push(colours[phase - 1]); edges.phase.push(phase);
        edges.width.push(0.6 + 6 * (album.first[now] + album.second[now]) / 200);
        edges.story.push(story(album, places, place, at, buyer, seller));
      }
      sources[`edges_${arm}`].data = edges;
      const names = words.phase_names.split("|");
      $(`caption-network_${arm}`).innerHTML = "<span class=counts>" + counts.map((count, phase) => `<span><i style="background:${colours[phase]}"></i>${names[phase]}: ${count}</span>`).join(" ") + "</span>";
    }
  };
  const story = (album, places, place, at, buyer, seller) => {
    let start = at, joint = null, personal = null;
    while (start > 0 && album.seller[(start - 1) * places + place] === seller) start -= 1;
    for (let when = start; when <= at; when++) {
      const phase = album.phase[when * places + place];
      if (phase >= 2 && joint === null) joint = when;
      if (phase >= 3 && personal === null) personal = when;
    }
    const step = config.step ?? 1, parts = [start === 0 ? words.story_before : say("story_since", { month: start * step })];
    if (joint !== null) parts.push(say("story_joint", { month: joint * step }));
    if (personal !== null) parts.push(say("story_personal", { month: personal * step }));
    return say("story", { buyer, seller, since: parts.join(", "), first: album.first[at * places + place], second: album.second[at * places + place] });
  };
  const play = () => {
    if (playing) { clearInterval(playing); playing = 0; $("play").textContent = words.play; return; }
    $("play").textContent = words.pause;
    if (month === null || month >= config.months - 1) relsim.show(0);
    playing = setInterval(() => {
      if (month >= config.months - 1) { play(); return; }
      relsim.show(month + 1);
    }, config.step ? 500 : 120);
  };
  relsim.album = () => {
    const album = sources.album_a.data, nodes = sources.nodes.data;
    if (!album.seller.length) return;
    const buyers = Array.from(nodes.side).filter((side) => side === 0).length;
    config.months = album.seller.length / (buyers * nodes.slots[0]);
    $("month").max = config.months - 1;
    relsim.show(month === null ? config.months - 1 : Math.min(month, config.months - 1));
  };

  // --- look ---
  relsim.dress = () => {
    const wanted = state.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    document.documentElement.dataset.theme = wanted;
    $("theme").textContent = wanted === "dark" ? words.light : words.dark;
    if (!doc) return;
    const look = config.looks[wanted], other = config.looks[wanted === "dark" ? "light" : "dark"];
    const [title, label, tick] = (innerWidth >= 1800 ? [22, 19, 18] : innerWidth < 500 ? [17, 15, 14] : [19, 16, 15]).map((size) => `${size}px`);
    const swap = (glyph) => {
      for (const property of ["fill_color", "line_color", "text_color"]) {
        const now = glyph[property]?.value;
        for (const arm of ["a", "b"]) if (now === other[arm]) glyph[property] = { value: look[arm] };
      }
    };
    for (const model of doc._all_models.values()) {
      switch (model.type) {
        case "Figure": Object.assign(model, { background_fill_color: look.card, border_fill_color: look.card }); break;
        case "LabelSet": Object.assign(model, { text_color: { value: look.ink }, text_font_size: { value: label } }); break;
        case "Title": Object.assign(model, { text_color: look.ink, text_font_size: title }); break;
        case "LinearAxis": case "CategoricalAxis":
          Object.assign(model, { axis_label_text_font_size: label, major_label_text_font_size: tick, axis_label_text_color: look.ink, major_label_text_color: look.ink, axis_line_color: look.soft, major_tick_line_color: look.soft }); break;
        case "Label": model.text_color = look[/^end \w+_(a|b) /.exec(model.name ?? "")?.[1] ?? "ink"]; break;
        case "Legend": Object.assign(model, { label_text_color: look.ink, label_text_font_size: tick }); break;
        case "Grid": if (model.name !== "none") model.grid_line_color = look.line; break;
        case "Span": model.line_color = look.ink; break;
        case "GlyphRenderer":
          swap(model.glyph);
          if (/^phase_/.test(model.name ?? "")) model.glyph.fill_color = { value: phaseColours()[Number(model.name.at(-1))] };
      }
    }
    if (month !== null) relsim.show(month);
  };

  // --- downloads ---
  relsim.csv = () => {
    const rows = [["table", "measure", "unit", "arm", "month", "value", "low", "high"]];
    const table = sources.summary.data;
    Array.from(table.measure, (name, row) => {
      rows.push(["summary", name, table.unit[row], "A", "", table.a[row], "", ""]);
      rows.push(["summary", name, table.unit[row], "B", "", table.b[row], "", ""]);
      rows.push(["summary", name, table.unit[row], "B minus A", "", table.difference[row], table.low[row], table.high[row]]);
    });
    for (const span of ["half", "month"]) for (const arm of ["a", "b"]) {
      const data = sources[`${span}_${arm}`].data;
      for (const low of Object.keys(data).filter((name) => name.endsWith("_low"))) {
        const name = low.slice(0, -4);
        for (let place = 0; place < data.month.length; place++)
          rows.push([span === "half" ? "half-years" : "months", name, config.units[name] ?? "money/unit", arm.toUpperCase(), data.month[place], data[name][place], data[low][place], data[`${name}_high`][place]]);
      }
    }
    for (const arm of ["a", "b"]) {
      const data = sources[`trust_${arm}`].data;
      for (let place = 0; place < data.trust.length; place++)
        rows.push(["cost by trust", "suppliers_trust_in_buyer", "0 to 1", arm.toUpperCase(), "", data.trust[place], "", ""],
          ["cost by trust", "total_cost_per_unit", "money/unit", arm.toUpperCase(), "", data.cost[place], data.low[place], data.high[place]]);
    }
    rows.push(["settings", "link", "", "", "", relsim.query(), "", ""]);
    const cell = (value) => { const content = Number.isNaN(value) ? "" : String(value); return /[",\n]/.test(content) ? `"${content.replaceAll('"', '""')}"` : content; };
    return rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
  };
  relsim.draw = async () => {
    const look = config.looks[document.documentElement.dataset.theme];
    const cards = Array.from(document.querySelectorAll("#pictures figure[data-picture]"))
      .filter((card) => card.offsetParent !== null)
      .sort((one, other) => (getComputedStyle(one).order - getComputedStyle(other).order));
    const images = [];
    for (const card of cards) {
      const view = Bokeh.index.get_by_id(models[card.dataset.picture].id);
      images.push((await view.export("png", true)).canvas);
    }
    const scale = window.devicePixelRatio || 1, columns = 3, gap = 12 * scale;
    const width = Math.max(...images.map((image) => image.width)), rows = [];
    for (let place = 0; place < images.length; place += columns) rows.push(images.slice(place, place + columns));
    const top = 100 * scale, canvas = document.createElement("canvas");
    canvas.width = columns * (width + gap) + gap;
    canvas.height = top + rows.reduce((sum, row) => sum + Math.max(...row.map((image) => image.height)) + gap, 0);
    const pen = canvas.getContext("2d");
    pen.fillStyle = look.card; pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = look.ink; pen.font = `600 ${24 * scale}px system-ui, sans-serif`;
    pen.fillText($("headline").textContent, gap, 34 * scale, canvas.width - 2 * gap);
    pen.font = `${17 * scale}px system-ui, sans-serif`;
    let left = gap;
    for (const arm of ["a", "b"]) {
      pen.fillStyle = look[arm]; const title = document.querySelector(`[data-title=${arm}]`).textContent;
      pen.fillText(title, left, 62 * scale); left += pen.measureText(title).width + 40 * scale;
    }
    pen.fillStyle = look.soft; pen.fillText("?" + relsim.query(), gap, 88 * scale, canvas.width - 2 * gap);
    let y = top;
    for (const row of rows) {
      row.forEach((image, place) => pen.drawImage(image, gap + place * (width + gap), y));
      y += Math.max(...row.map((image) => image.height)) + gap;
    }
    return canvas;
  };
  relsim.png = async () => (await relsim.draw()).toBlob((blob) => save("relsim.png", blob));

  // --- beginning ---
  const warn = (message) => { $("banner").textContent = message; $("banner").hidden = !message; };
  relsim.warn = warn;
  relsim.status = (status) => {
    warn(status.error || config.error || "");
    if (!status.error) $("status").textContent = status.text;
  };
  // The pictures are there, empty.
  relsim.start = (made) => {
    models = made.models; sources = made.sources;
    doc = Object.values(models)[0].document ?? Bokeh.documents.at(-1);
    place(); relsim.dress();
    if (!config.exported) { connect(); document.documentElement.dataset.ready = "yes"; return; }
    config.step = config.exported.step;
    relsim.back = { ask: () => {}, go: (query) => openLesson(new URLSearchParams(query).get("lesson") ?? state.lesson) };
    const asked = new URLSearchParams(location.search).get("lesson");
    openLesson(asked in config.exported.lessons ? asked : Object.keys(config.exported.lessons)[0])
      .then(() => { document.documentElement.dataset.ready = "yes"; });
  };
  // A link goes to the server, numbers come back; a lost connection is looked for every few seconds.
  const connect = () => {
    const where = new URL("numbers", location.href.split(/[?#]/)[0]);
    where.protocol = where.protocol.replace("http", "ws");
    const socket = new WebSocket(where);
    socket.onopen = () => {
      relsim.back = { ask: (query) => socket.send(query) };
      warn(config.error);
      relsim.back.ask(relsim.query());
    };
    socket.onmessage = (event) => take(JSON.parse(event.data));
    socket.onclose = () => { relsim.back = null; warn(words.lost); setTimeout(connect, 2000 + 2000 * Math.random()); };
  };
  const kinds = { float64: Float64Array, int16: Int16Array, uint8: Uint8Array };
  const column = (values) => Array.isArray(values) ? values.map((value) => value ?? NaN) : bytes(values.bytes, kinds[values.kind]);
  const take = (news) => {
    for (const [name, columns] of Object.entries(news))
      if (name !== "status") sources[name].data = Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, column(values)]));
    if (news.album_a) relsim.album();
    relsim.status(news.status);
    if (news.words) tell();
  };
  refresh("a"); refresh("b"); relsim.dress();
  if (config.error) warn(config.error);
  if (!config.exported) for (const arm of ["a", "b"]) for (const name of Object.keys(state[arm]))
    if (config.entries[name] && !document.querySelector(`input[data-arm=${arm}][data-name=${name}]`)) { relsim.addSlider("a", name); relsim.addSlider("b", name); document.querySelector("#side details").open = true; }
})();
