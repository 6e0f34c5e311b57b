// Where a page lets somebody choose a copy that they took along: checks it in the browser and says what holds and what doesn't.
//
//     <div data-copy="name+id+base64">         the log's keys, which the house publishes, a blank between them
//       <div hidden> <input type="file"> </div>
//       <output></output>                      says what to do without script, then the answer
//     </div>
//
// The element's dataset.outcome is that of `checkCopy`.

import { checkCopy } from "./copy.js";
import { CannotCheck } from "./verify.js";
import { unpack } from "./zip.js";

/** Checks the bytes of an archive or of its data.json. */
export async function checkFile(file, known) {
  if (file[0] !== 0x50 || file[1] !== 0x4b) return checkCopy(file, null, known);
  if (!globalThis.DecompressionStream) throw new CannotCheck("archive");
  let archive;
  try {
    archive = await unpack(file);
  } catch {
    return { outcome: "mismatch", wrong: [["archive"]], found: [] };
  }
  return checkCopy(archive.find(({ name }) => name === "data.json")?.bytes ?? new Uint8Array(), archive, known);
}

/** Checks what was chosen and says so on the page. */
export async function report(element, file, language = document.documentElement.lang) {
  const words = sentences[language.slice(0, 2)] ?? sentences.en;
  const say = (outcome, tone, sentence, findings = []) => {
    element.dataset.outcome = outcome;
    const note = document.createElement("div");
    note.className = `note ${tone} flow`;
    const head = document.createElement("p");
    head.textContent = sentence;
    const list = document.createElement("ul");
    list.append(...findings.map(([reason, ...args]) => {
      const item = document.createElement("li");
      const sentence = words[reason](...args);
      item.textContent = sentence[0].toUpperCase() + sentence.slice(1);
      return item;
    }));
    note.append(head, ...(findings.length > 0 ? [list] : []));
    element.querySelector("output").replaceChildren(note);
  };
  say("checking", "info", words.checking(file.name));
  try {
    const { outcome, wrong, found } = await checkFile(new Uint8Array(await file.arrayBuffer()), element.dataset.copy || null);
    const tone = { verified: "ok", mismatch: "bad", cut: "bad", unchecked: "wait", unknown: "wait" }[outcome];
    say(outcome, tone, words.outcomes[outcome](file.name), [...wrong, ...found]);
  } catch (error) {
    if (error instanceof CannotCheck) say("unchecked", "wait", error.message === "archive" ? words.noUnpacking : words.noCrypto);
    else say("unchecked", "wait", words.unread(file.name));
  }
}

export const sentences = {
  en: {
    checking: (name) => `Checking ${name} …`,
    outcomes: {
      verified: (name) => `Everything in ${name} holds: it is what we signed, nothing is missing and nothing was changed.`,
      mismatch: (name) => `Not everything in ${name} holds. It was changed after we signed it, or we did something wrong. Keep the file and write to the privacy officer.`,
      cut: (name) => `What is in ${name} holds: it is what we signed. But entries of yours had been lost here before you took it along, and they aren’t in it. Keep the file and ask the privacy officer what became of them.`,
      unchecked: (name) => `Your browser can’t check signatures (it lacks Ed25519), so it can’t be said that ${name} is genuine. The parts of it fit together; anybody could have made them fit. Open this page in a newer browser, or use voffice-verify.`,
      unknown: (name) => `The parts of ${name} fit together, but this page has no key to hold its signature against.`,
    },
    noUnpacking: "Your browser can’t open archives, so nothing was checked. Unpack the archive and choose data.json out of it.",
    noCrypto: "Your browser doesn’t let this page calculate (it needs https), so nothing was checked.",
    unread: (name) => `${name} could not be read, so nothing was checked. Choose it again.`,
    nouns: { held: "held value", file: "file" },
    kinds: { text: "a text", hash: "a hash", number: "a whole number", truth: "true", list: "a list", object: "an object" },

    archive: () => "the archive is damaged, was cut, or was packed anew: give data.json out of it alone.",
    notJSON: () => "it isn't a copy from a vOffice house, or it was cut: it isn't JSON.",
    twice: () => "a name stands twice in one object, so that readers would differ in what it says.",
    format: (format) => `its format is ${format}, not voffice/export/2.`,
    kind: (kind, place) => `${place} isn't ${sentences.en.kinds[kind]}.`,
    lacking: (place) => `${place} is missing.`,
    unknown: (place) => `${place} isn't part of the format.`,
    key: () => "key isn't the key of a log.",
    otherKey: (key) => `it is signed with ${key}, which isn't the log's key.`,
    checkpointSignature: () => "checkpoint isn't signed with the key.",
    statementSignature: () => "statement isn't signed with the key.",
    statement: () => "statement isn't one of a copy.",
    field: (name) => `${name} isn't what was signed.`,
    tree: () => "checkpoint isn't the one of the statement.",
    cut: (number) => `the statement itself says that entries before ${number} were lost.`,
    thing: (noun, number, name) => `${sentences.en.nouns[noun]} ${number} (${name}) isn't what was signed.`,
    missing: (noun, count, all) => `${sentences.en.nouns[noun]}: ${count} of ${all} that were signed are missing or changed.`,
    order: (noun) => `${sentences.en.nouns[noun]}: not once each, in the order that was signed.`,
    gap: (number) => `entry ${number} is missing, or not in its place.`,
    shut: (number) => `entry ${number} doesn't open.`,
    nowhere: (number) => `entry ${number} doesn't say where it stands.`,
    elsewhere: (number) => `entry ${number} is another person's, or of another place.`,
    unlinked: (number) => `entry ${number} doesn't follow on the one before it.`,
    late: (number) => `entry ${number} was told late, and isn't what was in the log at the time.`,
    unproved: (number) => `entry ${number} isn't proved to be in the log.`,
    newest: (number) => `the newest entry isn't the one that was signed as such, ${number}.`,
    noFile: (name) => `${name} is missing from the archive.`,
    stranger: (name) => `${name} doesn't belong into the archive.`,

    from: (house, at) => `From ${house}, taken on ${moment(at)}.`,
    signed: (key, size) => `Everything is signed with ${key}; the log had ${size} entries then.`,
    values: (count) => `${count} held values are what was signed.`,
    entries: (count, first, last) => `${count} entries of the record of uses, ${first} to ${last}: none is missing, each is in the log.`,
    someEntries: (count, first, last) => `${count} entries of the record of uses, ${first} to ${last}: none of these is missing, each is in the log.`,
    older: (first) => `Entries before ${first} weren't kept any more; that was signed.`,
    files: () => "The files beside data.json are what was signed.",
    noFiles: () => "What came beside data.json wasn't checked: give the whole archive for that.",
  },
  id: {
    checking: (name) => `Memeriksa ${name} …`,
    outcomes: {
      verified: (name) => `Semua isi ${name} sah: persis yang kami tanda tangani, tidak ada yang hilang dan tidak ada yang diubah.`,
      mismatch: (name) => `Tidak semua isi ${name} sah. Berkas ini diubah setelah kami tanda tangani, atau kami berbuat salah. Simpan berkas ini dan hubungi petugas pelindungan data.`,
      cut: (name) => `Yang ada di ${name} sah: persis yang kami tanda tangani. Namun sebagian catatan Anda sudah hilang di sini sebelum Anda mengambilnya, dan tidak ada di dalamnya. Simpan berkas ini dan tanyakan kepada petugas pelindungan data apa yang terjadi dengan catatan itu.`,
      unchecked: (name) => `Peramban Anda tidak dapat memeriksa tanda tangan (tidak mendukung Ed25519), jadi keaslian ${name} tidak dapat dipastikan. Bagian-bagiannya cocok satu sama lain, tetapi siapa pun bisa membuatnya cocok. Buka halaman ini di peramban yang lebih baru, atau pakai voffice-verify.`,
      unknown: (name) => `Bagian-bagian ${name} cocok satu sama lain, tetapi halaman ini tidak punya kunci pembanding untuk tanda tangannya.`,
    },
    noUnpacking: "Peramban Anda tidak dapat membuka arsip, jadi belum ada yang diperiksa. Bongkar arsipnya, lalu pilih data.json di dalamnya.",
    noCrypto: "Peramban Anda tidak mengizinkan halaman ini menghitung (perlu https), jadi belum ada yang diperiksa.",
    unread: (name) => `${name} tidak dapat dibaca, jadi belum ada yang diperiksa. Pilih sekali lagi.`,
    nouns: { held: "nilai tersimpan", file: "berkas" },
    kinds: { text: "teks", hash: "sidik", number: "bilangan bulat", truth: "true", list: "daftar", object: "objek" },

    archive: () => "arsipnya rusak, terpotong, atau dikemas ulang: berikan hanya data.json di dalamnya.",
    notJSON: () => "ini bukan salinan dari kantor vOffice, atau terpotong: bukan JSON.",
    twice: () => "ada nama yang tertulis dua kali dalam satu objek, sehingga isinya bisa dibaca berbeda-beda.",
    format: (format) => `formatnya ${format}, bukan voffice/export/2.`,
    kind: (kind, place) => `${place} bukan ${sentences.id.kinds[kind]}.`,
    lacking: (place) => `${place} tidak ada.`,
    unknown: (place) => `${place} bukan bagian dari format ini.`,
    key: () => "key bukan kunci sebuah log.",
    otherKey: (key) => `ditandatangani dengan ${key}, yang bukan kunci log.`,
    checkpointSignature: () => "checkpoint tidak ditandatangani dengan kunci itu.",
    statementSignature: () => "statement tidak ditandatangani dengan kunci itu.",
    statement: () => "statement bukan pernyataan untuk sebuah salinan.",
    field: (name) => `${name} bukan yang kami tanda tangani.`,
    tree: () => "checkpoint bukan yang disebut pernyataan kami.",
    cut: (number) => `pernyataan itu sendiri menyebut bahwa catatan sebelum nomor ${number} hilang.`,
    thing: (noun, number, name) => `${sentences.id.nouns[noun]} ${number} (${name}) bukan yang kami tanda tangani.`,
    missing: (noun, count, all) => `${sentences.id.nouns[noun]}: ${count} dari ${all} yang kami tanda tangani hilang atau diubah.`,
    order: (noun) => `${sentences.id.nouns[noun]}: tidak tepat satu kali, menurut urutan yang kami tanda tangani.`,
    gap: (number) => `catatan ${number} hilang, atau tidak pada tempatnya.`,
    shut: (number) => `catatan ${number} tidak dapat dibuka.`,
    nowhere: (number) => `catatan ${number} tidak menyebut tempatnya.`,
    elsewhere: (number) => `catatan ${number} milik orang lain, atau dari tempat lain.`,
    unlinked: (number) => `catatan ${number} tidak menyambung catatan sebelumnya.`,
    late: (number) => `catatan ${number} diberitahukan belakangan, dan tidak sama dengan isi log saat itu.`,
    unproved: (number) => `catatan ${number} tidak terbukti ada di log.`,
    newest: (number) => `catatan terbaru bukan yang kami tanda tangani sebagai yang terbaru, nomor ${number}.`,
    noFile: (name) => `${name} tidak ada di arsip.`,
    stranger: (name) => `${name} tidak termasuk arsip ini.`,

    from: (house, at) => `Dari ${house}, diambil pada ${moment(at)}.`,
    signed: (key, size) => `Semuanya ditandatangani dengan ${key}; saat itu log berisi ${size} catatan.`,
    values: (count) => `${count} nilai tersimpan sama dengan yang kami tanda tangani.`,
    entries: (count, first, last) => `${count} catatan pemakaian, nomor ${first} sampai ${last}: tidak ada yang hilang, semuanya ada di log.`,
    someEntries: (count, first, last) => `${count} catatan pemakaian, nomor ${first} sampai ${last}: dari ini tidak ada yang hilang, semuanya ada di log.`,
    older: (first) => `Catatan sebelum nomor ${first} sudah tidak disimpan; itu pun kami tanda tangani.`,
    files: () => "Berkas di samping data.json sama dengan yang kami tanda tangani.",
    noFiles: () => "Yang ada di samping data.json tidak diperiksa: untuk itu pilih arsipnya utuh.",
  },
};

/** 2026-03-01T02:00:00Z as people write it. */
function moment(at) {
  return at.replace("T", " ").replace("Z", " UTC");
}

if (typeof document !== "undefined") {
  for (const element of document.querySelectorAll("[data-copy]")) {
    const input = element.querySelector("input");
    element.querySelector("[hidden]").hidden = false;
    element.querySelector("output").replaceChildren();
    input.addEventListener("change", () => input.files[0] && report(element, input.files[0]));
  }
}
