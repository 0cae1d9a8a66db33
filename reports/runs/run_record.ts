/**
 * What the site says of the run that made it.
 *
 * @module
 */

/** The machine, the code and the clock behind a site. */
export interface RunRecord {
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /** Paths of files that were edited and neither staged nor committed; left out where that is not known. */
  readonly edited?: readonly string[] | undefined;
  /** How many stages of each pipeline ran before edits of their code that are accepted; left out where none did. */
  readonly accepted?: Readonly<Record<string, number>> | undefined;
  /** Address of the repository on its host, e.g. "https://github.com/owner/name". */
  readonly repository?: string | undefined;
  /** Version of Deno. */
  readonly deno: string;
  /** Operating system and processor, e.g. "linux x86_64". */
  readonly machine: string;
  /** Versions of the packages that results depend on, by name. */
  readonly packages: Readonly<Record<string, string>>;
  /** Device that trained the networks, and why that one. */
  readonly device: {
    /** Name, e.g. "wasm" or "webgpu: NVIDIA H100". */
    readonly name: string;
    /** Why it was chosen. */
    readonly reason: string;
    /** What --device was told, if it was: "wasm". */
    readonly asked?: string | undefined;
  };
  /**
   * When the results of a pipeline were made that this run left as they were,
   * though they depend on something that is another now. ISO 8601, by name.
   */
  readonly earlier?: Readonly<Record<string, string>> | undefined;
  /** Titles of the experiments whose results the run still makes; left out once it has ended. */
  readonly awaited?: readonly string[] | undefined;
  /** Scale of the run; `smoke` puts a warning on every page. */
  readonly profile: string;
  /** When the first stage of what is shown started, ISO 8601 in UTC: also of those that an earlier run has made. */
  readonly started: string;
  /** When the last stage of what is shown had finished, likewise; left out where there is none. */
  readonly finished?: string | undefined;
  /** Wall time of the whole run in seconds. */
  readonly seconds: number;
  /** When the first stage of a pipeline started, by name, where known. */
  readonly pipelineStarted?: Readonly<Record<string, string>> | undefined;
  /** Wall time by pipeline in seconds, where known. */
  readonly pipelineSeconds?: Readonly<Record<string, number>> | undefined;
}

/** When what is shown last changed, ISO 8601 in UTC: the first of its stages may have run long before. */
export function changedAt(
  { started, finished = started }: Pick<RunRecord, "started" | "finished">,
): string {
  return finished;
}
