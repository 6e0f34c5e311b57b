// The browser's verifier against a proof that the server's code made; verify.py runs this in a real browser.
import * as verify from "/assets/verify.js";

const source = await (await fetch("/Tests/Fixtures/proof.json")).text();
const fixture = () => JSON.parse(source);
const shown = () => ({ text: fixture().common.text, personText: fixture().person.text, key: fixture().key });

/** What came of each test: `{name, fault}`, the fault null where it passed. */
const results = [];
async function test(name, body) {
  try {
    await body();
    results.push({ name, fault: null });
  } catch (fault) {
    results.push({ name, fault: String(fault.stack ?? fault) });
  }
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}
const same = (found, expected) => expect(JSON.stringify(found) === JSON.stringify(expected), `${JSON.stringify(found)} isn't ${JSON.stringify(expected)}`);
const says = (text, pattern) => expect(pattern.test(text), `“${text}” doesn't say ${pattern}`);

/** Refused with `Mismatch`, and for this reason if one is given. */
async function refused(check, reason) {
  try {
    await check();
  } catch (error) {
    return expect(error instanceof verify.Mismatch && (!reason || error.reason === reason), `refused with ${error}, not for ${reason}`);
  }
  throw new Error(`nothing was refused, not even for ${reason}`);
}
const refuses = (reason, proof, page = shown()) => refused(() => verify.verifyUse(proof, page), reason);

/** A stand-in for the page's element. */
const element = (dataset) => {
  const output = { textContent: "" };
  const pre = { textContent: "what the page said" };
  const parts = { output, pre };
  return { dataset: { proof: "/privacy/uses/7/proof", ...dataset }, querySelector: (name) => parts[name] ?? null, ...parts };
};

await test("the proof that the server's code made verifies", async () => {
  const found = await verify.verifyUse(fixture(), shown());
  same(found.signature, "verified");
  same(found.index, 321);
  same(found.size, 700);
  same(found.origin, "office.example/privacy/log");
});

await test("one character changed anywhere in the proof is refused, unless it is in a witness's line", async () => {
  const witness = [source.indexOf("— witness"), source.indexOf('","key"')];
  for (let place = 0; place < source.length; place++) {
    if (place >= witness[0] && place < witness[1]) continue;
    const changed = source.slice(0, place) + String.fromCharCode(source.charCodeAt(place) ^ 1) + source.slice(place + 1);
    let proof;
    try {
      proof = JSON.parse(changed);
    } catch {
      continue;
    }
    await refuses(undefined, proof);
  }
});

await test("the proof of another text than the page's is refused", async () => {
  await refuses("text", fixture(), { ...shown(), text: shown().text + " " });
  await refuses("text", fixture(), { ...shown(), personText: "panggilan 18" });
  await refuses("text", fixture(), { ...shown(), text: undefined });
  await refuses("text", fixture(), { key: shown().key });
});

await test("a part that the page shows can't hide behind its code", async () => {
  const proof = fixture();
  const code = await codeOf(proof.common);
  await refuses("text", { ...proof, common: { code } });
  await verify.verifyUse({ ...proof, common: { code } }, { ...shown(), text: undefined });
});

await test("a code beside a text doesn't let the text be another", async () => {
  const proof = fixture();
  const code = await codeOf(proof.common);
  const text = "nothing was read";
  for (const common of [{ code, text, salt: proof.common.salt }, { code, text }]) {
    await refuses("shape", { ...proof, common }, { ...shown(), text });
  }
});

await test("a proof under another key than the published one is refused", async () => {
  const forged = await resign(fixture());
  await refuses("key", forged);
  const alone = await verify.verifyUse(forged, { ...shown(), key: undefined });
  expect(alone.keyId !== fixture().key.split("+")[1], "the key is the published one");
});

await test("a checkpoint signed by a stranger, or of another log, is refused", async () => {
  const stranger = await resign(fixture());
  await refuses("signature", { ...fixture(), checkpoint: stranger.checkpoint });
  const other = await resign(fixture(), (text) => text.replace("office.example", "other.example"));
  await refuses("checkpoint", other, { ...shown(), key: undefined });
});

await test("another leaf number, a longer or a shorter path is refused", async () => {
  await refuses("path", { ...fixture(), index: 320 });
  await refuses("path", { ...fixture(), index: 700 });
  await refuses("path", { ...fixture(), path: fixture().path.slice(1) });
  await refuses("path", { ...fixture(), path: fixture().path.slice(0, -1) });
  await refuses("path", { ...fixture(), path: [...fixture().path, fixture().path[0]] });
  await refuses("path", { ...fixture(), path: [] });
});

await test("what isn't a proof is refused, whatever it is", async () => {
  for (const proof of [null, 7, "proof", [], {}, { ...fixture(), format: "voffice/use-proof/2" }, { ...fixture(), staff: null }]) {
    await refuses("shape", proof);
  }
  for (const index of [-1, 1.5, "321", 2 ** 53]) await refuses("shape", { ...fixture(), index });
  await refuses("shape", { ...fixture(), common: { ...fixture().common, salt: "AAAA" } });
  const halfPair = { ...fixture(), common: { ...fixture().common, text: "\ud800" } };
  await refuses("shape", halfPair, { ...shown(), text: "\ud800" });
});

await test("notes and checkpoints are read strictly", async () => {
  const root = base64(new Uint8Array(32));
  same(verify.parseCheckpoint(`log\n7\n${root}\nextension\n`).size, 7);
  for (const text of [
    "", "log\n", `log\n07\n${root}\n`, `log\n-7\n${root}\n`, `log\n7\n${root}`, `log\n7\n${root}\n\n`, `log\n7\nAAAA\n`, `\n7\n${root}\n`,
  ]) {
    await refused(() => verify.parseCheckpoint(text));
  }
  for (const note of [
    "", "text\n", "text\n\n", "text\n\n- a AAAAAAA=\n", "text\n\n— a AAAAAAA=", "text\n\n— a AAAA\n", "te\txt\n\n— a AAAAAAA=\n",
    "text\n\n— a+b AAAAAAA=\n",
  ]) {
    await refused(() => verify.parseNote(note));
  }
});

// The example of C2SP signed-note.
await test("the specification's note verifies with its key", async () => {
  const key = await verify.parseKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  const note = verify.parseNote(
    "This is an example message.\n\n" +
      "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
  same(await verify.verifySignature(key, note), "verified");
  await refused(() => verify.verifySignature(key, { ...note, text: "This is another message.\n" }));
});

await test("a browser without Ed25519 checks the hashes and says that it couldn't check the signature", async () => {
  const whole = crypto.subtle.importKey;
  crypto.subtle.importKey = function (format, data, algorithm, ...rest) {
    if (algorithm.name === "Ed25519") throw new DOMException("no Ed25519", "NotSupportedError");
    return whole.call(this, format, data, algorithm, ...rest);
  };
  try {
    same((await verify.verifyUse(fixture(), shown())).signature, "unchecked");
    await refuses("path", { ...fixture(), index: 320 });
    const page = element(shown());
    await verify.report(page, fixture, "en");
    same(page.dataset.outcome, "unchecked");
    says(page.output.textContent, /could not check the log's signature/);
  } finally {
    delete crypto.subtle.importKey;
  }
});

await test("the page says the outcome in words, in its language", async () => {
  for (const [language, verified, mismatch] of [
    ["en", /Checked in your browser.*321.*700/, /does not match: the proof is of another text/],
    ["id", /Sudah diperiksa.*321.*700/, /Tidak cocok: bukti ini untuk teks/],
  ]) {
    const page = element(shown());
    await verify.report(page, async () => fixture(), language);
    same(page.dataset.outcome, "verified");
    says(page.output.textContent, verified);
    // Not what the page says, but what was verified.
    same(page.pre.textContent, fixture().common.text);
    const wrong = element({ ...shown(), text: "something else" });
    await verify.report(wrong, async () => fixture(), language);
    same(wrong.dataset.outcome, "mismatch");
    says(wrong.output.textContent, mismatch);
    same(wrong.pre.textContent, "");
  }
});

await test("a proof that doesn't arrive is nothing wrong, but nothing checked", async () => {
  const page = element(shown());
  await verify.report(page, async () => { throw new TypeError("network"); }, "en");
  same(page.dataset.outcome, "unchecked");
  says(page.output.textContent, /could not be checked here/);
  same(page.pre.textContent, "");
});

await test("what was verified is shown with its moments as people write them", () => {
  const text = "voffice use 1\nat 1772330400000000\nverb read\nwho customer service 2\nthings telephone number\noutcome yes\n";
  same(verify.readable(text), text.replace("1772330400000000", "2026-03-01 02:00:00 UTC"));
});

await test("both languages have every sentence", () => {
  const names = (object) =>
    Object.entries(object).flatMap(([name, value]) => (typeof value === "object" ? names(value).map((inner) => `${name}.${inner}`) : [name]));
  same(names(verify.sentences.id).sort(), names(verify.sentences.en).sort());
});

window.results = results;

function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

async function codeOf({ text, salt }) {
  const bytes = Uint8Array.from(atob(salt), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return base64(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text)));
}

/** The same proof with its checkpoint signed by somebody else, under the log's name or another that `edit` gives. */
async function resign(proof, edit = (text) => text) {
  const utf8 = new TextEncoder();
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  const material = [1, ...new Uint8Array(await crypto.subtle.exportKey("raw", publicKey))];
  const name = proof.key.split("+")[0];
  const hash = await crypto.subtle.digest("SHA-256", new Uint8Array([...utf8.encode(name + "\n"), ...material]));
  const id = new Uint8Array(hash).slice(0, 4);
  const text = edit(proof.checkpoint.slice(0, proof.checkpoint.lastIndexOf("\n\n") + 1));
  const signature = new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, privateKey, utf8.encode(text)));
  const digits = Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return {
    ...proof,
    checkpoint: `${text}\n— ${name} ${base64([...id, ...signature])}\n`,
    key: `${name}+${digits}+${base64(material)}`,
  };
}
