// The browser's verifier against a proof that the server's code made: `node --test Tests/Browser/`.
import assert from "node:assert/strict";
import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as verify from "../../assets/verify.js";

const source = readFileSync(new URL("../Fixtures/proof.json", import.meta.url), "utf8");
const fixture = () => JSON.parse(source);
const shown = () => ({ text: fixture().common.text, personText: fixture().person.text, key: fixture().key });

const refuses = (reason, proof, page = shown()) =>
  assert.rejects(verify.verifyUse(proof, page), (error) => error instanceof verify.Mismatch && (!reason || error.reason === reason));

/** A stand-in for the page's element. */
const element = (dataset) => {
  const output = { textContent: "" };
  return { dataset: { proof: "/privacy/uses/7/proof", ...dataset }, querySelector: (name) => (name === "output" ? output : null), output };
};

test("the proof that the server's code made verifies", async () => {
  const found = await verify.verifyUse(fixture(), shown());
  assert.equal(found.signature, "verified");
  assert.equal(found.index, 321);
  assert.equal(found.size, 700);
  assert.equal(found.origin, "office.example/privacy/log");
});

test("one character changed anywhere in the proof is refused, unless it is in a witness's line", async () => {
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

test("the proof of another text than the page's is refused", async () => {
  await refuses("text", fixture(), { ...shown(), text: shown().text + " " });
  await refuses("text", fixture(), { ...shown(), personText: "panggilan 18" });
  await refuses("text", fixture(), { ...shown(), text: undefined });
  await refuses("text", fixture(), { key: shown().key });
});

test("a part that the page shows can't hide behind its code", async () => {
  const proof = fixture();
  const code = codeOf(proof.common);
  await refuses("text", { ...proof, common: { code } });
  await verify.verifyUse({ ...proof, common: { code } }, { ...shown(), text: undefined });
});

test("a code beside a text doesn't let the text be another", async () => {
  const proof = fixture();
  const code = codeOf(proof.common);
  const text = "nothing was read";
  for (const common of [{ code, text, salt: proof.common.salt }, { code, text }]) {
    await refuses("shape", { ...proof, common }, { ...shown(), text });
  }
});

test("a proof under another key than the published one is refused", async () => {
  const forged = resign(fixture());
  await refuses("key", forged);
  const alone = await verify.verifyUse(forged, { ...shown(), key: undefined });
  assert.notEqual(alone.keyId, fixture().key.split("+")[1]);
});

test("a checkpoint signed by a stranger, or of another log, is refused", async () => {
  const stranger = resign(fixture());
  await refuses("signature", { ...fixture(), checkpoint: stranger.checkpoint });
  const other = resign(fixture(), (text) => text.replace("office.example", "other.example"));
  await refuses("checkpoint", other, { ...shown(), key: undefined });
});

test("another leaf number, a longer or a shorter path is refused", async () => {
  await refuses("path", { ...fixture(), index: 320 });
  await refuses("path", { ...fixture(), index: 700 });
  await refuses("path", { ...fixture(), path: fixture().path.slice(1) });
  await refuses("path", { ...fixture(), path: fixture().path.slice(0, -1) });
  await refuses("path", { ...fixture(), path: [...fixture().path, fixture().path[0]] });
  await refuses("path", { ...fixture(), path: [] });
});

test("what isn't a proof is refused, whatever it is", async () => {
  for (const proof of [null, 7, "proof", [], {}, { ...fixture(), format: "voffice/use-proof/2" }, { ...fixture(), staff: null }]) {
    await refuses("shape", proof);
  }
  for (const index of [-1, 1.5, "321", 2 ** 53]) await refuses("shape", { ...fixture(), index });
  await refuses("shape", { ...fixture(), common: { ...fixture().common, salt: "AAAA" } });
  const halfPair = { ...fixture(), common: { ...fixture().common, text: "\ud800" } };
  await refuses("shape", halfPair, { ...shown(), text: "\ud800" });
});

test("notes and checkpoints are read strictly", () => {
  const root = Buffer.alloc(32).toString("base64");
  assert.deepEqual(verify.parseCheckpoint(`log\n7\n${root}\nextension\n`).size, 7);
  for (const text of [
    "", "log\n", `log\n07\n${root}\n`, `log\n-7\n${root}\n`, `log\n7\n${root}`, `log\n7\n${root}\n\n`, `log\n7\nAAAA\n`, `\n7\n${root}\n`,
  ]) {
    assert.throws(() => verify.parseCheckpoint(text), verify.Mismatch, text);
  }
  for (const note of [
    "", "text\n", "text\n\n", "text\n\n- a AAAAAAA=\n", "text\n\n— a AAAAAAA=", "text\n\n— a AAAA\n", "te\txt\n\n— a AAAAAAA=\n",
    "text\n\n— a+b AAAAAAA=\n",
  ]) {
    assert.throws(() => verify.parseNote(note), verify.Mismatch, note);
  }
});

// The example of C2SP signed-note.
test("the specification's note verifies with its key", async () => {
  const key = await verify.parseKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  const note = verify.parseNote(
    "This is an example message.\n\n" +
      "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
  assert.equal(await verify.verifySignature(key, note), "verified");
  await assert.rejects(verify.verifySignature(key, { ...note, text: "This is another message.\n" }), verify.Mismatch);
});

test("a browser without Ed25519 checks the hashes and says that it couldn't check the signature", async (context) => {
  const importKey = crypto.subtle.importKey.bind(crypto.subtle);
  context.mock.method(crypto.subtle, "importKey", (format, data, algorithm, ...rest) => {
    if (algorithm.name === "Ed25519") throw new DOMException("no Ed25519", "NotSupportedError");
    return importKey(format, data, algorithm, ...rest);
  });
  assert.equal((await verify.verifyUse(fixture(), shown())).signature, "unchecked");
  await refuses("path", { ...fixture(), index: 320 });
  const page = element(shown());
  await verify.report(page, fixture, "en");
  assert.equal(page.dataset.outcome, "unchecked");
  assert.match(page.output.textContent, /could not check the log's signature/);
});

test("the page says the outcome in words, in its language", async () => {
  for (const [language, verified, mismatch] of [
    ["en", /Checked in your browser.*321.*700/, /does not match: the proof is of another text/],
    ["id", /Sudah diperiksa.*321.*700/, /Tidak cocok: bukti ini untuk teks/],
  ]) {
    const page = element(shown());
    await verify.report(page, async () => fixture(), language);
    assert.equal(page.dataset.outcome, "verified");
    assert.match(page.output.textContent, verified);
    const wrong = element({ ...shown(), text: "something else" });
    await verify.report(wrong, async () => fixture(), language);
    assert.equal(wrong.dataset.outcome, "mismatch");
    assert.match(wrong.output.textContent, mismatch);
  }
});

test("a proof that doesn't arrive is nothing wrong, but nothing checked", async () => {
  const page = element(shown());
  await verify.report(page, async () => { throw new TypeError("network"); }, "en");
  assert.equal(page.dataset.outcome, "unchecked");
  assert.match(page.output.textContent, /could not be checked here/);
});

test("both languages have every sentence", () => {
  const names = (object) =>
    Object.entries(object).flatMap(([name, value]) => (typeof value === "object" ? names(value).map((inner) => `${name}.${inner}`) : [name]));
  assert.deepEqual(names(verify.sentences.id).sort(), names(verify.sentences.en).sort());
});

function codeOf({ text, salt }) {
  return createHmac("sha256", Buffer.from(salt, "base64")).update(text).digest("base64");
}

/** The same proof with its checkpoint signed by somebody else, under the log's name or another that `edit` gives. */
function resign(proof, edit = (text) => text) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const material = Buffer.concat([Buffer.from([1]), publicKey.export({ type: "spki", format: "der" }).subarray(-32)]);
  const name = proof.key.split("+")[0];
  const id = createHash("sha256").update(name + "\n").update(material).digest().subarray(0, 4);
  const text = edit(proof.checkpoint.slice(0, proof.checkpoint.lastIndexOf("\n\n") + 1));
  const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString("base64");
  return { ...proof, checkpoint: `${text}\n— ${name} ${signature}\n`, key: `${name}+${id.toString("hex")}+${material.toString("base64")}` };
}
