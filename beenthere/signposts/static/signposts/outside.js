// What leads outside of a conversation, heard on the device itself: nothing of a draft is sent anywhere. The
// rules are those of the server (outside.json beside this file, read by signposts/core/outside.py too).
import { hear, rulesAt } from "./rules.js";

const KINDS = ["link", "image", "phone", "mail", "handle", "address", "meeting"];
const BESIDE = new URL("outside.json", import.meta.url).href;

// The kinds of what leads outside, in the order of KINDS; the rule file is fetched once.
export async function outside(words, rulesUrl = BESIDE) {
  const heard = hear(await rulesAt(rulesUrl), words);
  return KINDS.filter((kind) => heard.has(kind));
}
