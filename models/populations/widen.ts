/**
 * Programs that compute for several networks at once: a WGSL program gets a
 * leading axis of members, along z of its dispatch.
 *
 * @module
 */
import { findEntry, widenEntry } from "./widen_entry.ts";
import {
  closingOf,
  compactText,
  meaningful,
  type Token,
  tokensOf,
} from "./wgsl_tokens.ts";

/** A binding of which each member has a range of its own, one after the other in one buffer. */
export interface WidenedBinding {
  readonly binding: number;
  /** From the start of a member's range to that of the next; a multiple of 256. */
  readonly strideBytes: number;
  /** Bytes that one member binds. */
  readonly bytes: number;
}

/** A program, and what of it is to get an axis of members. */
export interface Widening {
  readonly entryPoint: string;
  readonly members: number;
  /** Workgroups of one member in z. */
  readonly depth: number;
  readonly bindings: readonly WidenedBinding[];
  /** Bytes of a uniform binding that the device allows; larger ones become storage. */
  readonly uniformBytes: number;
}

/** The program for all members, or why there is none. */
export type Widened =
  | {
    readonly kind: "widened";
    readonly code: string;
    /** Uniforms that became storage. */
    readonly stored: ReadonlySet<number>;
  }
  | { readonly kind: "refused"; readonly reason: string };

/** What the widened program calls the number of a member. */
const MEMBER = "memberOfPopulation";

/** A variable of the program that lies in a buffer. */
interface Resource {
  readonly binding: number;
  readonly space: Token;
  readonly name: Token;
  /** From `name: ` to the semicolon. */
  readonly type: readonly Token[];
}

class Refusal extends Error {}

/**
 * Widens a program. Workgroups (x, y, m·depth + z) compute for member m what
 * workgroup (x, y, z) of the program computes for one; indices beyond a
 * member's range stay in that range.
 */
export function widen(code: string, widening: Widening): Widened {
  const tokens = tokensOf(code);
  try {
    return { kind: "widened", ...rewrite(tokens, widening) };
  } catch (error) {
    if (error instanceof Refusal) {
      return { kind: "refused", reason: error.message };
    }
    throw error;
  }
}

function rewrite(
  tokens: Token[],
  { entryPoint, members, depth, bindings, uniformBytes }: Widening,
): Omit<Extract<Widened, { kind: "widened" }>, "kind"> {
  const program = meaningful(tokens);
  if (program.some(({ text }) => text === MEMBER)) {
    throw new Refusal(`Cannot widen a program: it has a name "${MEMBER}"`);
  }
  const resources = resourcesOf(program);
  const entry = findEntry(program, entryPoint);
  if (entry === undefined) {
    throw new Refusal(
      `Cannot widen a program: its entry point "${entryPoint}" takes other things than built-in values`,
    );
  }
  const fields = fieldsOf(program);
  const stored = new Set<number>();
  const wrappers: string[] = [];
  for (const { binding, strideBytes, bytes } of bindings) {
    const resource = resources.get(binding);
    if (resource === undefined) continue; // bound, but of no interest to the program
    const { name, space, type } = resource;
    const element = elementOf(type);
    const uses = usesOf(program, { name, fields });
    if (element === undefined) {
      const wrapper = `Member_${name.text}`;
      wrappers.push(
        `struct ${wrapper} { @size(${strideBytes}) one: ${compactText(type)} }`,
      );
      const uniform = space.text === "uniform";
      const stays = uniform && members * strideBytes <= uniformBytes;
      if (uniform && !stays) {
        space.text = "storage, read";
        stored.add(binding);
      }
      replaceType(
        type,
        stays ? `array<${wrapper}, ${members}>` : `array<${wrapper}>`,
      );
      for (const use of uses) {
        (program[use] as Token).text += `[${MEMBER}].one`;
      }
    } else {
      const size = ELEMENT_BYTES[element];
      if (size === undefined || strideBytes % size !== 0) {
        throw new Refusal(
          `Cannot widen a program: "${name.text}" is an array of ${element}`,
        );
      }
      for (const use of uses) {
        const open = program[use + 1];
        const close = program[closingOf(program, use + 1)];
        if (open?.text !== "[" || close === undefined) {
          throw new Refusal(
            `Cannot widen a program: it uses "${name.text}" without an index`,
          );
        }
        open.text = `[${MEMBER} * ${strideBytes / size}u + min(u32(`;
        close.text = `), ${Math.floor(bytes / size) - 1}u)]`;
      }
    }
  }
  widenEntry(entry, { member: MEMBER, depth });
  return {
    code: [
      ...directivesOf(tokens),
      `var<private> ${MEMBER}: u32;`,
      ...wrappers,
      tokens.map(({ text }) => text).join(""),
    ].join("\n"),
    stored,
  };
}

/** Bytes from one element of an array to the next: https://www.w3.org/TR/WGSL/#alignment-and-size */
const ELEMENT_BYTES: Readonly<Record<string, number>> = Object.fromEntries(
  [["f32", "f", 4], ["i32", "i", 4], ["u32", "u", 4], ["f16", "h", 2]].flatMap(
    ([scalar, letter, bytes]) => [
      [scalar, bytes],
      [`atomic<${scalar}>`, bytes],
      ...[2, 3, 4].flatMap((n) => {
        const size = (n === 3 ? 4 : n) * (bytes as number);
        return [[`vec${n}<${scalar}>`, size], [`vec${n}${letter}`, size]];
      }),
    ],
  ),
);

/** The element type of an array whose length the binding decides; `undefined` for any other type. */
function elementOf(type: readonly Token[]): string | undefined {
  const text = compactText(type);
  const match = /^array<(.+)>$/.exec(text)?.[1];
  return match === undefined || match.includes(",") ? undefined : match;
}

function replaceType(type: readonly Token[], text: string): void {
  for (const [i, token] of type.entries()) token.text = i === 0 ? text : "";
}

/** `@group(0) @binding(n) var<space> name: type;`, by n. */
function resourcesOf(program: readonly Token[]): Map<number, Resource> {
  const resources = new Map<number, Resource>();
  for (const [i, { text }] of program.entries()) {
    if (text !== "var" || program[i + 1]?.text !== "<") continue;
    const space = program[i + 2] as Token;
    if (space.text !== "storage" && space.text !== "uniform") continue;
    let attribute = i;
    while (attribute > 0 && !";}".includes(program[attribute]?.text ?? ";")) {
      if (program[attribute]?.text === "binding") break;
      attribute--;
    }
    const binding = Number(program[attribute + 2]?.text);
    const colon = program.findIndex((t, at) => at > i && t.text === ":");
    const end = program.findIndex((t, at) => at > i && t.text === ";");
    resources.set(binding, {
      binding,
      space,
      name: program[colon - 1] as Token,
      type: program.slice(colon + 1, end),
    });
  }
  return resources;
}

/** Tokens that name fields of structs. */
function fieldsOf(program: readonly Token[]): ReadonlySet<Token> {
  const fields = new Set<Token>();
  for (const [i, { text }] of program.entries()) {
    if (text !== "struct") continue;
    const end = closingOf(program, i + 2);
    for (let at = i + 2; at < end; at++) {
      if (program[at + 1]?.text === ":") fields.add(program[at] as Token);
    }
  }
  return fields;
}

/** Where functions stand that have a parameter of this name, which hides the variable: from `fn` to the end of the body. */
function hidingFunctions(
  program: readonly Token[],
  name: string,
): readonly (readonly [from: number, to: number])[] {
  return [...program.keys()].flatMap((i) => {
    if (program[i]?.text !== "fn") return [];
    const close = closingOf(program, i + 2);
    const hides = program.slice(i + 2, close).some(({ text }, at, all) =>
      text === name && all[at + 1]?.text === ":"
    );
    const body = program.findIndex(({ text }, at) =>
      at > close && text === "{"
    );
    return hides ? [[i, closingOf(program, body)] as const] : [];
  });
}

/** Where the program uses a variable of a buffer. */
function usesOf(
  program: readonly Token[],
  { name, fields }: {
    readonly name: Token;
    readonly fields: ReadonlySet<Token>;
  },
): readonly number[] {
  const uses: number[] = [];
  const hidden = hidingFunctions(program, name.text);
  for (const [i, token] of program.entries()) {
    if (hidden.some(([from, to]) => i > from && i < to)) continue;
    const isOther = token === name || token.text !== name.text ||
      token.kind !== "name" || program[i - 1]?.text === "." ||
      fields.has(token);
    if (isOther) continue;
    const before = program[i - 1]?.text ?? "";
    const hides = program[i + 1]?.text === ":" ||
      ["let", "var", "const", ">"].includes(before) &&
        program[i + 1]?.text === "=";
    if (hides) {
      throw new Refusal(
        `Cannot widen a program: a local name hides "${name.text}"`,
      );
    }
    uses.push(i);
  }
  return uses;
}

/** `enable f16;` and the like, which must come first, taken out of the tokens. */
function directivesOf(tokens: Token[]): readonly string[] {
  const directives: string[] = [];
  for (const [i, token] of tokens.entries()) {
    if (!["enable", "requires", "diagnostic"].includes(token.text)) continue;
    if (tokens[i - 1]?.text === "@") continue;
    const end = tokens.findIndex((t, at) => at > i && t.text === ";");
    directives.push(compactText(tokens.slice(i, end + 1)));
    for (let at = i; at <= end; at++) (tokens[at] as Token).text = "";
  }
  return directives;
}
