/**
 * The answer to a question about a shift of one's own, and what is shown
 * beside it.
 *
 * @module
 */
import type {
  AskFindings,
  TrialDrops,
} from "../../stats/asked/ask_findings_schemas.ts";
import type { AskedTrial } from "../../stats/asked/found_trial.ts";

/** Examples of one kind, as a picture. */
export interface AskedPicture {
  /** Name of its file. */
  readonly file: string;
  readonly png: Uint8Array;
  readonly caption: string;
  readonly alt: string;
}

/** A shifted example, and how shifted it looks. */
export interface AskedExample {
  /** Name of its file, or what the table calls it. */
  readonly name: string;
  /** In standard deviations over the shifted set: the less it is like a reference example the higher. */
  readonly score: number;
  readonly inSupport: boolean;
}

/** An example by its set and name. */
interface NamedExample {
  readonly set: "reference" | "test" | "shifted";
  readonly name: string;
}

/** What the pipeline of a question gives. */
export interface AskedAnswer {
  readonly findings: AskFindings;
  /** What networks say that were trained for it; null where none was. */
  readonly trial: AskedTrial | null;
  /** Where these networks lose accuracy; null where none was trained. */
  readonly drops: TrialDrops | null;
  /** One of no examples has no bytes, and is not shown. */
  readonly pictures: readonly AskedPicture[];
  /** All shifted examples that were compared, those first that look least like reference ones; none where nothing tells them apart. */
  readonly examples: readonly AskedExample[];
  /** Each example that was removed because another set has it, too, and its equal there, in the order of the sets. */
  readonly copies: readonly (readonly [NamedExample, NamedExample])[];
  /** The networks behind it and where their weights come from, a sentence each. */
  readonly networks: readonly string[];
  /** What one should know of the inputs; `inPublic` is the same without what is in them. */
  readonly warnings: readonly {
    readonly text: string;
    readonly inPublic: string;
  }[];
}
