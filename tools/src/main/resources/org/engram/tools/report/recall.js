// Recall as the library does it, among the patterns of this page: counts of bits, the same formulas, the same order.
//
// The bits of a picture are one a pixel: pixel j, row by row, is bit j % 32 of word j / 32.

/** From this many patterns on, contrast decides; below it, plain agreement does. */
const COMPANY = 8;
/** The criteria of a store that nobody chose others for. They ask for more contrast where there is no crowd. */
const DEFAULT = { threshold: 0.7, contrast: 0.5, disagreement: 0.35, agreement: 0.95 };
/** So many patterns are a crowd for a whole picture; for the share s of a picture, as many over s * s. */
const CROWD = 128;
/** No more contrast than this is asked. */
const MOST = 0.9;
/** A neuron that disagrees with more voters than this many times the winner's is too far behind to be a rival. */
const RIVAL_FACTOR = 3;
/** The same where there is no crowd. */
const RIVAL_FACTOR_AMONG_FEW = 19;
/** The winner is compared with this many whose sketches fit the cue best, and with all that fit as well as the last of them. */
const RIVALS = 64;
/** It is also compared with all whose sketches differ from the cue in at most one voter in this many more than the best. */
const ALIKE = 64;
/** How many candidates an answer names, the winner included. */
const NAMED = 5;

function popcount(n) {
  n -= (n >>> 1) & 0x55555555;
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The bits in a base64 text, of whole words. */
function wordsOf(base64) {
  return new Int32Array(bytesOf(base64).buffer);
}

function countOf(bits) {
  let n = 0;
  for (const word of bits) n += popcount(word);
  return n;
}

/** A value that is not finite meets no bar. */
function judged(criterion, value, bar, enough) {
  return { criterion, value, bar, met: Number.isFinite(value) && enough };
}

/** The black and white patterns that are recalled from. */
class Memory {
  /**
   * @param pixels R
   * @param words the bits of all patterns, one after the other
   * @param sketch bits of the pixels that are in a sketch
   * @param gains for every pattern, the weight v of a white pixel
   * @param criteria of the store: threshold, contrast, disagreement, agreement
   */
  constructor(pixels, words, sketch, gains, criteria) {
    this.pixels = pixels;
    this.sketch = sketch;
    this.wordsEach = Math.ceil(pixels / 32);
    this.words = words;
    this.gains = Float32Array.from(gains);
    this.count = this.gains.length;
    // The library holds them as floats.
    this.criteria = Object.fromEntries(Object.entries(criteria).map(([name, value]) => [name, Math.fround(value)]));
    this.all = new Int32Array(this.wordsEach).fill(-1);
    if (pixels % 32) this.all[this.wordsEach - 1] = (1 << (pixels % 32)) - 1;
  }

  bitsOf(index) {
    return this.words.subarray(index * this.wordsEach, (index + 1) * this.wordsEach);
  }

  /** The number of voters in which a pattern differs from other bits. */
  differing(index, bits, voters) {
    const from = index * this.wordsEach;
    let n = 0;
    for (let k = 0; k < voters.length; k++) n += popcount((this.words[from + k] ^ bits[k]) & voters[k]);
    return n;
  }

  /**
   * Recalls.
   *
   * @param shown bits of the cue
   * @param visible bits of the pixels that may be seen
   * @param coding "bipolar" or "unipolar"
   * @param named how many candidates the judgement compares, the winner included
   * @return {voters, candidates, responses} and what judge returns: candidates are all patterns, most response
   *     first, each {index, q, agreement}; responses is q / R by index
   */
  recall(shown, visible, coding, named = NAMED) {
    const { positive, voters } = this.cue(shown, visible, coding);
    const voting = countOf(voters);
    const positives = countOf(positive);
    const deficits = new Int32Array(this.count);
    const q = new Float32Array(this.count);
    for (let i = 0; i < this.count; i++) {
      deficits[i] = this.differing(i, positive, voters);
      q[i] = this.gains[i] * (positives - deficits[i]);
    }
    const order = Array.from(q.keys()).sort((a, b) => q[b] - q[a] || a - b);
    const candidates = order.map(index => ({
      index,
      q: q[index] / this.pixels,
      agreement: voting === 0 ? 0 : 1 - deficits[index] / voting,
    }));
    const responses = Float64Array.from(q, value => value / this.pixels);
    const rivals = this.rivals(positive, voters);
    const judgement = this.judge(candidates, deficits, rivals, voters, voting, coding, named);
    return { ...judgement, voters: voting, candidates, responses };
  }

  /** Whether a pattern is compared with the winner, whichever wins, by index. */
  rivals(positive, voters) {
    const sketched = voters.map((word, k) => word & this.sketch[k]);
    const ofSketch = Array.from({ length: this.count }, (_, i) => this.differing(i, positive, sketched));
    const ordered = [...ofSketch].sort((a, b) => a - b);
    const most = Math.max(
      ordered[Math.min(RIVALS, this.count) - 1], ordered[0] + Math.floor(countOf(sketched) / ALIKE));
    return ofSketch.map(deficit => deficit <= most);
  }

  /** The voters, and those of them that vote for white. Hidden pixels do not vote, or are painted white. */
  cue(shown, visible, coding) {
    if (coding === "bipolar") {
      return { positive: shown.map((word, k) => word & visible[k]), voters: visible };
    }
    const painted = shown.map((word, k) => (word | ~visible[k]) & this.all[k]);
    return { positive: painted, voters: painted };
  }

  /**
   * Judges, as Judgement of the library says; a test compares every field.
   *
   * @return {verdict, criteria, hasTwin, contrast, rivals}: criteria are {criterion, value, bar, met}, contrast is null
   *     where there is none, rivals are the named candidates except the winner, {index, contrast, distance, twin}
   */
  judge(candidates, deficits, rivals, voters, voting, coding, named) {
    if (!candidates.length || voting === 0) {
      const none = candidates.slice(1, named).map(
        ({ index }) => ({ index, contrast: null, distance: null, twin: false }));
      return { verdict: "UNKNOWN", criteria: [], hasTwin: false, contrast: null, rivals: none };
    }
    const [winner, second] = candidates;
    const { least, twin, to } = this.contrast(winner.index, deficits, rivals, voters, voting);
    const byResponse = coding === "unipolar" || !Number.isFinite(winner.q);
    const asked = this.criteriaFor(voting);
    const atLeast = (criterion, value) => judged(criterion, value, asked[criterion], value >= asked[criterion]);
    const atMost = (criterion, value) => judged(criterion, value, asked[criterion], value <= asked[criterion]);
    const few = this.count < COMPANY;
    const criteria = byResponse
      ? [atLeast("threshold", winner.q)]
      : few
        ? [atLeast("agreement", winner.agreement)]
        : [atLeast("contrast", least), atMost("disagreement", 1 - winner.agreement)];
    const hasTwin = byResponse ? second?.q === winner.q : twin || (few && least === 0);
    const known = criteria.every(({ met }) => met);
    return {
      verdict: !known ? "UNKNOWN" : hasTwin ? "AMBIGUOUS" : "RECOGNISED",
      criteria,
      hasTwin,
      contrast: twin ? 0 : least,
      rivals: candidates.slice(1, named).map(({ index, q }) => {
        const differing = this.differing(index, this.bitsOf(winner.index), voters);
        const contrast = to(index, differing);
        return {
          index,
          contrast,
          distance: differing / voting,
          twin: byResponse ? q === winner.q : differing === 0 || (few && contrast === 0),
        };
      }),
    };
  }

  /** What CROWD is compared with. */
  company(voting) {
    return this.count * (voting / this.pixels) ** 2;
  }

  /** The criteria as they are asked for a cue of so many voters, as Criteria.among of the library says. */
  criteriaFor(voting) {
    const company = this.company(voting);
    const chosen = Object.keys(DEFAULT).some(name => this.criteria[name] !== Math.fround(DEFAULT[name]));
    if (chosen || company >= CROWD) return this.criteria;
    const contrast = Math.round(100 * this.criteria.contrast * (CROWD / company) ** 0.1) / 100;
    return { ...this.criteria, contrast: Math.fround(Math.min(MOST, contrast)) };
  }

  /**
   * How clearly the winner stands out.
   *
   * @return {least, twin, to}: the least contrast over rivals that differ from it, whether one is the same on all voters,
   *     and the contrast to one rival, null when it is too far behind to be one
   */
  contrast(winner, deficits, rivals, voters, voting) {
    const bits = this.bitsOf(winner);
    const share = 1 - (2 * deficits[winner]) / voting;
    const factor = this.company(voting) >= CROWD ? RIVAL_FACTOR : RIVAL_FACTOR_AMONG_FEW;
    const to = (i, differing) => {
      if (deficits[i] > factor * deficits[winner]) return null;
      if (differing === 0 || share <= 0) return 0;
      return Math.min(1, Math.max(0, (deficits[i] - deficits[winner]) / (differing * share)));
    };
    let least = 1;
    let twin = false;
    for (let i = 0; i < this.count; i++) {
      if (i === winner || deficits[i] > factor * deficits[winner]) continue;
      if (!rivals[i] && deficits[i] > deficits[winner]) continue;
      const differing = this.differing(i, bits, voters);
      if (differing === 0) twin = true;
      else least = Math.min(least, to(i, differing));
    }
    return { least, twin, to };
  }
}

/** The patterns of a page that are recalled from: those that are black and white. */
function exactOf(report) {
  return report.patterns.filter(pattern => !pattern.grey);
}

function memoryOf(report) {
  const { geometry, criteria } = report.info;
  const gains = exactOf(report).map(pattern => pattern.gain);
  return new Memory(geometry.pixels, wordsOf(report.bits), wordsOf(report.sketch), gains, criteria);
}

/** An answer with keys and neurons, for tests and for those who look under the hood; shown and visible are base64. */
function answerOf(memory, patterns, shown, visible, coding) {
  const answer = memory.recall(wordsOf(shown), wordsOf(visible), coding);
  const [winner] = answer.voters ? answer.candidates : [];
  return {
    verdict: answer.verdict,
    key: winner ? patterns[winner.index].key : null,
    neuron: winner ? patterns[winner.index].neuron : null,
    q: winner ? winner.q : null,
    agreement: winner ? winner.agreement : null,
    contrast: answer.contrast,
    criteria: answer.criteria,
    hasTwin: answer.hasTwin,
    rivals: answer.rivals.map(({ index, ...rival }) => ({ neuron: patterns[index].neuron, ...rival })),
    voters: answer.voters,
    responses: Array.from(answer.responses),
  };
}

/** Random numbers from 0 to 1, the same for the same seed. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
