/** Direct loops in double precision: what the kernels are compared with. */

/** A tensor of doubles. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Geometry of a convolution or a pooling. */
export interface Geometry {
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Rows above and columns to the left that are padding. */
  readonly before: readonly [number, number];
  readonly out: readonly [number, number];
}

/** Zeros of a shape. */
export function zeros(shape: readonly number[]): Values {
  return { shape, data: new Float64Array(shape.reduce((n, s) => n * s, 1)) };
}

/** The geometry of tfjs's "same" or "valid" padding. */
export function geometry(options: {
  readonly input: readonly [number, number];
  readonly filter: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly pad: "same" | "valid";
}): Geometry {
  const { input, filter, stride, dilation, pad } = options;
  const extent = [0, 1].map((i) =>
    ((filter[i] as number) - 1) * (dilation[i] as number) + 1
  );
  const out = [0, 1].map((i) =>
    pad === "same"
      ? Math.ceil((input[i] as number) / (stride[i] as number))
      : Math.floor(
        ((input[i] as number) - (extent[i] as number)) / (stride[i] as number),
      ) + 1
  );
  const before = [0, 1].map((i) =>
    pad === "valid" ? 0 : Math.max(
      0,
      Math.floor(
        (((out[i] as number) - 1) * (stride[i] as number) +
          (extent[i] as number) - (input[i] as number)) / 2,
      ),
    )
  );
  return {
    stride,
    dilation,
    before: before as [number, number],
    out: out as [number, number],
  };
}

/** Calls `visit` with the offsets of every pair of input and output pixel that a window joins. */
export function forEachTap(
  shape: readonly number[],
  filter: readonly [number, number],
  options: {
    readonly geometry: Geometry;
    readonly visit: (input: number, output: number, tap: number) => void;
  },
): void {
  const [n = 0, height = 0, width = 0] = shape;
  const { stride, dilation, before, out } = options.geometry;
  for (let image = 0; image < n; image++) {
    for (let i = 0; i < out[0]; i++) {
      for (let j = 0; j < out[1]; j++) {
        for (let u = 0; u < filter[0]; u++) {
          const row = i * stride[0] + u * dilation[0] - before[0];
          if (row < 0 || row >= height) continue;
          for (let v = 0; v < filter[1]; v++) {
            const column = j * stride[1] + v * dilation[1] - before[1];
            if (column < 0 || column >= width) continue;
            options.visit(
              (image * height + row) * width + column,
              (image * out[0] + i) * out[1] + j,
              u * filter[1] + v,
            );
          }
        }
      }
    }
  }
}

/** A convolution and both its gradients; with `depthwise`, filter [kh, kw, c, multiplier]. */
export function convolution(options: {
  readonly x: Values;
  readonly filter: Values;
  readonly geometry: Geometry;
  readonly depthwise: boolean;
  readonly dy: Float64Array;
}): { y: Values; dx: Values; dfilter: Values } {
  const { x, filter, geometry, depthwise, dy } = options;
  const [n = 0, , , channels = 0] = x.shape;
  const [kh = 0, kw = 0, , last = 0] = filter.shape;
  const columns = depthwise ? channels * last : last;
  const y = zeros([n, geometry.out[0], geometry.out[1], columns]);
  const dx = zeros(x.shape);
  const dfilter = zeros(filter.shape);
  const add = (to: Float64Array, at: number, value: number): void => {
    to[at] = (to[at] as number) + value;
  };
  forEachTap(x.shape, [kh, kw], {
    geometry,
    visit(input, output, tap) {
      for (let c = 0; c < channels; c++) {
        const from = input * channels + c;
        for (let d = 0; d < last; d++) {
          const weight = (tap * channels + c) * last + d;
          const to = output * columns + (depthwise ? c * last : 0) + d;
          const a = x.data[from] as number;
          const b = filter.data[weight] as number;
          const g = dy[to] as number;
          add(y.data, to, a * b);
          add(dx.data, from, g * b);
          add(dfilter.data, weight, g * a);
        }
      }
    },
  });
  return { y, dx, dfilter };
}
