// Words as they are typed, and the words they stand for: slang, slips, stars. signposts/core/spelling.py does
// the same on the server.
const [SWAPPED, MISSING, NEIGHBOUR] = [4, 5, 6]; // letters a word has at least, for such slips to be understood

// Of what the rule file tells: the text with each word as it is meant.
export function spelling({ words, near, keys, not }) {
  const known = new Map(Object.entries(words));
  const own = new Set([...known.keys(), ...near, ...not]);
  for (const word of near) {
    const meant = known.get(word) ?? word;
    for (const slip of slips(word, keys)) {
      if (!own.has(slip) && !known.has(slip)) known.set(slip, meant);
    }
  }
  return (text) => text.replace(/[a-z0-9*]+/gu, (word) => known.get(word) ?? word);
}

// The word with one slip in it, its first letter as it is.
function* slips(word, keys) {
  const { length } = word;
  for (let at = 0; at < length; at++) yield word.slice(0, at + 1) + word.slice(at);
  for (let at = 0; length >= SWAPPED && at < length - 1; at++) {
    yield word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  }
  for (let at = 1; at < length; at++) {
    if (length >= MISSING) yield word.slice(0, at) + word.slice(at + 1);
    if (length >= NEIGHBOUR) for (const key of keys[word[at]] ?? "") yield word.slice(0, at) + key + word.slice(at + 1);
    for (let stars = 1; stars <= length - at; stars++) {
      yield word.slice(0, at) + "*".repeat(stars) + word.slice(at + stars);
    }
  }
  yield word[0] + word.slice(1).replace(/[aeiou]/gu, "*");
}
