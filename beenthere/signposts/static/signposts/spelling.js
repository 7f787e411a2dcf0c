// Words as they are typed, and the words they stand for: slang, slips, stars. signposts/core/spelling.py does
// the same on the server.
const SHOWN = 2; // letters that have to show between stars
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
  const meant = (word) => {
    const behind = known.has(word) ? null : unveiled(word, near);
    return known.get(behind ?? word) ?? behind ?? word;
  };
  return (text) => text.replace(/[a-z0-9*]+/gu, meant);
}

// The first word that may stand behind the stars; at least two letters have to show.
function unveiled(word, near) {
  if (!word.includes("*") || word.replaceAll("*", "").length < SHOWN) return null;
  const stands = (known) => known.length === word.length && known[0] === word[0]
    && [...word].every((one, at) => one === "*" || one === known[at]);
  return near.find(stands) ?? null;
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
  }
}
