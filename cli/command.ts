/**
 * What a command line asks for, whatever read it.
 *
 * @module
 */

/** Which pipelines at which scale, on what, and where artifacts are. */
export interface Scope {
  /** One of the profiles, not yet checked. */
  readonly profile: string;
  /** What to run on, not yet checked, e.g. `auto`. */
  readonly device: string;
  /** Folder of the store, if it is not the usual one. */
  readonly store: string | undefined;
  /** Whether errors come with their stack. */
  readonly verbose: boolean;
}

/** Makes what is missing and writes the site. */
export interface Reproduce extends Scope {
  readonly command: "reproduce";
  /** None stands for all. */
  readonly pipelines: readonly string[];
  readonly force: readonly string[];
  readonly jobs: number | undefined;
  readonly site: string | undefined;
  /** Folder with copies of published files. */
  readonly mirror: string | undefined;
  readonly json: boolean;
  readonly noWait: boolean;
}

/** Says what would run and why. */
export interface Plan extends Scope {
  readonly command: "plan";
  readonly pipelines: readonly string[];
  readonly force: readonly string[];
}

/** Says why a stage would run, and shows its key. */
export interface Explain extends Scope {
  readonly command: "explain";
  /** A stage, and perhaps a pipeline after it; a stage's name may be several words. */
  readonly words: readonly string[];
}

/** Shows the artifact of a stage. */
export interface Show extends Omit<Scope, "device"> {
  readonly command: "show";
  readonly words: readonly string[];
  readonly field: string | undefined;
  /** File for the bytes; `-` is the standard output. */
  readonly output: string | undefined;
}

/** Downloads published files into a mirror folder. */
export interface Fetch {
  readonly command: "fetch";
  /** None stands for all. */
  readonly pipelines: readonly string[];
  /** The folder to fill, if it is not the usual one. */
  readonly to: string | undefined;
  /** Another such folder to take copies from. */
  readonly mirror: string | undefined;
  readonly verbose: boolean;
}

/** Serves the site to a browser on this machine. */
export interface Preview {
  readonly command: "preview";
  readonly port: number;
  readonly site: string | undefined;
  readonly verbose: boolean;
}

/** Measures effective robustness in somebody's own table of accuracies. */
export interface Er {
  readonly command: "er";
  /** CSV file. */
  readonly table: string;
  /** Columns of the two accuracies and of the groups. */
  readonly reference: string;
  readonly shifted: string;
  readonly group: string;
  /** Group of the baselines, if it does not have its usual name. */
  readonly baseline: string | undefined;
  /** Column of the models' names, if it is not the usual one. */
  readonly name: string | undefined;
  readonly scale: "probit" | "logit" | "linear";
  /** Confidence level of the intervals. */
  readonly level: number;
  readonly json: boolean;
  /** Folder of the page. */
  readonly to: string | undefined;
  readonly verbose: boolean;
}

/** One of the commands. */
export type Command = Reproduce | Plan | Explain | Show | Fetch | Preview | Er;
