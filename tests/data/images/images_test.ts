import assert from "node:assert/strict";
import fc from "../../property.ts";
import { concatenate, type Images, images, take } from "../../../data/images/images.ts";
import { safetensors } from "../../../engine/define/safetensors.ts";

const classes = ["cat", "dog", "café"];

/** Images of any small shape. */
const someImages: fc.Arbitrary<Images> = fc
  .tuple(fc.nat(6), fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 4 }))
  .chain(([n, height, width, channel]) => {
    const length = n * height * width * channel;
    return fc.record({
      images: fc.uint8Array({ minLength: length, maxLength: length }),
      labels: fc.uint8Array({ minLength: n, maxLength: n, max: 2 }),
      shape: fc.constant([height, width, channel] as const),
      classes: fc.constant(classes),
    });
  });

/** Two images of 1×2 pixels with one channel. */
const two: Images = {
  images: Uint8Array.of(1, 2, 3, 4),
  labels: Uint8Array.of(2, 0),
  shape: [1, 2, 1],
  classes,
};

Deno.test("images.decode() gives back what images.encode() was given", () => {
  fc.assert(fc.property(someImages, (value) => {
    const decoded = images.decode(images.encode(value));
    assert.deepEqual([...decoded.images], [...value.images]);
    assert.deepEqual([...decoded.labels], [...value.labels]);
    assert.deepEqual(decoded.shape, value.shape);
    assert.deepEqual(decoded.classes, value.classes);
  }));
});

Deno.test("images.encode() gives a safetensors file with images and labels", () => {
  const { arrays } = safetensors.decode(images.encode(two));
  assert.deepEqual(arrays["images"], {
    shape: [2, 1, 2, 1],
    data: two.images,
  });
  assert.deepEqual(arrays["labels"], { shape: [2], data: two.labels });
});

/** Images of one pixel with labels that 8 bits do not hold. */
const many: Images = {
  images: Uint8Array.of(7, 8),
  labels: Int32Array.of(299, 0),
  shape: [1, 1, 1],
  classes: Array.from({ length: 300 }, (_, i) => `class ${i}`),
};

Deno.test("images.decode() gives back labels beyond 255", () => {
  assert.deepEqual(images.decode(images.encode(many)), many);
});

Deno.test("images.encode() throws when a label is negative", () => {
  const labels = Int32Array.of(299, -1);
  assert.throws(() => images.encode({ ...many, labels }), {
    name: "TypeError",
    message:
      "Cannot encode images: image 1 has label -1, but there are 300 class names",
  });
});

Deno.test("images.encode() throws when pixels and shape do not fit", () => {
  assert.throws(() => images.encode({ ...two, shape: [2, 2, 1] }), {
    name: "TypeError",
    message:
      "Cannot encode images: 2 labels and shape [2,2,1] need 8 bytes, not 4",
  });
});

Deno.test("images.encode() throws when a label has no class name", () => {
  assert.throws(() => images.encode({ ...two, classes: ["cat", "dog"] }), {
    name: "TypeError",
    message:
      "Cannot encode images: image 0 has label 2, but there are 2 class names",
  });
});

Deno.test("images.decode() throws when the labels are missing", () => {
  const bytes = safetensors.encode({
    arrays: { images: { shape: [2, 1, 2, 1], data: two.images } },
    metadata: { classes: "[]" },
  });
  assert.throws(() => images.decode(bytes), {
    name: "TypeError",
    message:
      'Cannot decode images: the file needs arrays "images" [n, height, width, channel] of 8 bits and "labels" [n] of 8 or 32 bits, and class names',
  });
});

Deno.test("images.decode() throws when there are too few labels", () => {
  const bytes = safetensors.encode({
    arrays: {
      images: { shape: [2, 1, 2, 1], data: two.images },
      labels: { shape: [1], data: Uint8Array.of(0) },
    },
    metadata: { classes: '["cat"]' },
  });
  assert.throws(() => images.decode(bytes), {
    message:
      "Cannot decode images: 1 labels and shape [1,2,1] need 2 bytes, not 4",
  });
});

Deno.test("take() keeps the order of the indices and repeats images", () => {
  const taken = take(two, [1, 0, 1]);
  assert.deepEqual([...taken.images], [3, 4, 1, 2, 3, 4]);
  assert.deepEqual([...taken.labels], [0, 2, 0]);
  assert.deepEqual(taken.shape, two.shape);
  assert.deepEqual(taken.classes, classes);
});

Deno.test("take() keeps labels beyond 255", () => {
  assert.deepEqual(take(many, [1, 0]).labels, Int32Array.of(0, 299));
});

Deno.test("take() throws when an index is past the last image", () => {
  assert.throws(() => take(two, [0, 2]), {
    name: "RangeError",
    message: "Cannot take image 2: there are 2 images",
  });
});

Deno.test("concatenate() puts one set after the other", () => {
  const all = concatenate([two, take(two, [1]), two]);
  assert.deepEqual(all, take(two, [0, 1, 1, 0, 1]));
});

Deno.test("concatenate() keeps labels beyond 255", () => {
  const short = { ...many, labels: Uint8Array.of(255, 1) };
  assert.deepEqual(
    concatenate([short, many]).labels,
    Int32Array.of(255, 1, 299, 0),
  );
});

Deno.test("concatenate() throws without sets", () => {
  assert.throws(() => concatenate([]), {
    name: "RangeError",
    message: "Cannot concatenate images: there are no sets",
  });
});

Deno.test("concatenate() throws when the sets differ in classes", () => {
  const other = { ...two, classes: ["cat", "dog", "frog"] };
  assert.throws(() => concatenate([two, other]), {
    name: "RangeError",
    message: "Cannot concatenate images: the sets differ in shape or classes",
  });
});
