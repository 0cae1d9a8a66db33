/**
 * Which arrays a file of weights must hold for the network that a trial
 * trains: a small residual network.
 *
 * @module
 */

/** The arrays of a network. */
export interface NetworkLayout {
  /** Shape of each array that must be there, by name; kernels are [height, width, in, out]. */
  readonly arrays: Readonly<Record<string, readonly number[]>>;
  /** Names of the arrays of the head, which are for other classes and are not used. */
  readonly head: readonly string[];
}

/** Channels of the residual blocks of the network that a trial trains. */
export const TRIAL_WIDTHS: readonly number[] = [16, 32, 64];

/** Side of its kernels, and channels of an image. */
const [SIDE, COLOURS] = [3, 3];

/** What batch normalisation has, a number a channel each. */
const NORM = ["scale", "offset", "mean", "variance"];

/** The arrays of the residual network with so many channels in each block, as `resnet8` names them. */
export function residualLayout(widths: readonly number[]): NetworkLayout {
  const [first = 0] = widths;
  const kernel = (from: number, to: number) => [SIDE, SIDE, from, to];
  const layers = widths.flatMap((width, i) =>
    [widths[i - 1] ?? first, width].map((from, j) => ({
      block: `block${i + 1}`,
      place: j + 1,
      from,
      to: width,
    }))
  );
  return {
    arrays: {
      "stem.kernel": kernel(COLOURS, first),
      "stem.bias": [first],
      ...Object.fromEntries(layers.flatMap(({ block, place, from, to }) => [
        [`${block}.convolution${place}.kernel`, kernel(from, to)],
        ...NORM.map((part) => [`${block}.norm${place}.${part}`, [to]]),
      ])),
    },
    head: ["head.kernel", "head.bias"],
  };
}
