// The gallery: pages of patterns, drawn when they come into sight, found by key.

class Gallery {
  static PAGE = 48;

  /**
   * @param report what the page knows
   * @param draw draws a pattern on a canvas
   * @param pick told of a pattern that was chosen
   */
  constructor(report, draw, pick) {
    this.patterns = report.patterns;
    this.draw = draw;
    this.pick = pick;
    this.found = this.patterns;
    this.page = 0;
    this.chosen = null;
    this.sight = new IntersectionObserver(
      entries => entries.filter(entry => entry.isIntersecting).forEach(entry => this.drawOnce(entry.target)),
      { rootMargin: "200px" });
    $("search").addEventListener("input", () => this.search($("search").value));
    $("earlier").addEventListener("click", () => this.turn(-1));
    $("later").addEventListener("click", () => this.turn(1));
    $("cards").addEventListener("keydown", event => this.move(event));
    $("cards").addEventListener("focusin", event => this.stop(event.target.closest("button")));
    document.addEventListener("keydown", event => {
      const typing = event.target.closest("input, select, textarea");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        $("search").focus();
      }
    });
    this.show();
  }

  search(text) {
    const wanted = text.trim().toLowerCase();
    const number = /^#?\d+$/.test(wanted) ? Number(wanted.replace("#", "")) : -1;
    this.found = this.patterns.filter(
      pattern => pattern.key.toLowerCase().includes(wanted) || pattern.neuron === number);
    this.page = 0;
    this.show();
  }

  turn(by) {
    this.page += by;
    this.show();
    $("cards").querySelector("button")?.focus({ preventScroll: true });
    $("gallery").scrollIntoView({ block: "start" });
  }

  choose(pattern) {
    this.chosen = pattern;
    for (const card of $("cards").children) card.setAttribute("aria-pressed", card.pattern === pattern);
  }

  show() {
    const pages = Math.max(1, Math.ceil(this.found.length / Gallery.PAGE));
    const from = this.page * Gallery.PAGE;
    const cards = this.found.slice(from, from + Gallery.PAGE).map(pattern => this.card(pattern));
    this.sight.disconnect();
    $("cards").replaceChildren(...cards);
    cards.forEach(card => this.sight.observe(card));
    if (cards.length) cards[0].tabIndex = 0;
    $("found").textContent = this.found.length
      ? `${count(from + 1)} to ${count(from + cards.length)} of ${count(this.found.length)}`
      : this.patterns.length ? "No key has this in it." : "There are no patterns.";
    $("earlier").disabled = this.page === 0;
    $("later").disabled = this.page >= pages - 1;
    $("pager").hidden = pages === 1;
  }

  card(pattern) {
    const key = shownKey(pattern.key);
    const card = element(
      "button",
      {
        type: "button",
        className: "card",
        tabIndex: -1,
        title: key,
        "aria-pressed": pattern === this.chosen,
        "aria-label": `${key}, neuron ${pattern.neuron}${pattern.grey ? ", real-valued" : ""}`,
      },
      element("canvas", { width: 1, height: 1 }),
      element("bdi", { className: "key", textContent: key }),
      element("span", { className: "quiet", textContent: pattern.grey ? `${pattern.neuron} · real` : pattern.neuron }));
    card.pattern = pattern;
    card.addEventListener("click", () => this.pick(pattern));
    return card;
  }

  drawOnce(card) {
    this.sight.unobserve(card);
    this.draw(card.querySelector("canvas"), card.pattern);
  }

  /** One card is a stop of the Tab key; the arrow keys lead to the others. */
  stop(card) {
    for (const other of $("cards").children) other.tabIndex = other === card ? 0 : -1;
  }

  move(event) {
    const cards = [...$("cards").children];
    const at = cards.indexOf(event.target);
    if (at < 0) return;
    const across = cards.filter(card => card.offsetTop === cards[0].offsetTop).length;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + across, ArrowUp: at - across,
      Home: 0, End: cards.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    cards[to]?.focus();
  }
}
