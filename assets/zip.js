// Reads a ZIP archive that is in memory: as much of the format as our own archives use (PKWARE APPNOTE 6.3, 4.3), laid out as they are to the byte
// (Sources/Zip/Layout.swift).

/** The bytes are no such archive, or not whole. */
export class Damaged extends Error {}

/** All files of the archive in their order: `{name, bytes}`. Needs `DecompressionStream`. */
export async function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const short = (place) => view.getUint16(place, true);
  const long = (place) => view.getUint32(place, true);
  const text = (place, length) => new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(place, place + length));
  try {
    const end = bytes.length - 22;
    const [count, size, start] = [short(end + 10), long(end + 12), long(end + 16)];
    expect(long(end) === 0x06054b50 && long(end + 4) === 0 && short(end + 8) === count && short(end + 20) === 0 && start + size === end);
    const files = [];
    let local = 0;
    let central = start;
    for (let number = 0; number < count; number++) {
      const length = short(central + 28), method = short(central + 10), content = local + 30 + length;
      // Made on Unix by version 6.3 of the format, to be unpacked by 2.0, packed as well as can be or not at all.
      expect(long(central) === 0x02014b50 && short(central + 4) === 0x033f && short(central + 6) === 20);
      expect([0, 2].includes(short(central + 8)) && [0, 8].includes(method) && long(central + 12) === long(start + 12));
      // No comments, one disk, a plain file, and where its content begins.
      expect(long(central + 30) === 0 && long(central + 34) === 0 && long(central + 38) === 0x81b60000 && long(central + 42) === local);
      expect(long(local) === 0x04034b50);
      for (let offset = 4; offset < 30; offset++) expect(bytes[local + offset] === bytes[central + 2 + offset]);
      const name = text(central + 46, length);
      expect(name === text(local + 30, length));
      const packed = bytes.subarray(content, content + long(central + 20));
      const unpacked = method === 0 ? packed : await inflated(packed);
      expect(unpacked.length === long(central + 24) && crc32(unpacked) === long(central + 16));
      files.push({ name, bytes: unpacked });
      local = content + packed.length;
      central += 46 + length;
    }
    expect(central === end && local === start);
    return files;
  } catch (error) {
    throw new Damaged(String(error));
  }
}

function expect(holds) {
  if (!holds) throw new Damaged("not as it should be");
}

async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
