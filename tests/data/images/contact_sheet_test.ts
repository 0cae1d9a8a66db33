import { decode } from "fast-png";
import assert from "node:assert/strict";
import { contactSheet } from "../../../data/images/contact_sheet.ts";
import type { Images } from "../../../data/images/images.ts";

/** Three 1×1 images, the second of class "b". */
const colours: Images = {
  images: Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90),
  labels: Uint8Array.of(0, 1, 0),
  shape: [1, 1, 3],
  classes: ["a", "b"],
};

/** The picture's rows of pixels, e.g. "10,20,30", without the white between images. */
function inked(png: Uint8Array): string[][] {
  const { width, height, channels, data } = decode(png);
  assert.equal(channels, 3);
  const rows: string[][] = [];
  for (let y = 0; y < height; y++) {
    const row: string[] = [];
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const pixel = data.slice(at, at + 3).join();
      if (pixel !== "255,255,255") row.push(pixel);
    }
    if (row.length > 0) rows.push(row);
  }
  return rows;
}

Deno.test("contactSheet() shows the first images of each class, one class a row", () => {
  assert.deepEqual(inked(contactSheet([colours], { perClass: 2, scale: 1 })), [
    ["10,20,30", "70,80,90"],
    ["40,50,60"],
  ]);
});

Deno.test("contactSheet() shows the sets side by side", () => {
  const darker = { ...colours, images: colours.images.map((v) => v - 5) };
  const png = contactSheet([colours, darker], { perClass: 1, scale: 1 });
  assert.deepEqual(inked(png), [
    ["10,20,30", "5,15,25"],
    ["40,50,60", "35,45,55"],
  ]);
});

Deno.test("contactSheet() draws each pixel `scale` times on each axis", () => {
  const png = contactSheet([colours], { perClass: 1, scale: 3 });
  assert.deepEqual(
    inked(png).slice(0, 3),
    Array(3).fill(Array(3).fill("10,20,30")),
  );
});

Deno.test("contactSheet() keeps the rows and columns of an image", () => {
  const one: Images = {
    images: Uint8Array.of(1, 2, 3, 4),
    labels: Uint8Array.of(0),
    shape: [2, 2, 1],
    classes: ["a"],
  };
  assert.deepEqual(inked(contactSheet([one], { perClass: 1, scale: 1 })), [
    ["1,1,1", "2,2,2"],
    ["3,3,3", "4,4,4"],
  ]);
});

Deno.test("contactSheet() gives the same bytes each time", () => {
  assert.deepEqual(
    contactSheet([colours], { perClass: 2 }),
    contactSheet([colours], { perClass: 2 }),
  );
});

Deno.test("contactSheet() throws without images", () => {
  assert.throws(() => contactSheet([], { perClass: 1 }), {
    message: "Cannot draw a contact sheet: there are no images",
  });
});

Deno.test("contactSheet() throws when the sets differ in class names", () => {
  const other = { ...colours, classes: ["a", "c"] };
  assert.throws(() => contactSheet([colours, other], { perClass: 1 }), {
    message: "Cannot draw a contact sheet: the sets differ in class names",
  });
});
