/**
 * The wide augmentation in WGSL. It draws what wide.ts draws and follows
 * resample.ts and recolour.ts; only the order of sums differs.
 *
 * @module
 */
import type { DeviceAugmentation } from "./augmentation.ts";
import { between, f32, isBelow, uniform } from "./draws_in_wgsl.ts";
import { GREY_WEIGHTS } from "./recolour.ts";
import { checkColour, DRAWS, PARAMETERS } from "./wide_draws.ts";

/** The numbers of an image, by name, in their order. */
const NUMBERS = [
  ...["zoom", "mirrored", "right", "flipped", "down"],
  ...["borderRed", "borderGreen", "borderBlue"],
  ...["factor", "grey", "offset", "gainRed", "gainGreen", "gainBlue"],
  ...["keep", "addRed", "addGreen", "addBlue"],
] as const;

const CHANNELS = ["x", "y", "z"] as const;

export function wideInWgsl(tintProbability: number): DeviceAugmentation {
  return {
    draws: DRAWS.tintColour + 3,
    functions: `
struct Taps { first: i32, weight: f32 }
// Which two pixels of the padded row or column a place lies between. The place
// is a whole number and a small part, so that little of the part is rounded away.
fn taps_of(whole: i32, part: f32, length: i32) -> Taps {
  let below = floor(part);
  let first = whole + i32(below);
  if (first < 0) { return Taps(0, 0.0); }
  if (first > length) { return Taps(length, 1.0); }
  return Taps(first, part - below);
}`,

    plan(shape, { draw }) {
      checkColour(shape);
      const [height, width] = shape;
      const { zoomOut, zoomIn, zoomOutProbability, zoomInProbability } =
        PARAMETERS;
      const further = ([low, high]: readonly [number, number]) =>
        between([low - 1, high - 1], draw(DRAWS.zoomAmount));
      const border = (channel: number) =>
        `select(0.0, ${uniform(draw(DRAWS.border + channel))}, ${
          isBelow(
            PARAMETERS.colouredBorderProbability,
            draw(DRAWS.colouredBorder),
          )
        })`;
      const gain = (channel: number) =>
        between(PARAMETERS.channelGain, draw(DRAWS.gains + channel));
      const add = (channel: number) =>
        `strength * ${uniform(draw(DRAWS.tintColour + channel))}`;
      const shift = (length: number, bits: string) =>
        `small * ${between(PARAMETERS.shift, bits)} * ${f32(length / 2)}`;
      const flag = (probability: number, bits: string) =>
        `select(0.0, 1.0, ${isBelow(probability, bits)})`;
      return {
        statements: `
  let small = select(1.0, ${f32(PARAMETERS.smallShift)}, ${
          isBelow(PARAMETERS.smallShiftProbability, draw(DRAWS.smallShift))
        });
  let saturation = select(${
          between(PARAMETERS.saturation, draw(DRAWS.saturation))
        }, 0.0, ${isBelow(PARAMETERS.greyProbability, draw(DRAWS.grey))});
  let brightness = ${between(PARAMETERS.brightness, draw(DRAWS.brightness))};
  let strength = select(0.0, ${
          between(PARAMETERS.tintStrength, draw(DRAWS.tintStrength))
        }, ${isBelow(tintProbability, draw(DRAWS.tint))});`,
        values: [
          `select(select(0.0, ${further(zoomIn)}, ${
            isBelow(
              zoomOutProbability + zoomInProbability,
              draw(DRAWS.zoomKind),
            )
          }), ${further(zoomOut)}, ${
            isBelow(zoomOutProbability, draw(DRAWS.zoomKind))
          })`,
          flag(PARAMETERS.mirrorProbability, draw(DRAWS.mirror)),
          shift(width, draw(DRAWS.right)),
          flag(PARAMETERS.flipProbability, draw(DRAWS.flip)),
          shift(height, draw(DRAWS.down)),
          ...[border(0), border(1), border(2)],
          "brightness * saturation",
          "brightness * (1.0 - saturation)",
          between(PARAMETERS.offset, draw(DRAWS.offset)),
          ...[gain(0), gain(1), gain(2)],
          "1.0 - strength",
          ...[add(0), add(1), add(2)],
        ],
      };
    },

    pixel([height, width], { number, value }) {
      const named = (name: typeof NUMBERS[number]) =>
        number(NUMBERS.indexOf(name));
      // The padded place of pixel i is ±(1 + zoom) · (i + ½ − length/2) + shift + (length + 1)/2.
      const taps = (
        i: string,
        { length, turned, shift }: {
          readonly length: number;
          readonly turned: string;
          readonly shift: string;
        },
      ) => `
  let far_${i} = ${named("zoom")} * (f32(${i}) + ${f32(0.5 - length / 2)});
  let taps_${i} = taps_of(
    select(${i} + 1, ${length} - ${i}, ${turned} > 0.5),
    select(far_${i}, -far_${i}, ${turned} > 0.5) + ${shift},
    ${length});`;
      // A pixel of the padded image; what lies in the border is read inside and not used.
      const tap = (down: number, right: number) => {
        const at = (axis: string, further: number, length: number) =>
          `clamp(taps_${axis}.first + ${further - 1}, 0, ${length - 1})`;
        const is = (axis: string, further: number, length: number) =>
          `taps_${axis}.first + ${further} >= 1 && taps_${axis}.first + ${further} <= ${length}`;
        return `select(border, vec3f(${
          CHANNELS.map((_, channel) =>
            value(
              at("row", down, height),
              at("column", right, width),
              channel,
            )
          ).join(", ")
        }), ${is("row", down, height)} && ${is("column", right, width)})`;
      };
      const [red, green, blue] = GREY_WEIGHTS;
      return {
        statements: `
  let border = vec3f(${named("borderRed")}, ${named("borderGreen")}, ${
          named("borderBlue")
        });
  ${
          taps("column", {
            length: width,
            turned: named("mirrored"),
            shift: named("right"),
          })
        }
  ${
          taps("row", {
            length: height,
            turned: named("flipped"),
            shift: named("down"),
          })
        }
  let above = mix(${tap(0, 0)}, ${tap(0, 1)}, taps_column.weight);
  let below = mix(${tap(1, 0)}, ${tap(1, 1)}, taps_column.weight);
  let colour = mix(above, below, taps_row.weight);
  let base = ${
          named("grey")
        } * dot(colour, vec3f(${red}, ${green}, ${blue})) + ${named("offset")};
  let gains = vec3f(${named("gainRed")}, ${named("gainGreen")}, ${
          named("gainBlue")
        });
  let lit = clamp(gains * (${
          named("factor")
        } * colour + base), vec3f(), vec3f(1.0));
  let result = ${named("keep")} * lit + vec3f(${named("addRed")}, ${
          named("addGreen")
        }, ${named("addBlue")});`,
        values: CHANNELS.map((channel) => `result.${channel}`),
      };
    },
  };
}
