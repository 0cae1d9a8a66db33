/**
 * What the content of a site follows from, as a digest: if that is the same,
 * and so is the code, there is no need to make the content to know it.
 *
 * @module
 */
import { type Digest, digestOf } from "../engine/define/hash.ts";
import { digestOfKey } from "../engine/keys/key.ts";
import { isUnavailable } from "../engine/define/error.ts";
import type { Reproduced } from "../engine/run/open_pipeline.ts";
import {
  branchesOf,
  isOrElse,
  isRef,
  mapLeaves,
  targetOf,
} from "../engine/define/ref.ts";
import type { Report } from "../reports/value/report.ts";

/**
 * The digest of everything that a site takes from results and from `facts`,
 * but for the code that makes it and the runs of the history.
 *
 * @param facts whatever else the site says, such as the commit
 * @returns `undefined` where that cannot be told: something failed for another
 * reason than that its source cannot be had, or an output holds more than data
 */
export function basisOf(
  results: readonly Reproduced<Report>[],
  facts: readonly (string | null | undefined)[],
): Digest | undefined {
  const lines = [JSON.stringify([Deno.version.deno, ...facts])];
  for (const { name, pipeline, result, output } of results) {
    const isThere = result.failures.every(isUnavailable) &&
      output.kind === "value";
    const text = isThere ? textOf(pipeline.output, result) : undefined;
    if (text === undefined) return undefined;
    lines.push(JSON.stringify([name, pipeline.module, pipeline.profile]), text);
    const errors = new Map<string, Error>(result.blocked);
    for (const failure of result.failures) errors.set(failure.stage, failure);
    for (const node of pipeline.graph.nodes) {
      const { name } = node.stage;
      const [record, error] = [result.records.get(name), errors.get(name)];
      if (record !== undefined) lines.push(stageLine(node, record));
      else if (error !== undefined) lines.push(failureLine(name, error));
      else return undefined;
    }
  }
  return digestOf(new TextEncoder().encode(lines.join("\n")));
}

type Records = Reproduced<Report>["result"];
type Record = Records["records"] extends ReadonlyMap<string, infer R> ? R
  : never;
type Node = Reproduced<Report>["pipeline"]["graph"]["nodes"][number];

/** A stage, what it takes from which other, and when it made what. */
function stageLine({ stage, inputs }: Node, record: Record): string {
  const { key, finishedAt, seconds, outputs } = record;
  let line = `${JSON.stringify(stage.name)} ${
    digestOfKey(key)
  } ${finishedAt} ${seconds}`;
  for (const { path, stage, field } of inputs) {
    line += ` < ${path} ${JSON.stringify(stage.name)} ${field}`;
  }
  // A record that was read has them in another order than one that was just made.
  for (const field of Object.keys(outputs).sort()) {
    line += ` > ${field} ${outputs[field]?.digest}`;
  }
  return line;
}

/** A stage without result, and what is said of it. */
function failureLine(stage: string, { message, cause }: Error): string {
  return JSON.stringify([stage, message, String(cause)]);
}

/** An output as text, with digests for its artifacts; `undefined` if there is more in it than data. */
function textOf(
  output: unknown,
  { records }: Pick<Records, "records">,
): string | undefined {
  let isData = true;
  const leafText = (leaf: unknown): unknown => {
    if (isRef(leaf)) {
      const { stage, field } = targetOf(leaf);
      const digest = records.get(stage.name)?.outputs[field]?.digest;
      return ["ref", stage.name, field, digest ?? null];
    }
    if (isOrElse(leaf)) {
      return ["orElse", mapLeaves(branchesOf(leaf).value, leafText)];
    }
    switch (typeof leaf) {
      case "string":
      case "boolean":
        return [leaf];
      case "number":
        return ["number", String(leaf)];
      case "undefined":
        return ["undefined"];
    }
    if (leaf === null) return [null];
    if (leaf instanceof Uint8Array) return ["bytes", digestOf(leaf)];
    if (Array.isArray(leaf)) return ["list"]; // an empty one
    isData &&= typeof leaf === "object" && isEmptyRecord(leaf);
    return ["record"];
  };
  const text = JSON.stringify(mapLeaves(output, leafText));
  return isData ? text : undefined;
}

function isEmptyRecord(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype &&
    Reflect.ownKeys(value).every((name) =>
      typeof name === "string" && Reflect.get(value, name) === undefined
    );
}
