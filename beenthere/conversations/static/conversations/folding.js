// Words folded and cut to their stems, exactly as core/folding.py does, by the same rules (stems.json).
const LANGUAGES = ["en", "es"];

// The rules, fetched from where `address` says.
export async function rulesFrom(address) {
  const told = await (await fetch(address)).json();
  for (const language of LANGUAGES) told[language].stop = new Set(told[language].stop.split(" "));
  return told;
}

// Whether `text` holds one of `entries`: each a list of words, each word a list of stems.
export function isMuted(rules, text, entries) {
  const stems = stemsOf(rules, text);
  return entries.some((entry) => entry.length > 0 && entry.every((word) => word.some((one) => stems.has(one))));
}

export function stemsOf(rules, text) {
  const words = new Set(wordsOf(text));
  const stems = new Set();
  for (const language of languagesOf(rules, words)) {
    for (const word of words) stems.add(`${language}:${stem(rules, word, language)}`);
  }
  return stems;
}

export function wordsOf(text) {
  const plain = text.replace(/['\u2019\u02bc]/g, "").normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

function languagesOf(rules, words) {
  const counts = LANGUAGES.map((language) => [...words].filter((one) => rules[language].stop.has(one)).length);
  const most = Math.max(...counts);
  const leading = LANGUAGES.filter((language, place) => counts[place] === most);
  return leading.length > 1 ? LANGUAGES : leading;
}

function stem(rules, whole, language) {
  const { ends, last, again, double } = rules[language];
  let word = [...whole].slice(0, rules.longest).join("");
  for (let shorter = cut(rules, word, ends); shorter !== word; shorter = cut(rules, word, ends)) {
    word = shorter;
    if (!again) break;
  }
  const letters = [...word];
  const end = letters.at(-1);
  if (letters.length > rules.least && end === letters.at(-2) && double.includes(end)) word = letters.slice(0, -1).join("");
  return cut(rules, word, last);
}

function cut(rules, word, ends) {
  for (const [end, instead] of ends) {
    if (!word.endsWith(end)) continue;
    if (end === instead) return word;
    const shorter = word.slice(0, -end.length) + instead;
    if ([...shorter].length >= rules.least && [...rules.vowels].some((one) => shorter.includes(one))) return shorter;
  }
  return word;
}
