/**
 * The entry point of a widened program.
 *
 * @module
 */
import {
  closingOf,
  compactText,
  splitAtCommas,
  type Token,
} from "./wgsl_tokens.ts";

/** An entry point. */
export interface Entry {
  /** By what they are: `workgroup_id`. */
  readonly parameters: ReadonlyMap<string, Token>;
  /** The parenthesis that closes the parameters. */
  readonly close: Token;
  /** Whether another parameter needs a comma before it. */
  readonly needsComma: boolean;
  /** The brace that opens the body. */
  readonly body: Token;
  /** Invocations of a workgroup in z, as the program says it. */
  readonly layers: string;
}

/** Finds an entry point; `undefined` if it takes other things than built-in values. */
export function findEntry(
  program: readonly Token[],
  name: string,
): Entry | undefined {
  const at = program.findIndex(({ text }, i) =>
    text === "fn" && program[i + 1]?.text === name
  );
  if (at < 0) return undefined;
  const close = closingOf(program, at + 2);
  const parameters = new Map<string, Token>();
  const list = program.slice(at + 3, close);
  for (const part of splitAtCommas(list)) {
    // @ builtin ( what ) name : type
    if (part[1]?.text !== "builtin" || part[6]?.text !== ":") return undefined;
    parameters.set(part[3]?.text ?? "", part[5] as Token);
  }
  return {
    parameters,
    close: program[close] as Token,
    needsComma: list.length > 0 && list.at(-1)?.text !== ",",
    body: program.find(({ text }, i) => i > close && text === "{") as Token,
    layers: layersOf(program, at),
  };
}

function layersOf(program: readonly Token[], entry: number): string {
  for (let i = entry; i > 0 && !";}".includes(program[i]?.text ?? ""); i--) {
    if (program[i]?.text !== "workgroup_size") continue;
    const sizes = program.slice(i + 2, closingOf(program, i + 1));
    const third = splitAtCommas(sizes)[2];
    return third === undefined ? "1" : compactText(third);
  }
  return "1";
}

/**
 * Sets `member` from the workgroup, and gives the body the built-in values
 * that it would have without an axis of members.
 *
 * @param depth workgroups of one member in z
 */
export function widenEntry(
  { parameters, close, needsComma, body, layers }: Entry,
  { member, depth }: { readonly member: string; readonly depth: number },
): void {
  const all = (name: string): string => `${name}OfAll`;
  const group = parameters.get("workgroup_id");
  const z = all(group?.text ?? member);
  const lines = [`${member} = ${z}.z / ${depth}u;`];
  const narrow = (what: string, layer: string): void => {
    const parameter = parameters.get(what);
    if (parameter === undefined) return;
    const { text } = parameter;
    parameter.text = all(text);
    lines.push(`let ${text} = vec3<u32>(${all(text)}.xy, ${layer});`);
  };
  if (group === undefined) {
    close.text = `${
      needsComma ? ", " : ""
    }@builtin(workgroup_id) ${z}: vec3<u32>)`;
  }
  narrow("workgroup_id", `${z}.z % ${depth}u`);
  narrow("num_workgroups", `${depth}u`);
  const invocation = parameters.get("global_invocation_id")?.text ?? "";
  narrow(
    "global_invocation_id",
    `${all(invocation)}.z - ${member} * ${depth}u * u32(${layers})`,
  );
  body.text = `{ ${lines.join(" ")}`;
}
