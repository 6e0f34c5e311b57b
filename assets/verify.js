// Checks in the person's own browser that a use shown on the page stands in the office's log, unchanged.
//
// The page has an element for each use, and inside it an <output> for the answer:
//
//     <section data-proof="/privacy/uses/7/proof"      where the proof is
//              data-text="..."                         the common part of the use, as the page shows it
//              data-person-text="..."                  the person's part, likewise
//              data-key="name+id+base64">              optional: the log's key that the office publishes
//       <output></output>
//       <pre></pre>                              where the verified entry is shown: what else the page says, nobody checked
//     </section>
//
// The proof is JSON, UTF-8, of exactly this shape:
//
//     {"format": "voffice/use-proof/1",
//      "common": PART, "person": PART, "staff": PART,
//      "index": 7,                          number of the leaf, from 0
//      "path": ["base64", ...],             32 bytes each; RFC 6962, 2.1.1: the leaf's sibling first
//      "checkpoint": "...",                 C2SP signed note of a C2SP checkpoint, whole
//      "key": "name+id+base64"}             C2SP verifier key of the log; Ed25519
//
//     PART  {"text": "...", "salt": "base64"}    open; the salt has 32 bytes
//           {"code": "base64"}                   closed: meant for somebody else; 32 bytes
//
//     code        HMAC-SHA-256(text, key: salt)
//     commitment  SHA-256("voffice/use/1" || common code || person code || staff code)
//     leaf        SHA-256(0x00 || 0x01 || commitment)
//     node        SHA-256(0x01 || left || right)
//
// Base64 is the standard one with padding, everywhere. The element's dataset.outcome says "verified", "mismatch" or
// "unchecked"; the <output> says it in words.

const utf8 = new TextEncoder();

/** The proof isn't one, or proves something else. `reason` is a key of the words below. */
export class Mismatch extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** This browser lacks what a check needs. */
export class CannotCheck extends Error {}

/**
 * Checks a proof against what the page shows: `{text, personText, key}`, the key optional.
 * Returns `{origin, index, size, keyId, signature}`, the last being "verified" or, where the browser has no Ed25519,
 * "unchecked". Throws `Mismatch` where anything is wrong, `CannotCheck` where nothing can be checked.
 */
export async function verifyUse(proof, shown) {
  if (!globalThis.crypto?.subtle) throw new CannotCheck("this page has no WebCrypto");
  checkShape(proof);
  checkShown(proof.common, shown.text);
  checkShown(proof.person, shown.personText);
  if (shown.key !== undefined && shown.key !== proof.key) throw new Mismatch("key");

  const key = await parseKey(proof.key);
  const note = parseNote(proof.checkpoint);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name) throw new Mismatch("checkpoint");

  const leaf = await leafHash(await commitment(proof));
  const root = await rootOf(leaf, proof.index, checkpoint.size, proof.path.map((hash) => bytes(hash, 32)));
  if (!equal(root, checkpoint.root)) throw new Mismatch("path");

  const signature = await verifySignature(key, note);
  return { origin: checkpoint.origin, index: proof.index, size: checkpoint.size, keyId: hex(key.id), signature };
}

/** What the log holds of a use: 32 bytes that say nothing without the parts and their salts. */
export async function commitment({ common, person, staff }) {
  const codes = await Promise.all([common, person, staff].map(codeOf));
  return sha256(utf8.encode("voffice/use/1"), ...codes);
}

export function leafHash(commitment) {
  return sha256([0x00, 0x01], commitment);
}

/** The root to which a path leads from leaf number `index` of `size` (RFC 9162, 2.1.3.2). */
export async function rootOf(leaf, index, size, path) {
  if (index >= size) throw new Mismatch("path");
  let hash = leaf;
  let last = size - 1;
  const up = () => {
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  };
  for (const sibling of path) {
    if (last === 0) throw new Mismatch("path");
    if (index % 2 === 1 || index === last) {
      hash = await sha256([0x01], sibling, hash);
      while (index % 2 === 0 && index > 0) up();
    } else {
      hash = await sha256([0x01], hash, sibling);
    }
    up();
  }
  if (last !== 0) throw new Mismatch("path");
  return hash;
}

/** A signed note's text, with its last newline, and its signatures (c2sp.org/signed-note). */
export function parseNote(note) {
  const gap = note.lastIndexOf("\n\n");
  if (gap < 0 || !note.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new Mismatch("checkpoint");
  const lines = note.slice(gap + 2, -1).split("\n");
  if (lines.length > 100) throw new Mismatch("checkpoint");
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
    if (name === undefined) throw new Mismatch("checkpoint");
    const signature = bytes(encoded);
    if (signature.length <= 4) throw new Mismatch("checkpoint");
    return { name, id: signature.slice(0, 4), signature: signature.slice(4) };
  });
  return { text: note.slice(0, gap + 1), signatures };
}

/** Origin, size and root of a log (c2sp.org/tlog-checkpoint). */
export function parseCheckpoint(text) {
  const [origin, size, root, ...rest] = text.split("\n");
  const extensions = rest.slice(0, -1);
  if (!origin || !/^(0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size)) || rest.at(-1) !== "" || extensions.includes("")) {
    throw new Mismatch("checkpoint");
  }
  // Of no leaves: SHA-256().
  if (size === "0" && root !== "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") throw new Mismatch("checkpoint");
  return { origin, size: Number(size), root: bytes(root, 32) };
}

/** A verifier key of an Ed25519 signer (c2sp.org/signed-note). */
export async function parseKey(text) {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? [];
  if (name === undefined) throw new Mismatch("key");
  const material = bytes(encoded, 33);
  const hash = await sha256(utf8.encode(name + "\n"), material);
  if (material[0] !== 0x01 || hex(hash.slice(0, 4)) !== id) throw new Mismatch("key");
  return { name, id: hash.slice(0, 4), publicKey: material.slice(1) };
}

/** "verified", or "unchecked" where the browser has no Ed25519; throws `Mismatch` where the key hasn't signed this. */
export async function verifySignature(key, note) {
  const own = note.signatures.filter(({ name, id }) => name === key.name && equal(id, key.id));
  if (own.length === 0) throw new Mismatch("signature");
  let publicKey;
  try {
    publicKey = await crypto.subtle.importKey("raw", key.publicKey, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") return "unchecked";
    throw new Mismatch("key");
  }
  for (const { signature } of own) {
    const valid = await crypto.subtle.verify({ name: "Ed25519" }, publicKey, signature, utf8.encode(note.text));
    if (!valid) throw new Mismatch("signature");
  }
  return "verified";
}

/** Fetches the element's proof, checks it and says the outcome. `load` gives a proof for an address. */
export async function report(element, load = fetchProof, language = document.documentElement.lang) {
  const words = sentences[language.slice(0, 2)] ?? sentences.en;
  const { text, personText, key } = element.dataset;
  const say = (outcome, sentence, entry = "") => {
    element.dataset.outcome = outcome;
    element.querySelector("output").textContent = sentence;
    element.querySelector("pre").textContent = entry;
  };
  try {
    const proof = await load(element.dataset.proof);
    const found = await verifyUse(proof, { text, personText, key });
    const entry = readable(proof.common.text ?? "");
    if (found.signature === "verified") say("verified", words.verified(found), entry);
    else say("unchecked", words.withoutSignature(found), entry);
  } catch (error) {
    if (error instanceof Mismatch) say("mismatch", words.mismatch(words.reasons[error.reason]));
    else say("unchecked", words.unchecked);
  }
}

/** An entry's text with its moments as people write them. */
export function readable(text) {
  return text.replace(/^(at|told) ([0-9]+)$/gm, (_, word, microseconds) =>
    `${word} ${new Date(Number(microseconds) / 1000).toISOString().replace("T", " ").slice(0, 19)} UTC`);
}

async function fetchProof(address) {
  const response = await fetch(address, { headers: { accept: "application/json" }, cache: "no-store", credentials: "same-origin" });
  if (!response.ok) throw new CannotCheck(`the office answered ${response.status}`);
  return response.json();
}

function checkShape(proof) {
  const isText = (value) => typeof value === "string";
  // Never text and code: the text would be shown without being what was committed to.
  const hasOnly = (object, ...names) =>
    typeof object === "object" && object !== null &&
    Object.keys(object).length === names.length && names.every((name) => isText(object[name]));
  const isPart = (part) => hasOnly(part, "code") || hasOnly(part, "text", "salt");
  const whole =
    typeof proof === "object" && proof !== null && proof.format === "voffice/use-proof/1" &&
    isPart(proof.common) && isPart(proof.person) && isPart(proof.staff) &&
    Number.isSafeInteger(proof.index) && proof.index >= 0 &&
    Array.isArray(proof.path) && proof.path.every(isText) && isText(proof.checkpoint) && isText(proof.key);
  if (!whole) throw new Mismatch("shape");
}

/** An open part says what the page shows; a closed one is for somebody else, so the page may show nothing of it. */
function checkShown(part, text) {
  if (part.text !== text) throw new Mismatch("text");
}

/** The code of a part, open or closed. */
export async function codeOf(part) {
  if (part.code !== undefined) return bytes(part.code, 32);
  const text = utf8.encode(part.text);
  if (new TextDecoder("utf-8", { ignoreBOM: true }).decode(text) !== part.text) throw new Mismatch("shape");
  const key = await crypto.subtle.importKey("raw", bytes(part.salt, 32), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, text));
}

export async function sha256(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    joined.set(part, end);
    end += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
}

/** Base64 read strictly: a text that isn't the one for its bytes is refused. */
export function bytes(encoded, length) {
  let binary;
  try {
    binary = atob(encoded);
  } catch {
    throw new Mismatch("shape");
  }
  if (btoa(binary) !== encoded || (length !== undefined && binary.length !== length)) throw new Mismatch("shape");
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function equal(left, right) {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const sentences = {
  en: {
    verified: ({ origin, index, size, keyId }) =>
      `Checked in your browser: the entry below stands at number ${index} of the log ${origin}, which had ${size} entries ` +
      `when it was signed with key ${keyId}. If this page says anything else of it elsewhere, the entry is right: write to the ` +
      `privacy officer.`,
    withoutSignature: ({ origin, index, size }) =>
      `Your browser could not check the log's signature (it lacks Ed25519). The entry below does stand at number ${index} ` +
      `of ${size} under the checkpoint that came with it for ${origin}. To check the signature as well, open this page in a ` +
      `newer browser.`,
    mismatch: (reason) =>
      `This does not match: ${reason}. What this page shows is not what the log recorded. Keep this page and write to the privacy officer.`,
    unchecked:
      "This could not be checked here: the proof did not arrive, or your browser lacks what it takes. Nothing is known to be " +
      "wrong. Try again later, or download the receipt and check it elsewhere.",
    reasons: {
      shape: "the proof is not in its format",
      text: "the proof is of another text than the one shown",
      key: "the proof names another key than the log's",
      checkpoint: "the log's checkpoint is not in its format or belongs to another log",
      path: "the entry is not in the log under this checkpoint",
      signature: "the checkpoint is not signed with the log's key",
    },
  },
  id: {
    verified: ({ origin, index, size, keyId }) =>
      `Sudah diperiksa di peramban Anda: catatan di bawah ini tercantum pada nomor ${index} di log ${origin}, yang berisi ${size} ` +
      `catatan saat ditandatangani dengan kunci ${keyId}. Bila di bagian lain halaman ini tertulis hal lain tentangnya, yang benar ` +
      `catatan ini: hubungi petugas pelindungan data.`,
    withoutSignature: ({ origin, index, size }) =>
      `Peramban Anda tidak dapat memeriksa tanda tangan log (tidak mendukung Ed25519). Catatan di bawah ini memang ` +
      `tercantum pada nomor ${index} dari ${size} menurut titik periksa untuk ${origin} yang menyertainya. Untuk ` +
      `memeriksa tanda tangannya juga, buka halaman ini di peramban yang lebih baru.`,
    mismatch: (reason) =>
      `Tidak cocok: ${reason}. Yang ditampilkan halaman ini bukan yang dicatat log. Simpan halaman ini dan hubungi petugas pelindungan data.`,
    unchecked:
      "Tidak dapat diperiksa di sini: bukti tidak sampai, atau peramban Anda belum mendukungnya. Tidak ada kesalahan yang " +
      "diketahui. Coba lagi nanti, atau unduh tanda terima dan periksa di tempat lain.",
    reasons: {
      shape: "bukti tidak sesuai formatnya",
      text: "bukti ini untuk teks yang berbeda dari yang ditampilkan",
      key: "bukti menyebut kunci yang berbeda dari kunci log",
      checkpoint: "titik periksa log tidak sesuai formatnya atau milik log lain",
      path: "catatan tidak ada di log menurut titik periksa ini",
      signature: "titik periksa tidak ditandatangani dengan kunci log",
    },
  },
};

if (typeof document !== "undefined") {
  for (const element of document.querySelectorAll("[data-proof]")) report(element);
}
