import { PhotonImage } from "@silvia-odwyer/photon-node";
import assert from "node:assert/strict";
import { V8_FLAGS } from "../../../../cli/shell/v8_flags.ts";
import { openJpegDecoder } from "../../../../data/asked/pictures/jpeg_decoder.ts";
import { smallSquare } from "../../../../data/asked/pictures/small_square.ts";
import { stream } from "../../../../engine/define/random.ts";
import { CMYK } from "../../image_files.ts";

const [WIDTH, HEIGHT] = [600, 480];

/** Waves of colour with noise, as a JPEG file. */
function photograph(): Uint8Array {
  const random = stream(1, "photograph");
  const raw = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    raw[4 * i] = 128 + 60 * Math.sin(x / 40) + 20 * random.normal();
    raw[4 * i + 1] = 128 + 60 * Math.cos(y / 30) + 20 * random.normal();
    raw[4 * i + 2] = 128 + 60 * Math.sin((x + y) / 9);
  }
  const image = new PhotonImage(raw, WIDTH, HEIGHT);
  const bytes = image.get_bytes_jpeg(90);
  image.free();
  return bytes;
}

const file = photograph();
const decode = await openJpegDecoder();

Deno.test("openJpegDecoder() decodes a half, a quarter or an eighth where that is four times the side that is asked for", () => {
  for (
    const [side, width, height] of [
      [64, 600, 480],
      [60, 300, 240],
      [30, 150, 120],
      [15, 75, 60],
    ] as const
  ) {
    const picture = decode(file, side);
    assert.deepEqual([picture?.width, picture?.height], [width, height]);
    assert.equal(picture?.pixels.length, 4 * width * height);
  }
});

Deno.test("openJpegDecoder() makes small what all pixels make small, to three levels of 255", () => {
  const image = PhotonImage.new_from_byteslice(file);
  const whole = smallSquare(
    { width: WIDTH, height: HEIGHT, pixels: image.get_raw_pixels() },
    15,
  );
  image.free();
  const picture = decode(file, 15);
  assert.ok(picture !== null);
  const most = smallSquare(picture, 15).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (whole[i] as number))),
    0,
  );
  assert.ok(most <= 3, `${most}`);
});

Deno.test("openJpegDecoder() leaves damaged files and those for print to others, and decodes the next", () => {
  const cut = file.slice(0, 2000);
  const garbled = file.slice().fill(0xff, 600, 900);
  for (
    const bytes of [cut, garbled, CMYK, new Uint8Array(10), file.slice(0, 100)]
  ) {
    assert.equal(decode(bytes, 30), null);
    assert.notEqual(decode(file, 30), null);
  }
});

// With V8's flags nothing checks its bounds.
Deno.test("the library of openJpegDecoder() reads nothing past its memory: the process ends", async () => {
  const { code, stderr } = await readPast(0);
  assert.equal(code, 1);
  assert.match(stderr, /memory access out of bounds/);
  for (const bytes of [0, 1_000_000, 2 ** 31, 2 ** 32 - 2 ** 20]) {
    const { signal, stdout } = await readPast(bytes, V8_FLAGS);
    assert.ok(signal, `${bytes} bytes past it`);
    assert.equal(stdout, "");
  }
});

/** Has it read so many bytes past its memory, in a process of its own. */
async function readPast(bytes: number, ...flags: readonly string[]) {
  const script = import.meta.resolve("./read_past_memory.ts");
  const { code, signal, stdout, stderr } = await new Deno.Command(
    Deno.execPath(),
    {
      args: [
        ...["run", "-q", "--no-check", "--no-prompt", "--allow-read"],
        ...[...flags, script, `${bytes}`],
      ],
      env: { NO_COLOR: "1" },
    },
  ).output();
  const [out, error] = [stdout, stderr].map((text) =>
    new TextDecoder().decode(text)
  );
  return { code, signal, stdout: out, stderr: error ?? "" };
}
