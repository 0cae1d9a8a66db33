/**
 * Corrected examples (section 5 of arXiv:2403.00194): those that networks from
 * scratch often get wrong and others get right, and how far what pre-training
 * corrects is what an intervention corrects.
 *
 * @module
 */
import { BLOCKS } from "./group_counts.ts";

/** What networks get right on one set of images: 1 or 0, [image] for each network. */
export interface CorrectionTrials {
  /** Networks from scratch that an intervention was applied to. */
  readonly scratch: readonly Uint8Array[];
  /** Further networks from scratch, which say with these what is often wrong. */
  readonly others: readonly Uint8Array[];
  /** The intervention on each of `scratch`, in their order. */
  readonly intervened: readonly Uint8Array[];
  readonly pretrained: readonly Uint8Array[];
  /** The intervention on each of `pretrained`, in their order. */
  readonly both: readonly Uint8Array[];
}

/** What of the trials is left out; a network from scratch still says what is often wrong. */
export interface WithoutTrials {
  readonly factor: "scratch" | "pretrained" | "images";
  readonly member: number;
}

/** What two networks correct alike. A share of nothing is 0. */
export interface Overlap {
  /** Corrected by both: a share of the images. */
  readonly overlap: number;
  /** Of what either corrects, the share that both correct (Jaccard's index). */
  readonly jaccard: number;
  /** What that share would be if each corrected as many, independently drawn among those often wrong. */
  readonly independent: number;
}

/** Shares of the images, and what follows from them; means over the trials. */
export interface Corrections extends Overlap {
  /** Often wrong by networks from scratch: what can be corrected. */
  readonly often: number;
  readonly pretrained: number;
  readonly intervened: number;
  /** The same of two further networks from scratch, in the place of both: two of one kind. */
  readonly alike: Overlap & {
    readonly first: number;
    readonly second: number;
  };
  /** Of what pre-training corrects alone, the share that it corrects together with the intervention. */
  readonly keptOfPretrained: number;
  /** Of what the intervention corrects alone, the share that it corrects together with pre-training. */
  readonly keptOfIntervened: number;
}

/** Number of networks from scratch that judge an example: all but the two of a trial. */
export function judgesOf(
  { scratch, others }: Pick<CorrectionTrials, "scratch" | "others">,
): number {
  return scratch.length + others.length - 2;
}

/** Numbers of images: often wrong, corrected by a first and a second network and by both, and by the combination too. */
type Tally = Float64Array;
const TALLIES = 6;

/**
 * Corrections over trials, from which one member or block of images may be left
 * out. A trial is one network from scratch with its intervention, one
 * pre-trained one, and a second from scratch: an example is often wrong if so
 * many of the networks from scratch but these two, its judges, get it wrong.
 * Alike: these two, by the same examples.
 *
 * @param options.least number of judges that must be wrong; at least half of
 * them where left out
 * @throws {RangeError} for fewer than two networks from scratch and a third to
 * judge them, for interventions that are not as many as the networks, or if
 * more must be wrong than there are judges
 */
export function correctionsOf(
  trials: CorrectionTrials,
  { least }: { readonly least?: number } = {},
): (without?: WithoutTrials) => Corrections {
  const { scratch, others, intervened, pretrained, both } = trials;
  if (
    scratch.length < 2 || scratch.length + others.length < 3 ||
    intervened.length !== scratch.length ||
    both.length !== pretrained.length || pretrained.length === 0
  ) {
    throw new RangeError(
      `Cannot compare corrections: ${scratch.length} networks from scratch with ${intervened.length} interventions and ${pretrained.length} pre-trained ones with ${both.length} need two of the first and another one from scratch, one of the second, and an intervention each`,
    );
  }
  const all = [...scratch, ...others];
  const judges = judgesOf(trials);
  const needed = least ?? judges / 2;
  if (!(needed >= 0 && needed <= judges)) {
    throw new RangeError(
      `Cannot take examples that ${needed} networks from scratch get wrong: there are ${judges} to judge by`,
    );
  }
  const n = all[0]?.length ?? 0;
  const wrong = new Uint16Array(n);
  for (const right of all) {
    for (let i = 0; i < n; i++) {
      wrong[i] = (wrong[i] as number) + 1 - (right[i] as number);
    }
  }
  /** By block, of two networks and a combination of them, where networks from scratch but some are often wrong. */
  function tally(
    { but, first, second, combined }: {
      readonly but: readonly [Uint8Array, Uint8Array];
      readonly first: Uint8Array;
      readonly second: Uint8Array;
      readonly combined: Uint8Array;
    },
  ): Tally {
    const counts = new Float64Array(BLOCKS * TALLIES);
    for (let i = 0; i < n; i++) {
      let against = wrong[i] as number;
      for (const right of but) against -= 1 - (right[i] as number);
      if (against < needed) continue;
      const [a, b, c] = [first[i] === 1, second[i] === 1, combined[i] === 1];
      const from = (i % BLOCKS) * TALLIES;
      const add = (k: number, holds: boolean) => {
        if (holds) counts[from + k] = (counts[from + k] as number) + 1;
      };
      add(0, true);
      add(1, a);
      add(2, b);
      add(3, a && b);
      add(4, a && c);
      add(5, b && c);
    }
    return counts;
  }
  const pairs = scratch.flatMap((own, l) =>
    scratch.flatMap((other, m) =>
      l === m ? [] : pretrained.map((first, k) => ({
        l,
        m,
        k,
        counts: tally({
          but: [own, other],
          first,
          second: intervened[l] as Uint8Array,
          combined: both[k] as Uint8Array,
        }),
      }))
    )
  );
  const alikePairs = scratch.flatMap((first, l) =>
    scratch.slice(l + 1).map((second, j) => ({
      l,
      m: l + 1 + j,
      counts: tally({ but: [first, second], first, second, combined: first }),
    }))
  );
  const perBlock = new Float64Array(BLOCKS);
  for (let i = 0; i < n; i++) {
    perBlock[i % BLOCKS] = (perBlock[i % BLOCKS] as number) + 1;
  }
  return (without) => {
    const left = (factor: WithoutTrials["factor"]) =>
      without?.factor === factor ? without.member : -1;
    const [noScratch, noPretrained, noBlock] = [
      left("scratch"),
      left("pretrained"),
      left("images"),
    ];
    const total = (tallies: readonly { readonly counts: Tally }[]) => {
      const sums = new Float64Array(TALLIES);
      let images = 0;
      for (const { counts } of tallies) {
        for (let block = 0; block < BLOCKS; block++) {
          if (block === noBlock) continue;
          images += perBlock[block] as number;
          for (let k = 0; k < TALLIES; k++) {
            sums[k] = (sums[k] as number) +
              (counts[block * TALLIES + k] as number);
          }
        }
      }
      const [often = 0, a = 0, b = 0, ab = 0, ac = 0, bc = 0] = sums;
      return { images, often, a, b, ab, ac, bc };
    };
    const found = total(
      pairs.filter(({ l, m, k }) =>
        l !== noScratch && m !== noScratch && k !== noPretrained
      ),
    );
    const alike = total(
      alikePairs.filter(({ l, m }) => l !== noScratch && m !== noScratch),
    );
    const share = (part: number, of: number) => of === 0 ? 0 : part / of;
    const overlapOf = ({ images, often, a, b, ab }: typeof found): Overlap => {
      const drawn = share(a * b, often);
      return {
        overlap: ab / images,
        jaccard: share(ab, a + b - ab),
        independent: share(drawn, a + b - drawn),
      };
    };
    return {
      often: found.often / found.images,
      pretrained: found.a / found.images,
      intervened: found.b / found.images,
      ...overlapOf(found),
      alike: {
        first: alike.a / alike.images,
        second: alike.b / alike.images,
        ...overlapOf(alike),
      },
      keptOfPretrained: share(found.ac, found.a),
      keptOfIntervened: share(found.bc, found.b),
    };
  };
}
