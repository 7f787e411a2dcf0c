// Words weighed together, as signposts/core/weights.py does it on the server: how much each word, and each few in a
// row, speaks for a lane. Sums of whole numbers, so both answer alike.
const [PASSAGE, STEP] = [40, 20]; // words that are weighed together, and after how many the next passage begins
const STEM = 5; // letters by which longer words are akin

// Of what the rule file tells: the lanes of a mended text.
export function weighing(told) {
  const lanes = Object.entries(told ?? {}).map(([lane, { bar, adds }]) => ({ lane, bar, adds: added(adds) }));
  return (text) => (lanes.length ? weighed(text, lanes) : []);
}

function added(told) {
  const adds = new Map();
  for (const [number, words] of Object.entries(told)) for (const word of words.split(", ")) adds.set(word, +number);
  return adds;
}

function weighed(text, lanes) {
  const words = text.match(/[a-z0-9]+|[.!?](?:[^a-z0-9]*[.!?])*/gu)?.map((one) => (/[a-z0-9]/u.test(one) ? one : ".")) ?? [];
  const found = new Set();
  for (let start = 0; start === 0 || start + STEP < words.length; start += STEP) {
    const said = features(words.slice(start, start + PASSAGE));
    for (const { lane, bar, adds } of lanes) {
      let sum = 0;
      for (const one of said) sum += adds.get(one) ?? 0;
      if (words.length && sum >= bar) found.add(lane);
    }
  }
  return found;
}

// What a passage is weighed by: its words, akin words, two and three in a row, two around a third.
function features(words) {
  const found = new Set();
  for (const [at, one] of words.entries()) {
    const [two, three] = [words[at + 1], words[at + 2]];
    found.add(one);
    if (one.length > STEM) found.add(`${one.slice(0, STEM)}+`);
    if (two !== undefined) found.add(`${one} ${two}`);
    if (three !== undefined) found.add(`${one} ${two} ${three}`).add(`${one} _ ${three}`);
  }
  return found;
}
