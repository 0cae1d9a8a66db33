/** What is done with images to plant a shift, beside the shifts of the experiments. */
import type { Images } from "../../../data/images/images.ts";
import { stream } from "../../../engine/define/random.ts";
import { PhotonImage } from "@silvia-odwyer/photon-node";

/** A change of all images of a set. */
export type Transform = (images: Images) => Images;

/** A transform that makes each value of an image from the image around it, as it is read by `at`. */
function byPixel(
  value: (
    at: (y: number, x: number, channel: number) => number,
    place: {
      readonly y: number;
      readonly x: number;
      readonly channel: number;
      readonly side: number;
    },
  ) => number,
): Transform {
  return (from) => {
    const [height, width, channels] = from.shape;
    const size = height * width * channels;
    const images = new Uint8Array(from.images.length);
    for (let i = 0; i < from.labels.length; i++) {
      const at = (y: number, x: number, channel: number) =>
        from.images[
          i * size +
          (Math.min(Math.max(y, 0), height - 1) * width +
              Math.min(Math.max(x, 0), width - 1)) * channels +
          channel
        ] as number;
      for (let k = 0; k < size; k++) {
        const place = {
          y: Math.floor(k / channels / width),
          x: Math.floor(k / channels) % width,
          channel: k % channels,
          side: width,
        };
        images[i * size + k] = Math.min(
          255,
          Math.max(0, Math.round(value(at, place))),
        );
      }
    }
    return { ...from, images };
  };
}

/** Value between pixels, bilinear. */
function between(
  at: (y: number, x: number, channel: number) => number,
  { y, x, channel }: {
    readonly y: number;
    readonly x: number;
    readonly channel: number;
  },
): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [down, right] = [y - top, x - left];
  return (1 - down) *
      ((1 - right) * at(top, left, channel) +
        right * at(top, left + 1, channel)) +
    down *
      ((1 - right) * at(top + 1, left, channel) +
        right * at(top + 1, left + 1, channel));
}

/** Binomial blur, 1–2–1 each way, so many times. */
export const blur = (times: number): Transform => (from) => {
  const once = byPixel((at, { y, x, channel }) => {
    let sum = 0;
    for (const [dy, a] of [[-1, 1], [0, 2], [1, 1]] as const) {
      for (const [dx, b] of [[-1, 1], [0, 2], [1, 1]] as const) {
        sum += a * b * at(y + dy, x + dx, channel);
      }
    }
    return sum / 16;
  });
  let images = from;
  for (let i = 0; i < times; i++) images = once(images);
  return images;
};

/** Without colours. */
export const grey: Transform = byPixel((at, { y, x }) =>
  0.299 * at(y, x, 0) + 0.587 * at(y, x, 1) + 0.114 * at(y, x, 2)
);

/** Contrast about middle grey times a factor. */
export const contrast = (factor: number): Transform =>
  byPixel((at, { y, x, channel }) =>
    127.5 + factor * (at(y, x, channel) - 127.5)
  );

/** Turned about the middle, in degrees; edges are repeated. */
export const rotate = (degrees: number): Transform => {
  const [cos, sin] = [
    Math.cos(degrees * Math.PI / 180),
    Math.sin(degrees * Math.PI / 180),
  ];
  return byPixel((at, { y, x, channel, side }) => {
    const [v, u] = [y - (side - 1) / 2, x - (side - 1) / 2];
    return between(at, {
      y: sin * u + cos * v + (side - 1) / 2,
      x: cos * u - sin * v + (side - 1) / 2,
      channel,
    });
  });
};

/** The middle, this share of the side, enlarged. */
export const crop = (share: number): Transform =>
  byPixel((at, { y, x, channel, side }) =>
    between(at, {
      y: share * (y - (side - 1) / 2) + (side - 1) / 2,
      x: share * (x - (side - 1) / 2) + (side - 1) / 2,
      channel,
    })
  );

/** Normal noise of this deviation, in levels of 255. */
export const noise = (deviation: number): Transform => (from) => {
  const random = stream(1, "noise", deviation);
  return byPixel((at, { y, x, channel }) =>
    at(y, x, channel) + deviation * random.normal()
  )(from);
};

/** Every value times a factor. */
export const brighten = (factor: number): Transform =>
  byPixel((at, { y, x, channel }) => factor * at(y, x, channel));

/** Darker towards the corners, where a third is left. */
export const vignette: Transform = byPixel((at, { y, x, channel, side }) => {
  const middle = (side - 1) / 2;
  const distance = Math.hypot(y - middle, x - middle) /
    Math.hypot(middle, middle);
  return (1 - 2 / 3 * distance ** 2) * at(y, x, channel);
});

/** White for black. */
export const invert: Transform = byPixel((at, { y, x, channel }) =>
  255 - at(y, x, channel)
);

/** Written as JPEG of this quality, and read again. */
export const jpeg = (quality: number): Transform => (from) => {
  const [height, width] = from.shape;
  const size = height * width;
  const images = new Uint8Array(from.images.length);
  for (let i = 0; i < from.labels.length; i++) {
    const raw = new Uint8Array(size * 4).fill(255);
    for (let k = 0; k < size; k++) {
      for (let c = 0; c < 3; c++) {
        raw[4 * k + c] = from.images[(i * size + k) * 3 + c] as number;
      }
    }
    const image = new PhotonImage(raw, width, height);
    const again = PhotonImage.new_from_byteslice(image.get_bytes_jpeg(quality));
    const pixels = again.get_raw_pixels();
    for (let k = 0; k < size; k++) {
      for (let c = 0; c < 3; c++) {
        images[(i * size + k) * 3 + c] = pixels[4 * k + c] as number;
      }
    }
    image.free();
    again.free();
  }
  return { ...from, images };
};

/** Half of every pixel a light, smooth cloud, another one in each image. */
export const fog: Transform = (from: Images): Images => {
  const random = stream(1, "fog");
  const [height, width, channels] = from.shape;
  const size = height * width * channels;
  const images = new Uint8Array(from.images.length);
  for (let i = 0; i < from.labels.length; i++) {
    const waves = [0, 1, 2].map(() => ({
      down: 0.05 + 0.15 * random.uniform(),
      right: 0.05 + 0.15 * random.uniform(),
      from: 2 * Math.PI * random.uniform(),
    }));
    for (let k = 0; k < size; k++) {
      const y = Math.floor(k / channels / width);
      const x = Math.floor(k / channels) % width;
      const cloud = waves.reduce(
        (sum, { down, right, from }) =>
          sum + 14 * Math.sin(down * y + right * x + from),
        205,
      );
      images[i * size + k] = Math.round(
        0.5 * (from.images[i * size + k] as number) + 0.5 * cloud,
      );
    }
  }
  return { ...from, images };
};

/** So large a share of the pixels black or white, in all channels. */
export const salt = (share: number): Transform => (from) => {
  const random = stream(1, "salt", share);
  const [, , channels] = from.shape;
  const images = from.images.slice();
  for (let k = 0; k < images.length; k += channels) {
    if (random.uniform() >= share) continue;
    images.fill(random.uniform() < 0.5 ? 0 : 255, k, k + channels);
  }
  return { ...from, images };
};

/** A black frame, so many pixels wide. */
export const border = (pixels: number): Transform =>
  byPixel((at, { y, x, channel, side }) =>
    Math.min(y, x, side - 1 - y, side - 1 - x) < pixels ? 0 : at(y, x, channel)
  );

/** A change of a drawn part of the images: as large a share as is said of their class. */
export const onSome = (
  change: Transform,
  share: (label: number) => number,
): Transform =>
(from) => {
  const random = stream(1, "some");
  const changed = change(from);
  const images = from.images.slice();
  const size = images.length / from.labels.length;
  for (const [i, label] of from.labels.entries()) {
    if (random.uniform() >= share(label)) continue;
    images.set(changed.images.subarray(i * size, (i + 1) * size), i * size);
  }
  return { ...from, images };
};

/** Half of the images of each of two classes with the label of the other one. */
export const confused = (one: number, other: number): Transform => (from) => {
  const random = stream(1, "confused");
  const labels = Array.from(
    from.labels,
    (label) =>
      (label === one || label === other) && random.uniform() < 0.5
        ? one + other - label
        : label,
  );
  return { ...from, labels: Uint8Array.from(labels) };
};

/** Labels of so large a share of the images drawn anew, from all classes alike. */
export const relabelled = (share: number): Transform => (from) => {
  const random = stream(1, "relabelled", share);
  const labels = from.labels.map((label) =>
    random.uniform() < share ? random.integer(from.classes.length) : label
  );
  return { ...from, labels };
};

/** Ten colours, one for each class. */
const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
  [255, 0, 255],
  [0, 255, 255],
  [255, 128, 0],
  [128, 0, 255],
  [255, 255, 255],
  [0, 0, 0],
] as const;

/** A corner of five pixels in one of ten colours: that of the class in so large a share of the images, any in the others. */
export const corner = (share: number): Transform => (from) => {
  const random = stream(1, "corner", share);
  const [height, width, channels] = from.shape;
  const images = from.images.slice();
  for (const [i, label] of from.labels.entries()) {
    const colour = random.uniform() < share ? label : random.integer(10);
    for (let k = 0; k < 25; k++) {
      const row = i * height + Math.floor(k / 5);
      images.set(
        COLOURS[colour] as readonly number[],
        (row * width + k % 5) * channels,
      );
    }
  }
  return { ...from, images };
};

/** One transform after the other. */
export const chain = (...steps: readonly Transform[]): Transform => (from) =>
  steps.reduce((images, step) => step(images), from);

/** Grey images as images of three channels. */
export function inColour(from: Images): Images {
  const [height, width, channels] = from.shape;
  if (channels === 3) return from;
  const images = new Uint8Array(from.images.length * 3);
  for (let k = 0; k < images.length; k++) {
    images[k] = from.images[Math.floor(k / 3)] as number;
  }
  return { ...from, images, shape: [height, width, 3] };
}

/** The first of each two pixels' worth of images: 4 of 28 rows and columns of black around, so that 28 becomes 32. */
export function framed(from: Images): Images {
  const [height, width, channels] = from.shape;
  const margin = (32 - height) / 2;
  if (margin === 0) return from;
  const images = new Uint8Array(from.labels.length * 32 * 32 * channels);
  for (let i = 0; i < from.labels.length; i++) {
    for (let y = 0; y < height; y++) {
      const row = from.images.subarray(
        (i * height + y) * width * channels,
        (i * height + y + 1) * width * channels,
      );
      images.set(row, ((i * 32 + y + margin) * 32 + margin) * channels);
    }
  }
  return { ...from, images, shape: [32, 32, channels] };
}
