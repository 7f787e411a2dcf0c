// Rules that find things in words, carried out in the browser: nothing of a draft is sent anywhere. The server
// reads the same files and answers alike (signposts/core/rules.py).
import { spelling } from "./spelling.js";

const read = new Map();

// The rules of a file; it is fetched once.
export async function rulesAt(url) {
  if (!read.has(url)) read.set(url, fetched(url));
  return read.get(url);
}

async function fetched(url) {
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`The rules did not come: ${answer.status}`);
    return rules(await answer.json());
  } catch (error) {
    read.delete(url); // asked for again next time
    throw error;
  }
}

// The rules as `hear` takes them, of what the rule file tells.
export function rules(told) {
  const compiled = compiling(told.parts);
  return {
    folds: folds(told),
    help: new Set(told.help ?? []),
    views: told.views.map((view) => ({ ...view, only: view.only ? compiled(view.only, "u") : null })),
    ways: mapped(told.ways, (one) => (one.words ? spelling(one) : rewriting(one, compiled))),
    finds: told.finds.map(({ kind, language, must = told.gates?.[language], find, unless, near = [], within = 0, around = 0 }) => ({
      kind, within, around,
      must: must ? compiled(must, "u") : null, // what no match can do without, and is quicker to look for
      find: compiled(find),
      unless: unless ? compiled(unless, "u") : null,
      near: near.map((one) => compiled(one, "u")),
    })),
  };
}

const mapped = (lists, change) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.map(change)]));

function folds(told) {
  const table = new Map();
  for (let point = 32; point < 127; point++) table.set(point, String.fromCodePoint(point));
  for (const [target, sources] of Object.entries(told.folds)) {
    for (const source of sources) table.set(source.codePointAt(0), target);
  }
  for (const one of told.nothing) {
    const [first, last] = one.split("-").map((point) => parseInt(point, 16));
    for (let point = first; point <= last; point++) table.set(point, "");
  }
  return table;
}

function compiling(parts) {
  const known = [];
  const filled = (pattern) => known.reduce((text, [name, part]) => text.replaceAll(`<${name}>`, () => part), pattern);
  for (const [name, part] of Object.entries(parts)) {
    known.push([name, filled(typeof part === "string" ? part : `(?:${part.join("|")})`)]);
  }
  return (pattern, flags = "gu") => new RegExp(filled(pattern), flags);
}

// The kinds of what the rules find in these words.
export function hear(known, words) {
  let folded = "";
  for (const one of words) folded += known.folds.get(one.codePointAt(0)) ?? "~";
  const [readings, read, heard] = [new Map([["", folded]]), new Set(), new Set()];
  for (const { name, of, by, only } of known.views) {
    const base = readings.get(of);
    const text = !only || only.test(base) ? known.ways[by].reduce((said, way) => way(said), base) : base;
    readings.set(name, text);
    if (read.has(text)) continue;
    read.add(text);
    take(text, known.finds, known.help, heard);
  }
  return heard;
}

function rewriting(told, compiled) {
  const [find, within, become] = [compiled(told.find), compiled(told.within), new Map(Object.entries(told.become))];
  const otherwise = told.otherwise ?? "";
  return (text) => text.replace(find, (match) => match.replace(within, (inner) => become.get(inner) ?? otherwise));
}

// What one rule took is blank for the next.
function take(text, finds, help, heard) {
  for (const rule of finds) {
    if (rule.must && !rule.must.test(text)) continue;
    for (const [start, end] of spans(text, rule)) {
      if (rule.unless?.test(text.slice(Math.max(0, start - rule.around), end + rule.around))) continue;
      const said = text.slice(start, end);
      if (rule.kind === "phone" && help.has(said.replace(/[^0-9]/gu, ""))) continue;
      heard.add(rule.kind);
      text = text.slice(0, start) + "~".repeat(end - start) + text.slice(end);
    }
  }
}

const every = (text, find) => Array.from(text.matchAll(find), ({ 0: said, index }) => [index, index + said.length]);

function spans(text, { find, near, within }) {
  const own = every(text, find);
  if (!own.length || !near.length) return own;
  return own.flatMap(([start, end]) => {
    const first = Math.max(0, start - within);
    const stretch = text.slice(first, end + within);
    const close = near.map((one) => one.exec(stretch));
    if (close.includes(null)) return [];
    const starts = close.map(({ index }) => first + index);
    return [[Math.min(start, ...starts), Math.max(end, ...close.map(({ 0: said }, at) => starts[at] + said.length))]];
  });
}
