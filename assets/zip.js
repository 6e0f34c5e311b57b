// Reads a ZIP archive that is in memory: as much of the format as our own archives use (PKWARE APPNOTE 6.3, 4.3), strictly.

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
    let central = start;
    for (let number = 0; number < count; number++) {
      expect(long(central) === 0x02014b50);
      const local = long(central + 42);
      const name = text(central + 46, short(central + 28));
      expect(long(local) === 0x04034b50 && name === text(local + 30, short(local + 26)));
      // Version, flags, method, time and day stand in both lists; sums and lengths too, where they were known in time.
      for (let offset = 0; offset < 10; offset += 2) expect(short(central + 6 + offset) === short(local + 4 + offset));
      for (let offset = 0; offset < 12; offset += 4) expect([0, long(central + 16 + offset)].includes(long(local + 14 + offset)));
      const content = local + 30 + short(local + 26) + short(local + 28);
      const packed = bytes.subarray(content, content + long(central + 20));
      const method = short(central + 10);
      expect((short(central + 8) & 1) === 0 && (method === 0 || method === 8));
      const unpacked = method === 0 ? packed : await inflated(packed);
      expect(unpacked.length === long(central + 24) && crc32(unpacked) === long(central + 16));
      files.push({ name, bytes: unpacked });
      central += 46 + short(central + 28) + short(central + 30) + short(central + 32);
    }
    expect(central === end);
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
