// Puts the parts together.

const report = JSON.parse($("data").textContent);
const { info, statistics } = report;
const { width, height } = info.geometry;
const exact = exactOf(report);
const memory = memoryOf(report);
const indexOf = new Map(exact.map((pattern, index) => [pattern, index]));
const byNeuron = new Map(report.patterns.map(pattern => [pattern.neuron, pattern]));

function showHead() {
  const name = shownKey(info.store.split(/[/\\]/).filter(Boolean).at(-1) ?? info.store);
  document.title = `${name} - Engram`;
  $("store").textContent = name;
  const sound = !info.problems.length && !report.refused;
  $("sound").textContent = sound ? "sound" : "damaged";
  $("sound").dataset.sound = sound;
  const tile = (value, name, says) => element(
    "div", { className: "tile" },
    element("strong", { textContent: value }), element("span", { textContent: name }),
    element("small", { className: "quiet", textContent: says }));
  const shown = spread => (spread ? percent(spread.median) : "none");
  const reach = spread => (spread ? `${percent(spread.least)} to ${percent(spread.most)}` : "");
  $("tiles").replaceChildren(
    tile(count(info.live), info.live === 1 ? "pattern" : "patterns", `${count(info.retired)} retired`),
    tile(`${width} × ${height}`, "pixels each", statistics.realValued
      ? `${count(statistics.realValued)} real-valued` : "black and white"),
    tile(bytes(info.bytes), "on disk", `${info.layout}, ${bytes(info.bytesPerNeuron)} a neuron`),
    tile(shown(statistics.density), "white, median", reach(statistics.density)),
    tile(shown(statistics.distinctness), "nearest other, median", reach(statistics.distinctness)),
    tile(info.writerPid === null ? "none" : String(info.writerPid), "writer", info.writerPid === null
      ? "when this was written" : "the process that had it open"));
}

function showEmbedded() {
  const sampled = report.patterns.length < report.live;
  const notes = [];
  if (sampled) {
    notes.push(`This page has ${count(report.patterns.length)} of the ${count(report.live)} patterns, `
      + `chosen at random (seed ${report.seed}). All it shows and recalls is among these.`);
  }
  if (exact.length < report.patterns.length) {
    notes.push("Real-valued patterns are shown here, but the playground recalls among the black and white ones only.");
  }
  $("sampled").textContent = notes.join(" ");
  $("sampled").hidden = !notes.length;
}

function showStatistics() {
  const largest = Math.max(...info.files.map(file => file.bytes), 1);
  $("files").replaceChildren(...info.files.map(file => {
    const bar = element("meter-bar");
    bar.style.setProperty("--value", file.bytes / largest);
    return element(
      "tr", {},
      element("td", {}, element("code", { textContent: file.name })),
      element("td", {}, bar),
      element("td", { textContent: bytes(file.bytes) }),
      element("td", { textContent: info.neurons ? bytes(Math.round(file.bytes / info.neurons)) : "" }));
  }));
  const facts = [
    ["Path", shownKey(info.store)],
    ["Identity", info.uuid],
    ["Format", `${info.format}, ${info.layout}`],
    ["Created", time(info.created)],
    ["First memorized", statistics.firstMemorized ? time(statistics.firstMemorized) : "never"],
    ["Last memorized", statistics.lastMemorized ? time(statistics.lastMemorized) : "never"],
    ["Duplicates", count(statistics.duplicates)],
    ["Rule", `epsW ${info.rule.epsW}, epsV ${info.rule.epsV}, theta ${info.rule.theta}, steps ${info.rule.steps}`],
    ["Criteria", `contrast ${info.criteria.contrast}, disagreement ${info.criteria.disagreement}, `
      + `agreement ${info.criteria.agreement}, threshold ${info.criteria.threshold}`],
  ];
  $("facts").replaceChildren(...facts.flatMap(([name, value]) => [
    element("dt", { textContent: name }), element("dd", { textContent: value })]));
  const plots = () => {
    histogram($("density"), exact.map(pattern => pattern.white), "Share of white pixels", value => percent(value));
    histogram($("distances"), exact.filter(pattern => pattern.distance !== null).map(pattern => pattern.distance),
      "Distance to the nearest other pattern", value => percent(value));
  };
  new ResizeObserver(plots).observe($("density"));
}

function showVerified() {
  const lines = (name, texts) => texts.map(text => element("li", { className: name, textContent: shownKey(text) }));
  const problems = [...info.problems];
  if (report.refused && !problems.includes(report.refused)) problems.push(report.refused);
  $("verification-chip").textContent = $("sound").textContent;
  $("verification-chip").dataset.sound = $("sound").dataset.sound;
  $("verified").textContent = problems.length
    ? `The stripes of ${count(report.checked)} neurons were compared with their checksums.`
    : `Header, journal and the stripes of ${count(report.checked)} neurons agree with their checksums.`;
  $("findings").replaceChildren(...lines("problem", problems), ...lines("note", info.notes));
}

function showPicked(pattern) {
  const nearest = byNeuron.get(pattern.nearest);
  const near = pattern.nearest === null ? "no other"
    : `nearest other ${nearest ? shownKey(nearest.key) : "neuron " + pattern.nearest}, ${percent(pattern.distance)} away`;
  $("picked-says").textContent =
    `neuron ${pattern.neuron}, memorized ${time(pattern.memorized)}, ${percent(pattern.white)} white, ${near}`;
}

function follow(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  $("theme").textContent = dark ? "Light" : "Dark";
  $("theme").dataset.next = dark ? "light" : "dark";
}

$("theme").addEventListener("click", () => follow($("theme").dataset.next));
follow("");
showHead();
showEmbedded();
showStatistics();
showVerified();

function draw(canvas, pattern) {
  if (pattern.grey) drawGrey(canvas, pattern.grey);
  else drawThumbnail(canvas, memory.bitsOf(indexOf.get(pattern)), width, height);
}

let playground = null;
const gallery = new Gallery(report, draw, pattern => {
  if (!indexOf.has(pattern)) return;
  playground.pick(indexOf.get(pattern));
  $("playground").scrollIntoView({ block: "start" });
  $("cue").focus({ preventScroll: true });
});
if (exact.length) {
  playground = new Playground(memory, exact, width, height, pattern => {
    gallery.choose(pattern);
    showPicked(pattern);
  });
  playground.pick(0);
  playground.keepQuarter();
} else {
  $("playground").hidden = document.querySelector("nav a").hidden = true;
}

/**
 * For tests and for those who look under the hood.
 *
 * recall(shown, visible, coding): what the playground answers to a cue. shown and visible are base64 of one bit a pixel,
 * pixel j bit j % 8 of byte j / 8, in whole words of 4 bytes; coding is "bipolar" or "unipolar".
 * ready: milliseconds from the start of the page until gallery and playground could be used.
 */
window.engram = {
  ready: null,
  recall: (shown, visible, coding) => answerOf(memory, exact, shown, visible, coding),
};
requestAnimationFrame(() => setTimeout(() => { window.engram.ready = performance.now(); }));
