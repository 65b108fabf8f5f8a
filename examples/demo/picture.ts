// A photo made in code: a speaker's cone seen from below, with the point that went through it. A PNG (ISO/IEC 15948) of 96 x 64 pixels.
import { crc32, deflateSync } from "node:zlib";

const WIDTH = 96;
const HEIGHT = 64;

const CLOTH = [58, 56, 62];
const RIM = [128, 128, 134];
const CONE = [24, 24, 28];
const STEEL = [214, 72, 48];

function colourAt(x: number, y: number): readonly number[] {
  const distance = Math.hypot(x - 48, y - 26);
  // A spike that stands up from the floor and gets thinner on its way into the cone.
  if (y > 24 && Math.abs(x - 56) < (y - 24) / 8) return STEEL;
  if (distance < 20) return CONE;
  return distance < 23 ? RIM : CLOTH;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The picture, with `place` in its metadata as a camera would write it. */
export function photograph(place: string): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, RGB
  const rows = Array.from({ length: HEIGHT }, (_, y) => [
    0,
    ...Array.from({ length: WIDTH }, (_, x) => colourAt(x, y)).flat(),
  ]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from(`Location\0${place}`, "latin1")),
    chunk("IDAT", deflateSync(Buffer.from(rows.flat()))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
