// The playground: a pattern is damaged by hand, and recalled at once.

class Playground {
  /**
   * @param memory the patterns to recall from
   * @param patterns the facts of each pattern
   * @param width pixels across
   * @param height pixels down
   * @param chosen told of the pattern that is damaged now
   */
  constructor(memory, patterns, width, height, chosen) {
    Object.assign(this, { memory, patterns, width, height, chosen });
    this.visible = memory.all.slice();
    this.flips = new Int32Array(memory.wordsEach);
    this.blocks = randomOf(1);
    this.seed = 1;
    this.at = { x: width >> 1, y: height >> 1 };
    this.read = null;
    $("pattern").replaceChildren(...patterns.map((pattern, i) =>
      element("option", { value: i, textContent: `${shownKey(pattern.key)}  (${pattern.neuron})` })));
    $("brush").max = Math.max(2, Math.max(width, height) >> 1);
    $("brush").value = Math.max(1, Math.round(Math.max(width, height) / 9));
    $("cue").style.aspectRatio = $("recalled").style.aspectRatio = `${width} / ${height}`;
    this.listen();
    this.showBrush();
  }

  listen() {
    const on = (id, event, act) => $(id).addEventListener(event, act);
    on("pattern", "change", () => this.pick(Number($("pattern").value)));
    on("previous", "click", () => this.pick((this.picked + this.memory.count - 1) % this.memory.count));
    on("next", "click", () => this.pick((this.picked + 1) % this.memory.count));
    on("noise", "input", () => this.makeNoise());
    on("reroll", "click", () => {
      this.seed++;
      this.makeNoise();
    });
    on("quarter", "click", () => this.keepQuarter());
    on("erase", "click", () => this.eraseBlocks());
    on("restore", "click", () => this.restore());
    on("brush", "input", () => this.showBrush());
    document.getElementsByName("coding").forEach(choice => choice.addEventListener("change", () => this.update()));
    const canvas = $("cue");
    canvas.addEventListener("pointerdown", event => {
      canvas.setPointerCapture(event.pointerId);
      this.at = this.pixelAt(event);
      this.stroke(this.at, this.at);
      event.preventDefault();
      canvas.focus({ preventScroll: true });
    });
    canvas.addEventListener("pointermove", event => {
      const to = this.pixelAt(event);
      if (canvas.hasPointerCapture(event.pointerId)) this.stroke(this.at, to);
      this.at = to;
      this.showBrush();
    });
    canvas.addEventListener("pointerleave", () => this.showBrush());
    canvas.addEventListener("keydown", event => this.key(event));
    canvas.addEventListener("focus", () => this.showBrush());
    canvas.addEventListener("blur", () => this.showBrush());
    const plot = $("responses");
    plot.addEventListener("pointermove", event => this.point(this.plot.near(event.clientX, event.clientY)));
    plot.addEventListener("pointerleave", () => this.point(null));
    plot.addEventListener("click", event => this.pick(this.plot.near(event.clientX, event.clientY)));
    plot.addEventListener("keydown", event => this.readOn(event));
    new ResizeObserver(() => this.drawPlot()).observe(plot);
  }

  pick(index) {
    this.picked = index;
    this.read = null;
    $("pattern").value = index;
    this.update();
    this.chosen(this.patterns[index]);
  }

  coding() {
    return document.querySelector("input[name=coding]:checked").value;
  }

  /** Every pixel has a number of its own, so that more noise only adds to less noise. */
  makeNoise() {
    const share = $("noise").value / 100;
    const random = randomOf(this.seed);
    this.flips.fill(0);
    for (let j = 0; j < this.memory.pixels; j++) {
      if (random() < share) this.flips[j >> 5] |= 1 << (j & 31);
    }
    this.update();
  }

  keepQuarter() {
    this.visible.fill(0);
    this.rectangle(this.width >> 1, this.height >> 1, this.width, this.height, true);
    this.update();
  }

  /** Hides blocks of an eighth of a side, until a tenth more of all pixels is hidden. */
  eraseBlocks() {
    const side = Math.max(1, Math.round(Math.min(this.width, this.height) / 8));
    const goal = countOf(this.visible) - Math.ceil(this.memory.pixels / 10);
    while (countOf(this.visible) > Math.max(0, goal)) {
      const x = Math.floor(this.blocks() * (this.width + side)) - side;
      const y = Math.floor(this.blocks() * (this.height + side)) - side;
      this.rectangle(x, y, x + side, y + side, false);
    }
    this.update();
  }

  restore() {
    this.visible.set(this.memory.all);
    $("noise").value = 0;
    this.makeNoise();
  }

  rectangle(left, top, right, bottom, show) {
    for (let y = Math.max(0, top); y < Math.min(this.height, bottom); y++) {
      for (let x = Math.max(0, left); x < Math.min(this.width, right); x++) {
        const j = y * this.width + x;
        if (show) this.visible[j >> 5] |= 1 << (j & 31);
        else this.visible[j >> 5] &= ~(1 << (j & 31));
      }
    }
  }

  pixelAt(event) {
    const place = $("cue").getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most - 1, Math.floor(value * most)));
    return {
      x: within((event.clientX - place.left) / place.width, this.width),
      y: within((event.clientY - place.top) / place.height, this.height),
    };
  }

  /** Draws with the brush from one pixel to another. */
  stroke(from, to) {
    const steps = Math.max(1, Math.abs(to.x - from.x), Math.abs(to.y - from.y));
    const restore = document.querySelector("input[name=tool]:checked").value === "restore";
    for (let step = 0; step <= steps; step++) {
      const { left, top, size } = this.brushAt({
        x: Math.round(from.x + ((to.x - from.x) * step) / steps),
        y: Math.round(from.y + ((to.y - from.y) * step) / steps),
      });
      this.rectangle(left, top, left + size, top + size, restore);
    }
    this.update();
  }

  brushAt({ x, y }) {
    const size = Number($("brush").value);
    return { left: x - (size >> 1), top: y - (size >> 1), size };
  }

  showBrush() {
    const { left, top, size } = this.brushAt(this.at);
    const ring = $("ring").style;
    ring.left = (100 * left) / this.width + "%";
    ring.top = (100 * top) / this.height + "%";
    ring.width = (100 * size) / this.width + "%";
    ring.height = (100 * size) / this.height + "%";
    $("brush-size").textContent = `${size} px`;
  }

  key(event) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === " " || event.key === "Enter") {
      this.stroke(this.at, this.at);
    } else if (by) {
      const step = Math.max(1, Number($("brush").value) >> 1);
      const to = {
        x: Math.max(0, Math.min(this.width - 1, this.at.x + by[0] * step)),
        y: Math.max(0, Math.min(this.height - 1, this.at.y + by[1] * step)),
      };
      if (event.shiftKey) this.stroke(this.at, to);
      this.at = to;
      this.showBrush();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Recalls before the next picture, however much has changed since the last. */
  update() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.recallNow();
    });
  }

  recallNow() {
    const bits = this.memory.bitsOf(this.picked);
    this.shown = bits.map((word, k) => (word ^ this.flips[k]) & this.memory.all[k]);
    this.answer = this.memory.recall(this.shown, this.visible, this.coding());
    drawCue($("cue"), this.shown, this.visible, this.width, this.height);
    const none = this.answer.voters === 0;
    const blank = new Int32Array(this.memory.wordsEach);
    const winner = this.answer.candidates[0].index;
    drawCue(
      $("recalled"), none ? blank : this.memory.bitsOf(winner), none ? blank : this.memory.all, this.width, this.height);
    this.tell(winner, none);
    this.drawPlot();
  }

  tell(winner, none) {
    const { verdict, voters, contrast, candidates } = this.answer;
    const name = i => shownKey(this.patterns[i].key);
    $("verdict").dataset.verdict = $("recalled").dataset.verdict = verdict;
    $("verdict-word").textContent = verdict;
    $("verdict-key").textContent = none ? "" : name(winner);
    $("verdict-says").textContent = none
      ? "Nothing votes: show at least one pixel."
      : {
        RECOGNISED: winner === this.picked ? "It is the pattern you picked." : "It is not the pattern you picked.",
        AMBIGUOUS: "Several stored patterns fit equally; this is the first of them.",
        UNKNOWN: "It is the nearest, but not near enough to say so.",
      }[verdict];
    const hidden = this.memory.pixels - countOf(this.visible);
    const flipped = countOf(this.flips.map((word, k) => word & this.visible[k]));
    $("cue-says").textContent =
      `${percent(hidden / this.memory.pixels)} hidden, ${count(flipped)} of ${count(this.memory.pixels - hidden)} visible pixels flipped`;
    $("noise-says").textContent = `${$("noise").value} %, seed ${this.seed}`;
    const { criteria } = this.memory;
    const asked = name => this.answer.criteria.find(({ criterion }) => criterion === name);
    const meter = (id, value, least, judged) => {
      const box = $(id);
      box.querySelector("output").textContent = value === null ? "none" : value.toFixed(4);
      box.querySelector("meter-bar").style.setProperty("--value", Math.max(0, Math.min(1, value || 0)));
      box.querySelector("meter-bar").style.setProperty("--least", Math.max(0, Math.min(1, least)));
      box.querySelector(".says").textContent = judged
        ? `${judged.met ? "enough" : "too little"}: at least ${short(Number(least.toFixed(4)))} is wanted`
        : "does not count here";
      box.classList.toggle("idle", !judged);
      box.classList.toggle("short", Boolean(judged) && !judged.met);
    };
    const best = candidates[0];
    const byContrast = asked("contrast");
    const byDisagreement = asked("disagreement");
    meter("meter-q", none ? null : best.q, criteria.threshold, asked("threshold"));
    meter("meter-contrast", byContrast ? byContrast.value : contrast,
      byContrast ? byContrast.bar : criteria.contrast, byContrast);
    meter("meter-agreement", none ? null : best.agreement,
      byDisagreement ? 1 - criteria.disagreement : criteria.agreement, byDisagreement ?? asked("agreement"));
    $("best").replaceChildren(...candidates.slice(0, NAMED).map(({ index, q, agreement }) => element(
      "tr",
      { className: index === this.picked ? "picked" : "" },
      element("td", {}, element("bdi", { textContent: name(index) })),
      element("td", { textContent: this.patterns[index].neuron }),
      element("td", { textContent: q.toFixed(6) }),
      element("td", { textContent: agreement.toFixed(4) }))));
  }

  drawPlot() {
    if (!this.answer) return;
    const { criteria, pixels, gains } = this.memory;
    const bipolar = this.coding() === "bipolar";
    const alike = gains.every(gain => gain === gains[0]);
    const byAgreement = this.answer.criteria.some(({ criterion }) => criterion === "agreement");
    const disagreement = byAgreement ? 1 - criteria.agreement : criteria.disagreement;
    const positives = countOf(this.memory.cue(this.shown, this.visible, this.coding()).positive);
    const least = !bipolar
      ? { value: criteria.threshold, name: `threshold ${short(Number(criteria.threshold.toFixed(4)))}` }
      : alike
        ? { value: (gains[0] * (positives - disagreement * this.answer.voters)) / pixels,
          name: `${percent(1 - disagreement, 0)} agreement` }
        : null;
    this.plot = responsePlot($("responses"), this.patterns, this.answer, this.picked, least);
    this.point(this.read);
  }

  point(i) {
    this.read = i;
    this.plot?.point(i);
    const { candidates, responses } = this.answer;
    const read = i === null ? candidates[0].index : i;
    const pattern = this.patterns[read];
    $("read").textContent =
      `${i === null ? "most: " : ""}${shownKey(pattern.key)}, neuron ${pattern.neuron}, q/R ${responses[read].toFixed(6)}`;
  }

  readOn(event) {
    const last = this.memory.count - 1;
    const from = this.read ?? this.answer.candidates[0].index;
    const to = { ArrowRight: Math.min(last, from + 1), ArrowLeft: Math.max(0, from - 1), Home: 0, End: last }[event.key];
    if (to !== undefined) this.point(to);
    else if (event.key === "Enter") this.pick(from);
    else return;
    event.preventDefault();
  }
}
