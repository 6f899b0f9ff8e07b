// Numbers that the same seed always gives again.

/** A generator: 32 bits of state, stirred as in MurmurHash3. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1);
  }

  /** A whole number below `end`. */
  below(end) {
    let mixed = (this.#state = (this.#state + 0x9e3779b9) | 0);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32) * end);
  }

  /** True once in `times`. */
  once(times) {
    return this.below(times) === 0;
  }

  /** One of these. */
  of(choices) {
    return choices[this.below(choices.length)];
  }
}
