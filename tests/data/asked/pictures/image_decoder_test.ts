import assert from "node:assert/strict";
import { encode } from "fast-png";
import {
  type ImageDecoder,
  type SmallPicture,
  startImageDecoder,
} from "../../../../data/asked/pictures/image_decoder.ts";
import {
  CMYK,
  GIF,
  JPEG,
  MOVING_GIF,
  movingWebp,
  png,
  turnedJpeg,
  WEBP,
} from "../../image_files.ts";

async function decodeWhole(
  bytes: Uint8Array,
  { side = 8, decoder }: { side?: number; decoder?: ImageDecoder } = {},
): Promise<SmallPicture> {
  using own = startImageDecoder(side, { workers: 1 });
  const picture = await (decoder ?? own).decode(bytes);
  assert(typeof picture !== "string", String(picture));
  return picture;
}

const decode = async (bytes: Uint8Array, side = 8) =>
  (await decodeWhole(bytes, { side })).pixels;

for (
  const [what, bytes, left, right] of [
    ["JPEG", JPEG, [192, 32, 32], [32, 64, 192]],
    ["CMYK JPEG", CMYK, [200, 40, 30], [30, 60, 200]],
    ["GIF", GIF, [200, 40, 30], [30, 60, 200]],
    ["WebP", WEBP, [200, 40, 30], [30, 60, 200]],
    ["moving GIF", MOVING_GIF, [200, 40, 30], [30, 60, 200]],
    ["moving WebP", movingWebp(), [200, 40, 30], [30, 60, 200]],
  ] as const
) {
  Deno.test(`startImageDecoder() reads ${what}`, async () => {
    const pixels = await decode(bytes);
    for (const [at, colour] of [[0, left], [21, right]] as const) {
      for (const [i, value] of colour.entries()) {
        const seen = pixels[at + i] ?? 0;
        assert.ok(Math.abs(seen - value) < 12, `${seen}, not ${value}`);
      }
    }
  });
}

Deno.test("startImageDecoder() leaves an image of the right size as it is, pixel by pixel", async () => {
  const data = Uint8Array.from({ length: 192 }, (_, i) => (i * 37) % 256);
  const file = encode({ width: 8, height: 8, data, channels: 3, depth: 8 });
  assert.deepEqual(await decode(file), data);
});

Deno.test("startImageDecoder() cuts to the middle, and averages what is larger", async () => {
  // 24 × 8: black, then stripes a pixel wide in the middle, then black.
  const data = new Uint8Array(24 * 8 * 3);
  for (let i = 0; i < 24 * 8; i++) {
    const x = i % 24;
    data.fill(x >= 8 && x < 16 ? 100 + 100 * (x % 2) : 0, 3 * i, 3 * i + 3);
  }
  const file = encode({ width: 24, height: 8, data, channels: 3, depth: 8 });
  assert.deepEqual(await decode(file, 4), new Uint8Array(48).fill(150));
});

Deno.test("startImageDecoder() averages by area where the sides do not divide", async () => {
  const data = Uint8Array.from([0, 90, 180].flatMap((v) => Array(3).fill(v)));
  const rows = Uint8Array.from([...data, ...data, ...data]);
  const file = encode({
    width: 3,
    height: 3,
    data: rows,
    channels: 3,
    depth: 8,
  });
  const pixels = await decode(file, 2);
  assert.deepEqual([pixels[0], pixels[3]], [30, 150]);
});

Deno.test("startImageDecoder() puts what is transparent on white", async () => {
  const pixels = await decode(png(8, 8, [0, 0, 0, 51]));
  assert.deepEqual(pixels, new Uint8Array(192).fill(204));
});

Deno.test("startImageDecoder() says why it has no picture, and goes on", async () => {
  using decoder = startImageDecoder(8);
  assert.equal(
    await decoder.decode(new TextEncoder().encode("hello")),
    "is not a PNG, JPEG, GIF or WebP file; convert it to one of these",
  );
  assert.equal(await decoder.decode(new Uint8Array()), "is empty");
  assert.equal(await decoder.decode(JPEG.subarray(0, 60)), "is damaged");
  const cut = movingWebp().subarray(0, -20); // its first picture is whole
  assert.equal(await decoder.decode(cut), "is damaged");
  assert(typeof await decoder.decode(JPEG) !== "string");
});

Deno.test("startImageDecoder() reads images of 16 bits, of greys, and with two channels", async () => {
  using decoder = startImageDecoder(8, { workers: 1 });
  for (const channels of [1, 2, 3, 4] as const) {
    for (const depth of [8, 16] as const) {
      const most = depth === 8 ? 255 : 65535;
      const isOpaque = (i: number) =>
        channels % 2 === 0 && i % channels === channels - 1;
      const values = Array.from(
        { length: 64 * channels },
        (_, i) => isOpaque(i) ? most : Math.round(0.4 * most),
      );
      const data = depth === 8
        ? Uint8Array.from(values)
        : Uint16Array.from(values);
      const file = encode({ width: 8, height: 8, data, channels, depth });
      assert.deepEqual(
        (await decodeWhole(file, { decoder })).pixels,
        new Uint8Array(192).fill(102),
        `${channels} channels of ${depth} bits`,
      );
    }
  }
});

Deno.test("startImageDecoder() says what a file is and how large its image is when upright", async () => {
  using decoder = startImageDecoder(8, { workers: 1 });
  for (
    const [file, type, width, height] of [
      [JPEG, "JPEG", 32, 16],
      [CMYK, "JPEG", 12, 8],
      [GIF, "GIF", 12, 8],
      [WEBP, "WebP", 12, 8],
      [movingWebp(), "WebP", 12, 8],
      [png(5, 9, [1, 2, 3]), "PNG", 5, 9],
    ] as const
  ) {
    const { pixels: _, ...header } = await decodeWhole(file, { decoder });
    assert.deepEqual(header, { type, width, height });
  }
  const turned = turnedJpeg(JPEG, { value: 6 });
  const { width, height } = await decodeWhole(turned, { decoder });
  assert.deepEqual([width, height], [16, 32]);
});

Deno.test("startImageDecoder() refuses an image of 100 million pixels by its header alone", async () => {
  using decoder = startImageDecoder(8);
  const huge = png(8, 8, [1, 2, 3]);
  new DataView(huge.buffer).setUint32(16, 10_000);
  new DataView(huge.buffer).setUint32(20, 10_000);
  assert.equal(
    await decoder.decode(huge),
    "is 10000 × 10000 pixels, and 64 million are the most; make it smaller",
  );
});

/** A grey JPEG file of 8,200 × 8,200 pixels: for each of its squares of 8 × 8 two bits say that it is as the one before. */
function largeJpeg(frame = 0xc0): Uint8Array<ArrayBuffer> {
  const words = (...all: number[]) =>
    all.flatMap((one) => [one >> 8, one & 255]);
  const counts = (...some: number[]) =>
    Array.from({ length: 16 }, (_, i) => some[i] ?? 0);
  const head = [
    ...words(0xffd8, 0xffdb, 67),
    ...[0, ...new Array(64).fill(8)],
    ...[0xff, frame, ...words(11), 8, ...words(8200, 8200), 1, 1, 0x11, 0],
    ...[...words(0xffc4, 21), 0x00, ...counts(1, 1), 0, 7],
    ...[...words(0xffc4, 20), 0x10, ...counts(1), 0],
    ...[...words(0xffda, 8), 1, 1, 0, 0, 63, 0],
  ];
  const squares = (8200 / 8) ** 2;
  const file = new Uint8Array(head.length + Math.ceil(squares / 4) + 4);
  file.set(head);
  // The first square is lighter than grey: by 100 of a number of seven bits.
  file.set([0b10_110010, 0b0_0000000], head.length);
  file.set([0xff, 0xd9], file.length - 2);
  return file;
}

Deno.test("startImageDecoder() reads a JPEG of more than 64 million pixels, which is reduced while it is decoded, unless all of it had to be held", async () => {
  using decoder = startImageDecoder(8, { workers: 1 });
  const { pixels, ...header } = await decodeWhole(largeJpeg(), { decoder });
  assert.deepEqual(header, { type: "JPEG", width: 8200, height: 8200 });
  assert.deepEqual(pixels, new Uint8Array(192).fill(128 + 100));
  assert.equal(
    await decoder.decode(largeJpeg(0xc2)),
    "is 8200 × 8200 pixels, and 64 million are the most; make it smaller",
  );
  assert.equal(
    await decoder.decode(largeJpeg().subarray(0, 100_000)),
    "is damaged",
  );
});

Deno.test("startImageDecoder() decodes several files at a time, each with its own reply, damaged ones among them", async () => {
  using decoder = startImageDecoder(8, { workers: 2 });
  const files = Array.from(
    { length: 12 },
    (_, i) => i % 4 === 1 ? JPEG.subarray(0, 600) : png(8, 8, [i, i, i]),
  );
  const replies = await Promise.all(files.map((file) => decoder.decode(file)));
  assert.deepEqual(
    replies.map((reply) => typeof reply === "string" ? reply : reply.pixels[0]),
    files.map((_, i) => i % 4 === 1 ? "is damaged" : i),
  );
});
