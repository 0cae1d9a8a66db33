import assert from "node:assert/strict";
import { encode } from "fast-png";
import { startImageDecoder } from "../../../data/own/image_decoder.ts";
import { CMYK, GIF, JPEG, png, WEBP } from "../image_files.ts";

async function decode(bytes: Uint8Array, side = 8): Promise<Uint8Array> {
  using decoder = startImageDecoder(side);
  const pixels = await decoder.decode(bytes);
  assert(typeof pixels !== "string", String(pixels));
  return pixels;
}

for (
  const [what, bytes, left, right] of [
    ["JPEG", JPEG, [192, 32, 32], [32, 64, 192]],
    ["CMYK JPEG", CMYK, [200, 40, 30], [30, 60, 200]],
    ["GIF", GIF, [200, 40, 30], [30, 60, 200]],
    ["WebP", WEBP, [200, 40, 30], [30, 60, 200]],
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
  assert.equal(await decoder.decode(JPEG.subarray(0, 60)), "is damaged");
  assert(typeof await decoder.decode(JPEG) !== "string");
});
