// Plots, as SVG that the style colours.

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** About the wanted number of round numbers from low to high. */
function ticks(low, high, wanted) {
  const rough = (high - low) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough);
  const made = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++) made.push(n * step);
  return made;
}

const short = n => String(Number(n.toPrecision(6)));

/** A plot with its axes; x and y turn values into places. */
function frame(box, height, [xLow, xHigh], [yLow, yHigh], label) {
  const width = Math.max(260, box.clientWidth);
  const yTicks = ticks(yLow, yHigh, 4);
  const left = 16 + 7 * Math.max(...yTicks.map(tick => short(tick).length));
  const right = width - 10;
  const top = 12;
  const bottom = height - 24;
  const x = value => left + ((value - xLow) / (xHigh - xLow || 1)) * (right - left);
  const y = value => bottom - ((value - yLow) / (yHigh - yLow || 1)) * (bottom - top);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
  for (const tick of yTicks) {
    root.append(
      svg("line", { class: "grid", x1: left, x2: right, y1: y(tick), y2: y(tick) }),
      svg("text", { class: "tick", x: left - 7, y: y(tick) + 4, "text-anchor": "end" }, short(tick)));
  }
  for (const tick of ticks(xLow, xHigh, width / 90)) {
    root.append(svg("text", { class: "tick", x: x(tick), y: height - 6, "text-anchor": "middle" }, short(tick)));
  }
  return { root, x, y, left, right, top, bottom, width };
}

/** How often values fall into each of some equal ranges. */
function histogram(box, values, label, format) {
  if (!values.length) {
    box.replaceChildren(element("p", { className: "quiet", textContent: "Nothing to plot." }));
    return;
  }
  // A range is a whole number of steps between values. Otherwise some ranges would hold more values than others.
  const sorted = Float64Array.from(values).sort();
  const span = sorted.at(-1) - sorted[0];
  const gap = sorted.reduce(
    (least, value, i) => (i && value - sorted[i - 1] > 1e-9 ? Math.min(least, value - sorted[i - 1]) : least),
    span || 0.01);
  const wanted = Math.min(28, Math.ceil(Math.sqrt(values.length)) + 6);
  const each = gap * Math.max(1, Math.ceil(span / gap / wanted));
  const low = sorted[0] - gap / 2;
  const bins = new Array(Math.floor((span + gap / 2) / each) + 1).fill(0);
  for (const value of values) bins[Math.floor((value - low) / each)]++;
  const { root, x, y, bottom } = frame(box, 170, [low, low + bins.length * each], [0, Math.max(...bins)], label);
  bins.forEach((n, i) => {
    if (!n) return;
    const from = low + i * each;
    root.append(svg(
      "rect",
      { class: "bar", x: x(from) + 0.75, width: x(from + each) - x(from) - 1.5, y: y(n), height: bottom - y(n), rx: 1.5 },
      svg("title", {}, `${format(from)} to ${format(from + each)}: ${count(n)}`)));
  });
  box.replaceChildren(root);
}

/** The responses of all patterns, with the winner, the one that was picked, and the least response that would do. */
function responsePlot(box, patterns, answer, picked, least) {
  const { responses } = answer;
  const values = least ? [...responses, least.value] : responses;
  const high = Math.max(...values);
  const low = Math.min(...values);
  const room = (high - low) * 0.12 || 0.05;
  const neurons = patterns.map(pattern => pattern.neuron);
  const made = frame(
    box, 250, [neurons[0], Math.max(neurons.at(-1), neurons[0] + 1)], [low - room, high + room],
    "Responses of all patterns; the arrow keys read them one by one");
  const { root, x, y, left, right } = made;
  const at = i => [x(neurons[i]).toFixed(1), y(responses[i]).toFixed(1)];
  root.append(svg("path", { class: "dots", d: neurons.map((_, i) => `M${at(i)}h0`).join("") }));
  if (least) {
    root.append(
      svg("line", { class: "least", x1: left, x2: right, y1: y(least.value), y2: y(least.value) }),
      svg("text", { class: "least", x: right, y: y(least.value) - 6, "text-anchor": "end" }, least.name));
  }
  const winner = answer.candidates[0].index;
  const mark = (i, name, r) => {
    const [cx, cy] = at(i);
    root.append(svg("circle", { class: name, cx, cy, r }));
  };
  if (picked !== winner) mark(picked, "picked", 6);
  mark(winner, "winner", 5);
  const cursor = svg("circle", { class: "cursor", r: 7, cx: -20, cy: -20 });
  root.append(cursor);
  box.replaceChildren(root);
  return {
    /** The pattern nearest to a place in the plot. */
    near(clientX, clientY) {
      const place = root.getBoundingClientRect();
      const px = ((clientX - place.left) * made.width) / place.width;
      const py = ((clientY - place.top) * 250) / place.height;
      let best = 0;
      let distance = Infinity;
      for (let i = 0; i < neurons.length; i++) {
        const d = (x(neurons[i]) - px) ** 2 + 0.25 * (y(responses[i]) - py) ** 2;
        if (d < distance) {
          distance = d;
          best = i;
        }
      }
      return best;
    },
    point(i) {
      const [cx, cy] = i === null ? [-20, -20] : at(i);
      cursor.setAttribute("cx", cx);
      cursor.setAttribute("cy", cy);
    },
  };
}
