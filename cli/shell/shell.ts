/**
 * What the command line needs of the world around it. The real one is made in
 * main.ts; a test makes its own.
 *
 * @module
 */
import type { AskedInputs } from "../../data/asked/asked_inputs.ts";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import type { AskedAnswer } from "../../reports/value/asked_answer.ts";
import type { Report } from "../../reports/value/report.ts";
import type {
  ChosenDevice,
  RenderSite,
} from "../../publishing/site_sources.ts";

/** A stream that a command writes to. */
export interface Output {
  /** Writes text, of which a command writes nothing that a terminal would act on, or bytes as they are. */
  write(content: string | Uint8Array): void;
  readonly isTerminal: boolean;
  /** Whether colours may be used. */
  readonly colour: boolean;
  /** Size of the terminal now, in characters. */
  size(): { readonly columns: number; readonly rows: number };
}

/** The pipelines of this project and the devices they can run on. */
export interface Registry {
  readonly pipelines: readonly AnyPipeline<Report>[];
  /** The pipeline that answers a question about a shift of one's own. */
  asked(inputs: AskedInputs, question: string): AnyPipeline<AskedAnswer>;
  /** What `--device` accepts. */
  readonly DEVICE_REQUESTS: readonly string[];
  /**
   * The device for a request.
   *
   * @throws {Error} if the machine does not have it
   */
  environmentOf(request: string): Promise<ChosenDevice>;
  /** Whether a stage failed because a GPU did, and not by itself. */
  isGpuFault(error: unknown): boolean;
}

/** Everything that a command gets from the world outside. */
export interface Shell {
  readonly args: readonly string[];
  readonly version: string;
  /** Folder of the project. */
  readonly root: string;
  /** Folder that the command was given in. */
  readonly folder: string;
  /** What SHIFTLINE_MIRROR names: a folder with copies of published files. */
  readonly mirror?: string | undefined;
  /** Words after `deno` that start this program in a process of its own. */
  readonly again: readonly string[];
  /** How many stages run at once unless told otherwise. */
  readonly jobs: number;
  /** Loaded when it is needed: pipelines bring much code with them. */
  registry(): Promise<Registry>;
  site(): Promise<RenderSite>;
  /** URL of the module that `site` is from. */
  readonly siteModule?: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Raised by Ctrl-C. */
  readonly signal: AbortSignal;
  /** A signal that SIGUSR2 and SIGTERM raise from now on, with their names as reason: to end in good order, as schedulers ask for. */
  softStop(): AbortSignal;
  /** Id of the job of a scheduler that this process runs in, e.g. `123_4`. */
  readonly job?: string | undefined;
  /** What a scheduler calls this machine. */
  readonly node?: string | undefined;
  /** Milliseconds since 1970. */
  clock(): number;
}
