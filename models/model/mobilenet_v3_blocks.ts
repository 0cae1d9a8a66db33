/**
 * The layers of a MobileNetV3 trunk (arXiv:1905.02244), as the detector whose
 * weights are used here has them. Widths are the pruned ones of that network,
 * not those of the article.
 *
 * @module
 */

/** An inverted residual block. Where input and output have one size, they are added. */
export interface InvertedResidual {
  /** Channels between the convolutions; the first block has no expansion. */
  readonly inner: number;
  /** Channels that come out. */
  readonly out: number;
  /** Side of the depthwise filter. */
  readonly kernel: 3 | 5;
  readonly stride: 1 | 2;
  /** Channels of the squeeze, where the block re-weights its channels. */
  readonly squeeze?: number;
  readonly activation: "relu" | "hardSwish";
}

/** Channels of the first convolution. */
export const STEM = 16;

/** Channels of the last, pointwise one. */
export const LAST = 480;

/** The blocks, in order. */
export const BLOCKS: readonly InvertedResidual[] = [
  { inner: 16, out: 16, kernel: 3, stride: 1, activation: "relu" },
  { inner: 64, out: 24, kernel: 3, stride: 2, activation: "relu" },
  { inner: 72, out: 24, kernel: 3, stride: 1, activation: "relu" },
  { inner: 72, out: 32, kernel: 5, stride: 2, squeeze: 24, activation: "relu" },
  { inner: 96, out: 32, kernel: 5, stride: 1, squeeze: 24, activation: "relu" },
  { inner: 96, out: 32, kernel: 5, stride: 1, squeeze: 24, activation: "relu" },
  { inner: 192, out: 64, kernel: 3, stride: 2, activation: "hardSwish" },
  { inner: 160, out: 64, kernel: 3, stride: 1, activation: "hardSwish" },
  { inner: 144, out: 64, kernel: 3, stride: 1, activation: "hardSwish" },
  { inner: 144, out: 64, kernel: 3, stride: 1, activation: "hardSwish" },
  ...([
    { inner: 384, out: 88, kernel: 3, stride: 1, squeeze: 96 },
    { inner: 528, out: 88, kernel: 3, stride: 1, squeeze: 136 },
    { inner: 528, out: 120, kernel: 5, stride: 2, squeeze: 136 },
    { inner: 720, out: 120, kernel: 5, stride: 1, squeeze: 184 },
    { inner: 720, out: 120, kernel: 5, stride: 1, squeeze: 184 },
  ] as const).map((block) => ({ ...block, activation: "hardSwish" as const })),
];
