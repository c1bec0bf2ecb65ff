/** ZIP archives with the same bytes wherever and whenever they are made. */

/** The first moment that the format can name, in its own notation: 1980-01-01 00:00. */
const epoch = { time: 0, date: (1 << 5) | 1 };
/** A regular file that everybody may read, as Unix writes it. */
const readable = (0o100644 << 16) >>> 0;

/**
 * An archive of one file, stored as it is: what compression makes depends on the version of zlib.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.4
 */
export function zipOf(name: string, content: Uint8Array): Buffer {
  const file = Buffer.from(name, "utf8");
  const common = Buffer.alloc(26);
  // Version 2.0, no flags, stored.
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(epoch.time, 6);
  common.writeUInt16LE(epoch.date, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([signature(0x04034b50), common, file]);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(readable, 6);
  // Made by Unix; the rest of the fields are zero: no comment, first disk, at the beginning of the archive.
  const central = Buffer.concat([signature(0x02014b50), Buffer.from([20, 3]), common, attributes, file]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length + content.length, 12);
  return Buffer.concat([local, content, central, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as in ISO 3309; Node has one of its own only since version 22.2. */
function crc32(content: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of content) value = table[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
