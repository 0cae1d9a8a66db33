import assert from "node:assert/strict";
import {
  fileTypeOf,
  headerOf,
} from "../../../../data/asked/pictures/image_header.ts";
import {
  GIF,
  JPEG,
  movingWebp,
  png,
  turnedWebp,
  WEBP,
} from "../../image_files.ts";

const FILES = [
  ["JPEG", JPEG],
  ["GIF", GIF],
  ["WebP", WEBP],
  ["WebP", movingWebp()],
  ["PNG", png(8, 8, [1, 2, 3])],
] as const;

/** What stands in a JPEG file before its size. */
const JPEG_TABLES = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5u" +
  "ePWvuZHI////////////////////////////////////////////////////" +
  "2wBDAVVaWnhpeOuCguv/////////////////////////////////////////" +
  "////////////////////////////////";

/** How files of 301 by 517 pixels begin that ImageMagick 7.1 wrote, and how many bytes they have. */
const BEGINNINGS = [
  ["PNG", "PNG", "iVBORw0KGgoAAAANSUhEUgAAAS0AAAIFAQMAAAC9Ojk=", 343],
  ["GIF", "GIF", "R0lGODlhLQEFAvAAAP8AAP///yH5BAAAAAAALAAAAAA=", 620],
  ["WebP", "WebP", "UklGRrYBAABXRUJQVlA4IKoBAABQJgCdASotAQUCP3E=", 446],
  ["lossless WebP", "WebP", "UklGRigAAABXRUJQVlA4TBsAAAAvLAGBAAcQ/Y/+BwA=", 48],
  ["transparent WebP", "WebP", "UklGRuYBAABXRUJQVlA4WAoAAAAQAAAALAEABAIAQUw=", 494],
  ["JPEG", "JPEG", JPEG_TABLES + "wAARCAIFAS0DASIAAhEBAxEB/8QA", 1227],
  ["progressive JPEG", "JPEG", JPEG_TABLES + "wgARCAIFAS0DASIAAhEBAxEB/8QA", 1473],
] as const;

for (const [name, type, beginning, length] of BEGINNINGS) {
  Deno.test(`headerOf() reads the size of a ${name} file of another program`, () => {
    const file = new Uint8Array(length);
    file.set(Uint8Array.fromBase64(beginning));
    assert.deepEqual(headerOf(file, type), { type, width: 301, height: 517 });
  });
}

Deno.test("headerOf() gives one size or none of a file that ends too early, wherever that is", () => {
  for (const [type, file] of FILES) {
    const whole = headerOf(file, type);
    assert(whole !== undefined);
    for (let end = 0; end < file.length; end++) {
      const cut = headerOf(file.subarray(0, end), type);
      if (cut !== undefined) assert.deepEqual(cut, whole);
    }
    assert.equal(headerOf(file.subarray(0, 9), type), undefined);
  }
});

Deno.test("headerOf() gives no size of a WebP that is shorter than it says, but for a byte that fills up", () => {
  for (const file of [WEBP, movingWebp(), turnedWebp({ value: 6 })]) {
    assert(headerOf(file.subarray(0, -1), "WebP") !== undefined);
    assert(headerOf(Uint8Array.of(...file, 0, 0), "WebP") !== undefined);
    for (let end = 0; end < file.length - 1; end++) {
      assert.equal(headerOf(file.subarray(0, end), "WebP"), undefined);
    }
  }
});

Deno.test("headerOf() ends on a JPEG of nothing but filling bytes", () => {
  const file = new Uint8Array(1000).fill(255);
  file.set([0xff, 0xd8]);
  assert.equal(headerOf(file, "JPEG"), undefined);
});

Deno.test("fileTypeOf() goes by the first bytes", () => {
  for (const [type, file] of FILES) assert.equal(fileTypeOf(file), type);
  assert.equal(fileTypeOf(new TextEncoder().encode("II*")), undefined);
  assert.equal(fileTypeOf(new Uint8Array()), undefined);
});
