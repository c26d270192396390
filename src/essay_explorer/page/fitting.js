// @ts-check
/** Which stretch of a list is most like another one: the twin of `fitted` in Python. Part of open_copy.js. */

/** The stretch of `given` most like `wanted`: `expected` unless another needs fewer edits, of those the longest.
 * @param {string[]} wanted  @param {string[]} given  @param {[number, number]} expected */
export function fitted(wanted, given, [start, end]) {
  const straight = edits(
    wanted,
    given.slice(start, end),
    Array.from({ length: end - start + 1 }, (_, at) => [at, start]),
  );
  const asExpected = straight[straight.length - 1][0];
  const row = edits(
    wanted,
    given,
    Array.from({ length: given.length + 1 }, (_, at) => [0, at]),
  );
  let best = 0;
  row.forEach(([count, from], at) => {
    if (count < row[best][0] || (count === row[best][0] && at - from > best - row[best][1])) best = at;
  });
  return asExpected <= row[best][0]
    ? { edits: asExpected, start, end }
    : { edits: row[best][0], start: row[best][1], end: best };
}

/**
 * @param {string[]} wanted @param {string[]} given @param {number[][]} row  (edits, start) for each end in `given`
 */
function edits(wanted, given, row) {
  const least = (/** @type {number[][]} */ ...ways) =>
    ways.reduce((one, way) => (way[0] < one[0] || (way[0] === one[0] && way[1] < one[1]) ? way : one));
  for (const sign of wanted) {
    const above = row;
    row = [[above[0][0] + 1, above[0][1]]];
    for (const [at, other] of given.entries()) {
      const kept = [above[at][0] + (sign === other ? 0 : 1), above[at][1]];
      const left = [above[at + 1][0] + 1, above[at + 1][1]];
      const added = [row[at][0] + 1, row[at][1]];
      row.push(least(kept, left, added));
    }
  }
  return row;
}
