// Words of a crisis, heard on the device itself: nothing of a draft is sent anywhere. The rules are those of the
// server (crisis.json beside this file, read by signposts/core/crisis.py too).
import { hear, rulesAt } from "./rules.js";

const BESIDE = new URL("crisis.json", import.meta.url).href;
let known = null;

// Kept when the rules have come; they are fetched once. Fails where they do not come; then ask again later.
export async function ready(rulesUrl = BESIDE) {
  known = await rulesAt(rulesUrl);
}

// The lanes these words are of, a Set of "disclosure", "urging", "method", "other"; empty until `ready`.
export function lanesIn(words) {
  return known ? lanesBy(known, words) : new Set();
}

export function lanesBy(rules, words) {
  const lanes = hear(rules, words);
  lanes.delete("nothing");
  return lanes;
}
