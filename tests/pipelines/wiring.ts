/**
 * What a report is made of, as text: which numbers each claim and figure reads,
 * and of which networks, on which sets, they are measured.
 *
 * @module
 */
import {
  branchesOf,
  isOrElse,
  isPlain,
  isRef,
  type Ref,
  type Stage,
  targetOf,
  walkRefs,
} from "../../engine/define/ref.ts";
import type { Graph } from "../../engine/run/graph.ts";
import { LEVEL } from "../../pipelines/shared/synthetic/scale.ts";

/** Fields of which nothing is known but their names. */
export type Fields = Readonly<Record<string, unknown>>;

/** Tasks that measure or compare, as opposed to those that train, evaluate or draw. */
const MEASURING =
  /^(compare|fit|judge|least|match|measure|over|part|placePlacebos|sweep|vary)/;

/** Arguments that repeat others, are wording, or differ nowhere. */
const LEFT_OUT = ["judged", "named", "scale", "extremes", "seed"];

/** The name of a line, as it ends those of stages. */
const LINE = /-(sizes|checkpoints)\b/g;

/**
 * The claims and figures of a report with what they read, then all that is
 * measured for it, a stage a line. Of two stages that differ by the line alone,
 * one is told, with LINE in the place of its name; a level of 95% is not.
 */
export function wiringOf(report: unknown, { nodes }: Graph): string {
  const { claims, figures } = report as Readonly<
    Record<"claims" | "figures", readonly Fields[]>
  >;
  const measured = nodes.map(({ stage }) => stage)
    .filter(({ task }) => MEASURING.test(task.name));
  return [
    ...claims.map(whole).map(claimText),
    ...figures.map(whole).map(figureText),
    "",
    ...bothLines(measured.map(stageText)).toSorted(),
    "",
  ].join("\n");
}

/** What may be missing as it is when it is there. */
function whole(part: Fields): Fields {
  return isOrElse(part) ? branchesOf(part).value as Fields : part;
}

function claimText({ id, statement, estimate, further = [], ...rest }: Fields) {
  const estimates = [estimate, ...further as readonly unknown[]].map((one) =>
    (isPlain(one) && "title" in one ? `${titleText(one["title"])}: ` : "") +
    told(refsIn(one))
  );
  const besides = refsIn(rest);
  return [
    `claim ${id}: ${statement}`,
    ...estimates,
    ...besides.length === 0 ? [] : [`besides: ${told(besides)}`],
  ].join("\n  ");
}

/** A title as it is written, or as the stage is given it that adds to it. */
function titleText(title: unknown): unknown {
  return isRef(title) ? (targetOf(title).stage.args as Fields)["title"] : title;
}

function figureText({ id = "that may be missing", ...rest }: Fields): string {
  const names = refsIn(rest).map((ref) => targetOf(ref).stage.name);
  return `figure ${id}: ${bothLines([...new Set(names)]).join(", ")}`;
}

function stageText({ name, args }: Stage): string {
  return [name, ...fieldsOf(args as Fields)].join(" | ");
}

function refsIn(part: unknown): readonly Ref<unknown>[] {
  const found: Ref<unknown>[] = [];
  walkRefs(part, (ref) => found.push(ref));
  return found;
}

/** Texts that differ by the name of the line alone, as one. */
function bothLines(texts: readonly string[]): readonly string[] {
  const named = Map.groupBy(
    texts,
    (text) =>
      new Set(text.match(LINE)).size === 1
        ? text.replaceAll(LINE, "-LINE")
        : text,
  );
  return [...named].flatMap(([text, all]) => all.length === 2 ? [text] : all);
}

function fieldsOf(record: Fields): readonly string[] {
  const fields = Object.entries(record).filter(([key, part]) =>
    part !== undefined && !LEFT_OUT.includes(key) &&
    !(key === "level" && part === LEVEL)
  ).map(([key, part]) => {
    const isNamed = isRef(part) && targetOf(part).field === key;
    return isNamed ? told(part) : `${key} ${told(part)}`;
  });
  return together(fields);
}

/** A value in a few words: networks by their labels, mixtures by their sets, other refs by stage and field. */
export function told(value: unknown): string {
  if (isRef(value)) return toldRef(value);
  if (Array.isArray(value)) return together(value.map(told)).join(", ");
  if (typeof value === "number") return `${Number(value.toFixed(4))}`;
  if (!isPlain(value)) return String(value);
  const { sets, classes, reference, shifted, evaluation, hits } = value;
  if (sets !== undefined) {
    const shares = Object.entries(sets as Readonly<Record<string, number>>)
      .filter(([, share]) => share > 0)
      .map(([set, share]) => share === 1 ? set : `${told(share)} ${set}`);
    return shares.join(" + ") +
      (classes === undefined ? "" : ` of classes ${told(classes)}`);
  }
  if (shifted !== undefined) return `${told(reference)} → ${told(shifted)}`;
  // Hits are named after the evaluation of the same network.
  if (told(hits).startsWith(`${told(evaluation)}-`)) return told(hits);
  return `{ ${fieldsOf(value).join("; ")} }`;
}

function toldRef(ref: Ref<unknown>): string {
  const { stage: { name, task, args }, field } = targetOf(ref);
  const { first, evaluations, distributions } = args as Fields;
  if (task.name === "joinEvaluations") return told(first);
  if (task.name === "evaluate") return name.replace("evaluate/", "");
  if (task.name === "placePoints") {
    return `${told(evaluations)}: ${told(distributions)}`;
  }
  return `${name}.${field}`;
}

/** Fields of one stage, and networks that differ by their seed, in braces. */
function together(texts: readonly string[]): readonly string[] {
  const own = /^((?!evaluate).*\/.*\.)(\w+)$|^(.*-)(\d{3,})(\D*)$/;
  const alike = Map.groupBy(texts, (text) => text.replace(own, "$1$3\n$5"));
  return [...alike].map(([text, all]) => {
    const each = all.map((one) => one.replace(own, "$2$4"));
    return text.replace(
      "\n",
      all.length > 1 ? `{${each.join(",")}}` : each[0] ?? "",
    );
  });
}
