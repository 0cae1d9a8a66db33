/**
 * What networks on the COCO trunk gain under a shift, over each line of
 * baselines.
 *
 * @module
 */
import { compareShifts } from "../../tasks/lines/compare_shifts.ts";
import { LINE_TITLES } from "../shared/synthetic/claims.ts";
import {
  type ByLine,
  byLine,
  type Gain,
  gainOver,
  type LineName,
  linesUnder,
  type LineUnder,
  networksOver,
} from "../shared/synthetic/gains.ts";
import { type Baselines, baselinesOf } from "../shared/synthetic/networks.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import type { Setting } from "../shared/synthetic/setting.ts";
import {
  type CocoNetworks,
  cocoNetworks,
  type Method,
  twinsOf,
} from "./networks.ts";
import type { Profile } from "./scale.ts";
import { type ShiftId, SHIFTS } from "./shifts.ts";

/** The networks that two lines go through. */
interface Architecture {
  /** Begins the names of its lines, after that of the shift: of the trunk's own layers, or of the networks of the other experiments. */
  readonly prefix: "twin-" | "";
  /** What the networks are, for readers. */
  readonly title: string;
  readonly baselines: Baselines;
}

/** All networks of a setting, evaluated. */
export interface CocoAndBaselines {
  readonly coco: CocoNetworks;
  /** Those that were fine-tuned briefly on all images, where they are others. */
  readonly brief?: CocoNetworks["LP-FT"] | undefined;
  /** Those whose lines decide. */
  readonly main: Architecture;
  /** Those whose lines stand beside. */
  readonly beside: readonly Architecture[];
}

/** Trains and evaluates the networks of a setting that are not there yet. */
export function networksIn(setting: Setting, scale: Profile): CocoAndBaselines {
  const { twins, brief: shorter, ...tuned } = scale.coco;
  const coco = cocoNetworks(setting, scale, { ...tuned, name: "coco" });
  const brief = shorter &&
    cocoNetworks(setting, scale, { ...shorter, name: "coco-brief" })["LP-FT"];
  const resnet8: Architecture = {
    prefix: "",
    title: "ResNet-8, another architecture",
    baselines: baselinesOf(setting, scale),
  };
  if (twins === undefined) return { coco, brief, main: resnet8, beside: [] };
  const main: Architecture = {
    prefix: "twin-",
    title: "same architecture",
    baselines: twinsOf(setting, { scale, twins }),
  };
  return { coco, brief, main, beside: [resnet8] };
}

/** One line under a shift, and what is gained over it. */
export interface CocoGains {
  /** Ends the ids of its figures and stages. */
  readonly id: string;
  /** As readers know it: "line of checkpoints (same architecture)". */
  readonly title: string;
  readonly kind: LineName;
  readonly architecture: string;
  readonly under: LineUnder;
  readonly gains: Readonly<Record<Method, Gain>>;
}

/** A shift, its lines and the gains over them. */
export interface GainsUnderShift {
  readonly id: ShiftId;
  readonly shift: typeof SHIFTS[ShiftId];
  /** The networks that were fine-tuned as a whole. */
  readonly tuned: CocoNetworks["LP-FT"];
  /** The same, but briefly and on all images, with their gains over the lines that decide. */
  readonly brief?: {
    readonly tuned: CocoNetworks["LP-FT"];
    readonly gains: ByLine<Gain>;
  } | undefined;
  /** Whether the lines that decide are of the trunk's own architecture, so that a gain over them is not one of architecture. */
  readonly isSame: boolean;
  /** The lines that decide. */
  readonly main: ByLine<CocoGains>;
  /** Lines that stand beside them. */
  readonly beside: readonly CocoGains[];
}

/** What there would be more of: there is one trunk. */
const NAMED = "fine-tunings of the trunk";

/** The gains under a shift of networks that were evaluated on the sets that it mixes. */
export function measure(
  id: ShiftId,
  { coco, brief, main: decides, beside }: CocoAndBaselines,
): GainsUnderShift {
  const shift = SHIFTS[id];
  const over = ({ prefix, title, baselines }: Architecture) => {
    const label = `${prefix}${id}`;
    const lines = linesUnder(shift.distributions, { baselines, label });
    return byLine((kind): CocoGains => {
      const under = lines[kind];
      const line = `${prefix}${kind}`;
      const gain = (method: Method) =>
        gainOver(under, {
          networks: coco[method],
          named: NAMED,
          label: `${id}-coco-${method}`,
          line,
        });
      return {
        id: line,
        title: `${LINE_TITLES[kind]} (${title})`,
        kind,
        architecture: title,
        under,
        gains: { LP: gain("LP"), "LP-FT": gain("LP-FT") },
      };
    });
  };
  const main = over(decides);
  return {
    id,
    shift,
    tuned: coco["LP-FT"],
    brief: brief && {
      tuned: brief,
      gains: byLine((kind) =>
        gainOver(main[kind].under, {
          networks: brief,
          named: NAMED,
          label: `${id}-coco-brief`,
          line: main[kind].id,
        })
      ),
    },
    isSame: decides.prefix === "twin-",
    main,
    beside: beside.flatMap((one) => Object.values(over(one))),
  };
}

/** A pair of like shifts, one that leaves the support and one that does not. */
export interface Contrast {
  readonly out: GainsUnderShift;
  readonly within: GainsUnderShift;
  /** Id of the claim. */
  readonly label: string;
}

/** What the fine-tuned networks gain out of support above what they gain in support, network by network; or those that were fine-tuned briefly. */
export function excess(
  kind: LineName,
  { out, within, label }: Contrast,
  { isBrief = false }: { readonly isBrief?: boolean } = {},
): ReturnType<typeof compareShifts> {
  const after = isBrief ? "-brief" : "";
  const tunedUnder = ({ id, tuned, brief, main }: GainsUnderShift) =>
    networksOver(
      main[kind].under,
      isBrief ? brief?.tuned ?? [] : tuned,
      `${id}-coco-LP-FT${after}`,
    );
  return compareShifts({
    first: tunedUnder(out),
    second: tunedUnder(within),
    level: LEVEL,
    named: NAMED,
  }, `${label}-coco${after}-${kind}`);
}
