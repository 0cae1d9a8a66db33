/**
 * What a site says of the run behind it. It is taken from what the store
 * recorded when the stages ran and not from the clock, so that the same
 * results give the same site whenever it is written.
 *
 * @module
 */
import type { StageRecord } from "../engine/store/store.ts";
import type { RunRecord } from "../reports/runs/run_record.ts";

/** The run record of pipelines, from the records of their stages. */
export function runRecordOf(
  records: Readonly<Record<string, readonly StageRecord[]>>,
  {
    commit,
    edited,
    accepted = {},
    earlier,
    awaited,
    repository,
    device,
    profile,
    now,
  }: {
    readonly commit: string | null;
    /** How many stages of each pipeline ran before edits of their code that are accepted. */
    readonly accepted?: Readonly<Record<string, number>>;
    /** Paths of files that were edited and neither staged nor committed, where that is known. */
    readonly edited?: readonly string[] | undefined;
    /** Of pipelines that were left as they were, when their results were made. */
    readonly earlier?: Readonly<Record<string, string>> | undefined;
    /** Titles of what the run still makes. */
    readonly awaited?: readonly string[] | undefined;
    readonly repository?: string | undefined;
    /** The device chosen for this run; the records say on what they were made. */
    readonly device: { readonly device: string; readonly reason: string };
    readonly profile: string;
    /** Milliseconds since 1970; stands in where no stage ran. */
    readonly now: number;
  },
): RunRecord {
  const all = Object.values(records).flat();
  const spans = all.map(spanOf);
  return {
    commit,
    ...edited === undefined ? {} : { edited },
    ...Object.values(accepted).every((number) => number === 0)
      ? {}
      : { accepted },
    ...earlier === undefined ? {} : { earlier },
    ...awaited === undefined ? {} : { awaited },
    ...repository === undefined ? {} : { repository },
    deno: valuesOf(all, "deno") || Deno.version.deno,
    machine: valuesOf(all, "platform") ||
      `${Deno.build.os} ${Deno.build.arch}`,
    packages: packagesOf(all),
    device: {
      name: deviceIn(all) ?? device.device,
      reason: device.reason,
      ...device.reason === "it was asked for" ? { asked: device.device } : {},
    },
    profile,
    started: startOf(spans) ?? new Date(now).toISOString(),
    ...spans.length === 0 ? {} : {
      finished: new Date(
        spans.reduce((latest, { end }) => Math.max(latest, end), 0),
      ).toISOString(),
    },
    seconds: covered(spans),
    pipelineStarted: Object.fromEntries(
      Object.entries(records).flatMap(([name, some]) => {
        const started = startOf(some.map(spanOf));
        return started === undefined ? [] : [[name, started]];
      }),
    ),
    pipelineSeconds: Object.fromEntries(
      Object.entries(records).map((
        [name, some],
      ) => [name, covered(some.map(spanOf))]),
    ),
  };
}

interface Span {
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
}

function spanOf({ finishedAt, seconds }: StageRecord): Span {
  const end = Date.parse(finishedAt);
  return { start: end - seconds * 1000, end };
}

/** When the first of some stages started, if there are any. */
function startOf(spans: readonly Span[]): string | undefined {
  return spans.length === 0
    ? undefined
    : new Date(spans.reduce((a, { start }) => Math.min(a, start), Infinity))
      .toISOString();
}

/** Seconds during which at least one stage ran: the wall time without the pauses. */
function covered(spans: readonly Span[]): number {
  let [sum, until] = [0, -Infinity];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    sum += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return Math.round(sum) / 1000;
}

/** The value of one property of the machine; several if stages ran on several. */
function valuesOf(records: readonly StageRecord[], name: string): string {
  const values = records.map(({ key }) => key.environment[name] ?? "");
  return [...new Set(values)].filter((value) => value !== "").sort().join(", ");
}

/** `wasm`, `webgpu: NVIDIA H100`, or nothing if no stage used a device. */
function deviceIn(records: readonly StageRecord[]): string | undefined {
  const names = records.flatMap(({ key }) => {
    const { device, adapter } = key.environment;
    if (device === undefined) return [];
    return [adapter === undefined ? device : `${device}: ${adapter}`];
  });
  return names.length === 0 ? undefined : [...new Set(names)].sort().join(", ");
}

function packagesOf(
  records: readonly StageRecord[],
): Readonly<Record<string, string>> {
  const versions = new Map<string, Set<string>>();
  for (const { key } of records) {
    for (const [name, version] of Object.entries(key.packages)) {
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
  }
  return Object.fromEntries(
    [...versions].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, found]) => [name, [...found].sort().join(", ")]),
  );
}
