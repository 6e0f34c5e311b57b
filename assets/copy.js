// Checks in the browser a copy that somebody took along (data.json, voffice/export/2), by the same rules and in the same order as
// voffice-verify (Sources/verify/Check.swift). What a statement's lines are: Sources/TransparencyLog/ExportStatement.swift.
//
// Nothing is sent anywhere. What is found is a list of [reason, ...arguments]; copy-page.js has the words.

import { bytes, CannotCheck, codeOf, commitment, equal, hex, leafHash, parseCheckpoint, parseKey, parseNote, rootOf, sha256, verifySignature }
  from "./verify.js";

const utf8 = new TextEncoder();

/**
 * Checks data.json, its bytes. `archive`: every file of the archive that it came in, as `unpack` gives them; null where there is none.
 * `known`: the log's keys from elsewhere, a blank between them; null where there is none.
 * Returns `{outcome, wrong, found}`, the outcome being "verified", "mismatch", "cut" (what is in it holds, and the house itself says that more
 * was lost), "unchecked" (this browser has no Ed25519) or "unknown" (all fits, but under a key that nobody vouched for). Throws `CannotCheck`
 * where there is no WebCrypto.
 */
export async function checkCopy(data, archive, known) {
  if (!globalThis.crypto?.subtle) throw new CannotCheck("this page has no WebCrypto");
  const wrong = [];
  const done = (found = [], outcome = "mismatch") => ({ outcome, wrong, found });
  const text = decoded(data);
  const copy = parsed(text);
  if (copy === undefined) return wrong.push(["notJSON"]), done();
  if (members(copy) !== names(text)) return wrong.push(["twice"]), done();
  if (typeof copy?.format === "string" && copy.format !== "voffice/export/2") return wrong.push(["format", copy.format]), done();
  wrong.push(...faults(shape, copy, ""));
  if (wrong.length > 0) return done();

  const key = await orNull(() => parseKey(copy.key));
  if (!key) return wrong.push(["key"]), done();
  if (known !== null && !known.split(" ").includes(copy.key)) wrong.push(["otherKey", copy.key]);
  const [checkpoint, sealed] = await signed(key, copy.checkpoint, (text) => {
    const checkpoint = parseCheckpoint(text);
    return checkpoint.origin === key.name ? checkpoint : null;
  });
  const [note] = await signed(key, copy.statement, (text) => text);
  if (!checkpoint) wrong.push(["checkpointSignature"]);
  if (note === null) wrong.push(["statementSignature"]);
  if (!checkpoint || note === null) return done();
  const statement = await orNull(() => parseStatement(note));
  if (!statement) return wrong.push(["statement"]), done();

  for (const name of ["house", "at", "subject"]) if (copy[name] !== statement[name]) wrong.push(["field", name]);
  if (checkpoint.size !== statement.size || !equal(checkpoint.root, statement.root)) wrong.push(["tree"]);
  if (statement.cut !== null) wrong.push(["cut", statement.cut]);
  wrong.push(...await compared(copy.held, statement.held, "held", (held) => held.field));
  wrong.push(...await compared(copy.files, statement.files, "file", (file) => file.name));
  wrong.push(...await chainFaults(copy.uses, statement, checkpoint));
  if (archive) wrong.push(...await archiveFaults(archive, copy.files));
  const isCut = statement.cut !== null;
  if (wrong.length > (isCut ? 1 : 0)) return done();
  const found = [
    ["from", statement.house, statement.at], ["signed", copy.key, checkpoint.size], ["values", statement.held.length],
    [isCut ? "someEntries" : "entries", statement.last - statement.first + 1, statement.first, statement.last],
  ];
  if (statement.first > 1) found.push(["older", statement.first]);
  found.push([archive ? "files" : "noFiles"]);
  return done(found, isCut ? "cut" : sealed === "unchecked" ? "unchecked" : known === null ? "unknown" : "verified");
}

/** What the log's key signed, as `read` reads it, and whether this browser could check the signature; null where it isn't signed. */
async function signed(key, note, read) {
  return (await orNull(async () => {
    const parsed = parseNote(note);
    const outcome = await verifySignature(key, parsed);
    const value = read(parsed.text);
    return value === null ? null : [value, outcome];
  })) ?? [null, null];
}

/** The statement's lines; throws where it isn't one. */
export function parseStatement(text) {
  const lines = text.split("\n");
  const next = (pattern) => pattern.exec(lines[0]) && pattern.exec(lines.shift());
  const line = (pattern) => next(pattern)?.slice(1) ?? fail();
  const fail = () => { throw new Error("no statement"); };
  const number = (digits) => Number.isSafeInteger(Number(digits)) ? Number(digits) : fail();
  line(/^voffice export 2$/);
  const [house] = line(/^house (.*)$/s), [at] = line(/^at (.*)$/s), [subject] = line(/^subject (.*)$/s);
  const [first, last] = line(/^uses (0|[1-9][0-9]*) (0|[1-9][0-9]*)$/).map(number);
  const [head] = line(/^head (.*)$/);
  const cut = next(/^cut (0|[1-9][0-9]*)$/);
  const [size, root] = line(/^tree (0|[1-9][0-9]*) (.*)$/);
  const codes = (pattern) => {
    const found = [];
    for (let one; (one = next(pattern));) found.push(bytes(one[1], 32) && one[1]);
    return found;
  };
  const held = codes(/^held (.*)$/), files = codes(/^file (.*)$/);
  if (lines.length !== 1 || lines[0] !== "") fail();
  return {
    house, at, subject, first, last, head: bytes(head, 32), cut: cut && number(cut[1]), size: number(size), root: bytes(root, 32), held, files,
  };
}

/** Things with a salt, against the codes that were signed. */
async function compared(things, codes, noun, name) {
  const wrong = [];
  const own = await Promise.all(things.map(async ({ salt, ...rest }) => base64(await codeOf({ text: canonical(rest), salt }))));
  things.forEach((thing, number) => {
    if (!codes.includes(own[number])) wrong.push(["thing", noun, number + 1, name(thing)]);
  });
  const missing = codes.filter((code) => !own.includes(code)).length;
  if (missing > 0) wrong.push(["missing", noun, missing, codes.length]);
  else if (own.length !== codes.length || own.some((code, number) => code !== codes[number])) wrong.push(["order", noun]);
  return wrong;
}

async function chainFaults(uses, statement, checkpoint) {
  const wrong = [];
  let expected = statement.first;
  let newest = null;
  for (const use of uses) {
    const number = use.sequence;
    if (number !== expected) wrong.push(["gap", expected]);
    const former = number === expected ? newest : null;
    [expected, newest] = [number + 1, null];
    const leaf = await orNull(() => leafOf(use));
    if (!leaf) {
      wrong.push(["shut", number]);
      continue;
    }
    const [, subject, sequence, previous] = /^subject (.*)\nseq ([+-]?\d+)\nprev (.*)\n$/.exec(use.person.text ?? "") ?? [];
    if (previous === undefined) {
      wrong.push(["nowhere", number]);
      continue;
    }
    if (subject !== statement.subject || Number(sequence) !== number) wrong.push(["elsewhere", number]);
    if (former && previous !== hex(former)) wrong.push(["unlinked", number]);
    if (!await isAsAtTheTime(use, checkpoint)) wrong.push(["late", number]);
    if (!await isProved(use, leaf, checkpoint)) wrong.push(["unproved", number]);
    newest = leaf;
  }
  if (expected !== statement.last + 1 || !newest || !equal(newest, statement.head)) wrong.push(["newest", statement.last]);
  return wrong;
}

const leafOf = async (entry) => leafHash(await commitment(entry));

async function isProved({ index, path }, leaf, { size, root }) {
  if (index === null || path === null) return false;
  const found = await orNull(() => rootOf(leaf, index, size, path.map((hash) => bytes(hash, 32))));
  return found !== null && equal(found, root);
}

/** What was told late names the leaf that it had from the first, of which it repeats each line. Of all else: true. */
async function isAsAtTheTime({ common, withheld }, checkpoint) {
  const named = common.text?.indexOf("\nwithheld ") ?? -1;
  if (named < 0) return withheld === undefined;
  if (withheld === undefined) return false;
  const leaf = await orNull(() => leafOf(withheld));
  return leaf !== null && common.text.startsWith(hex(leaf) + "\n", named + "\nwithheld ".length) &&
    withheld.common.text === common.text.slice(0, named) + "\n" && await isProved(withheld, leaf, checkpoint);
}

async function archiveFaults(archive, files) {
  const wrong = [];
  for (const { name, sha256: expected } of files) {
    const found = archive.find((file) => file.name === name);
    if (!found) wrong.push(["noFile", name]);
    else if (base64(await sha256(found.bytes)) !== expected) wrong.push(["field", name]);
  }
  const awaited = new Set(["data.json", ...files.map(({ name }) => name)]);
  for (const { name } of archive) if (!awaited.delete(name)) wrong.push(["stranger", name]);
  return wrong;
}

// The shape of voffice/export/2: of each value a name of the kind, a list of one, an object (a name with ? may be missing), a choice.
const open = { text: "text", salt: "hash" };
const entry = { common: open, person: open, staff: { code: "hash" }, index: ["number", null], path: [["hash"], null] };
const shape = {
  format: "text", house: "text", at: "text", subject: "text",
  held: [{
    field: "text", item: ["number", null], value: ["text", null], withheld: ["text", null], rules: ["text"], source: "text", since: "text",
    corrected: ["text", null], until: ["text", null], version: "number", kept: [{ rule: "text", "because?": "text", "law?": "text" }],
    salt: "hash",
  }],
  uses: [(value) => (has(value, "damaged") ? { sequence: "number", damaged: "truth" } : { sequence: "number", ...entry, "withheld?": entry })],
  files: [{ name: "text", sha256: "hash", salt: "hash" }],
  checkpoint: "text", statement: "text", key: "text",
};
const kinds = {
  text: (value) => typeof value === "string",
  hash: (value) => typeof value === "string" && isHash(value),
  number: (value) => Number.isSafeInteger(value) && value >= 0,
  truth: (value) => value === true,
};

/** What is wrong with a value, and where. */
function faults(shape, value, place) {
  if (typeof shape === "function") return faults(shape(value), value, place);
  if (typeof shape === "string") return kinds[shape](value) ? [] : [["kind", shape, place]];
  // [kind, null]: it may be null.
  if (Array.isArray(shape) && shape.length === 2) return value === null ? [] : faults(shape[0], value, place);
  if (Array.isArray(shape)) {
    return Array.isArray(value) ? value.flatMap((one, number) => faults(shape[0], one, `${place}[${number}]`)) : [["kind", "list", place]];
  }
  if (!isObject(value)) return [["kind", "object", place || "the whole"]];
  const inside = place && place + ".";
  const wrong = Object.entries(shape).flatMap(([optional, inner]) => {
    const name = optional.replace("?", "");
    if (has(value, name)) return faults(inner, value[name], inside + name);
    return optional === name ? [["lacking", inside + name]] : [];
  });
  const unknown = Object.keys(value).filter((name) => !has(shape, name) && !has(shape, name + "?")).sort();
  return [...wrong, ...unknown.map((name) => ["unknown", inside + name])];
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const has = (value, name) => isObject(value) && Object.prototype.hasOwnProperty.call(value, name);

function isHash(text) {
  try {
    return bytes(text, 32) !== null;
  } catch {
    return false;
  }
}

function decoded(data) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return "";
  }
}

/** undefined: it isn't JSON, or a text in it has half a pair. */
function parsed(text) {
  try {
    const halves = (value) => (typeof value === "string" ? /\p{Surrogate}/u.test(value)
      : isObject(value) ? Object.entries(value).some((pair) => pair.some(halves)) : Array.isArray(value) && value.some(halves));
    const value = JSON.parse(text);
    return halves(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** How many names the objects have in all. */
const members = (value) => (typeof value !== "object" || value === null ? 0
  : Object.values(value).reduce((sum, inner) => sum + members(inner), Array.isArray(value) ? 0 : Object.keys(value).length));

/** How many names the text has: a colon outside of its strings stands behind each. More than `members`: one stands twice somewhere. */
const names = (text) => text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, "").split(":").length - 1;

/** RFC 8785; the numbers here are whole. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

async function orNull(work) {
  try {
    return await work();
  } catch {
    return null;
  }
}
