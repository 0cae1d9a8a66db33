/**
 * Factors of a product, as code that loads them: four places across (rows of
 * the left factor, columns of the right one) at one depth or at four.
 *
 * @module
 */
import { range } from "../passes/work_groups.ts";

/** What is loaded: WGSL expressions of u32. */
export interface Place {
  /** Prefix of the variables that hold it. */
  readonly name: string;
  /** Places across, in fours. */
  readonly across4: string;
  /** Depth: in fours for a block. */
  readonly depth: string;
}

/** A factor of a product. */
export interface Operand {
  /** Type of the elements of its array. */
  readonly element: "f32" | "vec4f";
  /** Along which its neighbours in memory are: those that neighbouring invocations should load. */
  readonly along: "across" | "depth";
  /** Statements before the loop over the depth: what depends on the place across alone. */
  prepare(place: Omit<Place, "depth">): string;
  /** Statements that declare, for each depth, a vec4f of four places across: `name0` … `name3` for a block, `name0` else. */
  load(place: Place): string;
}

/** A matrix of a batch. */
export interface Matrix {
  /** Name of its array. */
  readonly array: string;
  /** Places across: rows of a left factor, columns of a right one. */
  readonly across: number;
  readonly depth: number;
  readonly along: Operand["along"];
  /** Which matrix of the batch: a WGSL expression of u32. */
  readonly index: string;
  /** Depths that are loaded in one step: only if they do not divide the depth is anything outside. */
  readonly step: number;
}

/** Loads of a matrix at one depth at a time; what is outside across is anything. */
export function matrixLines(
  { array, across, depth, along, index }: Omit<Matrix, "step">,
): Operand {
  const vector = along === "across" && across % 4 === 0;
  const base = `${index} * ${across * depth / (vector ? 4 : 1)}u`;
  return {
    element: vector ? "vec4f" : "f32",
    along,
    prepare: ({ name, across4 }) =>
      vector
        ? `let ${name}At = ${base} + min(${across4}, ${across / 4 - 1}u);`
        : range(4).map((r) => {
          const place = `min(${across4} * 4u + ${r}u, ${across - 1}u)`;
          return `let ${name}At${r} = ${base} + ${
            along === "across" ? place : `${place} * ${depth}u`
          };`;
        }).join(" "),
    load: ({ name, depth: at }) =>
      vector
        ? `let ${name}0 = ${array}[${name}At + ${at} * ${across / 4}u];`
        : `let ${name}0 = vec4f(${
          range(4).map((r) =>
            `${array}[${name}At${r} + ${at}${
              along === "across" ? ` * ${across}u` : ""
            }]`
          ).join(", ")
        });`,
  };
}

/** Loads of blocks of a matrix; what is outside is 0 in depth, and anything across. */
export function matrixBlocks(
  { array, across, depth, along, index, step }: Matrix,
): Operand {
  const vector = (along === "across" ? across : depth) % 4 === 0;
  const base = `${index} * ${across * depth / (vector ? 4 : 1)}u`;
  const ragged = depth % step !== 0;
  const inside = (value: string, at: string, end: number) =>
    ragged
      ? `select(${vector ? "vec4f()" : "0.0"}, ${value}, ${at} < ${end}u)`
      : value;
  const upTo = (at: string, end: number) =>
    ragged ? `min(${at}, ${end - 1}u)` : at;
  return {
    element: vector ? "vec4f" : "f32",
    along,
    prepare: () => "",
    load({ name, across4, depth: depth4 }) {
      const place4 = `${name}Across`;
      const at4 = `${name}Depth`;
      const at = (j: number) => `(${at4} * 4u + ${j}u)`;
      const place = (r: number) =>
        `min(${place4} * 4u + ${r}u, ${across - 1}u)`;
      const open = `let ${place4} = ${across4}; let ${at4} = ${depth4};`;
      if (vector && along === "across") {
        const four = `min(${place4}, ${across / 4 - 1}u)`;
        return [
          open,
          ...range(4).map((j) =>
            `let ${name}${j} = ${
              inside(
                `${array}[${base} + ${upTo(at(j), depth)} * ${
                  across / 4
                }u + ${four}]`,
                at(j),
                depth,
              )
            };`
          ),
        ].join("\n      ");
      }
      const row = (r: number) =>
        vector
          ? inside(
            `${array}[${base} + ${place(r)} * ${depth / 4}u + ${
              upTo(at4, depth / 4)
            }]`,
            at4,
            depth / 4,
          )
          : `vec4f(${
            range(4).map((j) => {
              const offset = along === "across"
                ? `${upTo(at(j), depth)} * ${across}u + ${place(r)}`
                : `${place(r)} * ${depth}u + ${upTo(at(j), depth)}`;
              return inside(`${array}[${base} + ${offset}]`, at(j), depth);
            }).join(", ")
          })`;
      return [
        open,
        ...range(4).map((r) => `let ${name}Row${r} = ${row(r)};`),
        turned(name),
      ].join("\n      ");
    },
  };
}

/** Declares `name0` … from `nameRow0` …, the same block turned. */
export function turned(name: string): string {
  return range(4).map((j) =>
    `let ${name}${j} = vec4f(${
      range(4).map((r) => `${name}Row${r}.${"xyzw"[j]}`).join(", ")
    });`
  ).join("\n      ");
}
