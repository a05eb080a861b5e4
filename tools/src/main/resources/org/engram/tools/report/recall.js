// Recall as the library does it, among the patterns of this page: counts of bits, the same formulas, the same order.
//
// A plane is one bit a pixel: pixel j, row by row, is bit j % 32 of word j / 32.

/** From this many patterns on, contrast decides; below it, plain agreement does. */
const COMPANY = 8;
/** A neuron that disagrees with more voters than this many times the winner's is no rival of it. */
const RIVAL_FACTOR = 3;

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

/** The planes of a base64 text, of whole words. */
function wordsOf(base64) {
  return new Int32Array(bytesOf(base64).buffer);
}

function countOf(plane) {
  let n = 0;
  for (const word of plane) n += popcount(word);
  return n;
}

/** The black and white patterns that are recalled from. */
class Memory {
  /**
   * @param pixels R
   * @param words the planes of all patterns, one after the other
   * @param gains of every pattern the weight of a white pixel
   * @param criteria of the store: threshold, contrast, disagreement, agreement
   */
  constructor(pixels, words, gains, criteria) {
    this.pixels = pixels;
    this.wordsEach = Math.ceil(pixels / 32);
    this.words = words;
    this.gains = Float32Array.from(gains);
    this.count = this.gains.length;
    // The library holds them as floats.
    this.criteria = Object.fromEntries(Object.entries(criteria).map(([name, value]) => [name, Math.fround(value)]));
    this.all = new Int32Array(this.wordsEach).fill(-1);
    if (pixels % 32) this.all[this.wordsEach - 1] = (1 << (pixels % 32)) - 1;
  }

  plane(index) {
    return this.words.subarray(index * this.wordsEach, (index + 1) * this.wordsEach);
  }

  /** Of the voters, those in which a pattern differs from a plane. */
  differing(index, plane, voters) {
    const from = index * this.wordsEach;
    let n = 0;
    for (let k = 0; k < voters.length; k++) n += popcount((this.words[from + k] ^ plane[k]) & voters[k]);
    return n;
  }

  /**
   * Recalls.
   *
   * @param shown plane of the cue
   * @param visible plane of what may be seen of it
   * @param coding "bipolar" or "unipolar"
   * @return {verdict, contrast, voters, candidates, responses}: contrast is null where there is none; candidates are all
   *     patterns, most response first, each {index, q, agreement}; responses is q / R by index
   */
  recall(shown, visible, coding) {
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
    if (this.count === 0) return { verdict: "UNKNOWN", contrast: null, voters: voting, candidates, responses };
    const contrast = voting === 0 ? null : this.contrast(order[0], deficits, voters, voting);
    const tied = this.count > 1 && q[order[1]] === q[order[0]];
    const verdict = this.verdict(coding, candidates[0], Number.isFinite(q[order[0]]), contrast, tied);
    return {
      verdict,
      contrast: contrast && (contrast.twin ? 0 : contrast.least),
      voters: voting,
      candidates,
      responses,
    };
  }

  /** The voters, and those of them that vote for white. Hidden pixels do not vote, or are painted white. */
  cue(shown, visible, coding) {
    if (coding === "bipolar") {
      return { positive: shown.map((word, k) => word & visible[k]), voters: visible };
    }
    const painted = shown.map((word, k) => (word | ~visible[k]) & this.all[k]);
    return { positive: painted, voters: painted };
  }

  /** How clearly the winner stands out from its rivals, and whether one is the same on all voters. */
  contrast(winner, deficits, voters, voting) {
    const plane = this.plane(winner);
    const share = 1 - (2 * deficits[winner]) / voting;
    let least = 1;
    let twin = false;
    for (let i = 0; i < this.count; i++) {
      if (i === winner || deficits[i] > RIVAL_FACTOR * deficits[winner]) continue;
      const differing = this.differing(i, plane, voters);
      const behind = deficits[i] - deficits[winner];
      if (differing === 0) twin = true;
      else if (share <= 0) least = 0;
      else least = Math.min(least, Math.max(0, behind / (differing * share)));
    }
    return { least, twin };
  }

  verdict(coding, winner, finite, contrast, tied) {
    const { threshold, disagreement, agreement } = this.criteria;
    if (contrast === null || !finite) return "UNKNOWN";
    let recognised;
    let several = contrast.twin;
    if (coding === "unipolar") {
      recognised = winner.q >= threshold;
      several = tied;
    } else if (this.count < COMPANY) {
      recognised = winner.agreement >= agreement;
    } else {
      recognised = contrast.least >= this.criteria.contrast && 1 - winner.agreement <= disagreement;
    }
    if (!recognised) return "UNKNOWN";
    return several ? "AMBIGUOUS" : "RECOGNISED";
  }
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
