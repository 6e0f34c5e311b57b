// Checks the copies that copies.py serves, one behind the other, and says of each what the page would say.
import { checkFile, sentences } from "/assets/copy-page.js";

const { lengths, key } = await (await fetch("/copies.json")).json();
const all = new Uint8Array(await (await fetch("/copies")).arrayBuffer());
const verdicts = [];
let end = 0;
for (const length of lengths) {
  const { outcome, wrong, found } = await checkFile(all.subarray(end, (end += length)), key);
  const said = Object.entries(sentences).map(([language, words]) =>
    [language, [...wrong, ...found].map(([reason, ...args]) => words[reason](...args))]);
  verdicts.push({ outcome, ...Object.fromEntries(said) });
}
window.verdicts = verdicts;
