// @ts-check
/** BLAKE2b (RFC 7693) of eight bytes, by which Python names the text of an essay: `Essay.fingerprint`. */

const MASK = (1n << 64n) - 1n;
const BLOCK = 128; // bytes
const BYTES = 8; // of the hash
const START = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
const ORDERS = `0123456789abcdef ea489fd61c02b753 b8c052fdae367194 7931dcbe265a40f8 905724afe1bc683d 2c6a0b834d75fe19
 c51fed4a0763928b db7ec13950f4862a 6fe9b308c2d714a5 a2847615fb9e3cd0 0123456789abcdef ea489fd61c02b753`
  .split(/\s+/)
  .map((order) => Array.from(order, (digit) => Number.parseInt(digit, 16)));
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

/** @param {bigint} word @param {bigint} by */
const turned = (word, by) => (word >> by) | ((word << (64n - by)) & MASK);

/**
 * Mix a block into the state.
 * @param {bigint[]} state @param {DataView} bytes @param {number} start of the block @param {number} seen bytes so far
 * @param {boolean} last
 */
function mix(state, bytes, start, seen, last) {
  const words = Array.from({ length: 16 }, (_, at) => bytes.getBigUint64(start + 8 * at, true));
  const v = [...state, ...START];
  v[12] ^= BigInt(seen);
  if (last) v[14] ^= MASK;
  for (const order of ORDERS) {
    for (const [at, [a, b, c, d]] of QUARTERS.entries()) {
      v[a] = (v[a] + v[b] + words[order[2 * at]]) & MASK;
      v[d] = turned(v[d] ^ v[a], 32n);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turned(v[b] ^ v[c], 24n);
      v[a] = (v[a] + v[b] + words[order[2 * at + 1]]) & MASK;
      v[d] = turned(v[d] ^ v[a], 16n);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turned(v[b] ^ v[c], 63n);
    }
  }
  for (let at = 0; at < 8; at += 1) state[at] ^= v[at] ^ v[at + 8];
}

/** The fingerprint of a text, in hex. @param {string} text */
export function blake2b(text) {
  const message = new TextEncoder().encode(text);
  const blocks = Math.max(1, Math.ceil(message.length / BLOCK));
  const padded = new Uint8Array(blocks * BLOCK);
  padded.set(message);
  const bytes = new DataView(padded.buffer);
  const state = [...START];
  state[0] ^= 0x01010000n ^ BigInt(BYTES);
  for (let block = 0; block < blocks; block += 1) {
    const last = block === blocks - 1;
    mix(state, bytes, block * BLOCK, last ? message.length : (block + 1) * BLOCK, last);
  }
  const digits = new DataView(new ArrayBuffer(BYTES));
  digits.setBigUint64(0, state[0], true);
  return digits
    .getBigUint64(0)
    .toString(16)
    .padStart(2 * BYTES, "0");
}
