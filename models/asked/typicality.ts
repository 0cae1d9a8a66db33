/**
 * How shifted each shifted example looks.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** Codec of typicalities: a safetensors file with the array `typicality` [n]. */
export const typicality: Codec<Float64Array> = define(
  import.meta.url,
  "typicality",
  {
    name: "typicality",
    encode: (data) =>
      safetensors.encode({
        arrays: { typicality: { shape: [data.length], data } },
        metadata: {},
      }),
    decode(bytes) {
      const data = safetensors.decode(bytes).arrays["typicality"]?.data;
      if (!(data instanceof Float64Array)) {
        throw new TypeError(
          'Cannot decode typicalities: there is no array "typicality" of 64-bit floats',
        );
      }
      return data;
    },
  },
);
