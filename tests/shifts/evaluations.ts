/** Evaluations made up from counts. */
import {
  type Counts,
  type Evaluation,
  judgedSet,
} from "../../shifts/measure/evaluation.ts";

/** An evaluation of which the counts alone matter. */
export interface Counted extends Pick<Evaluation, "name" | "seed" | "classes"> {
  readonly networks: readonly {
    readonly epoch?: number | undefined;
    readonly sets: Readonly<Record<string, Counts>>;
  }[];
}

/** The images of each set lie class by class, and a network gets the first ones of each class right. */
export function evaluationOf({ networks, ...run }: Counted): Evaluation {
  const entries = Object.entries(networks[0]?.sets ?? {});
  const labels = Object.fromEntries(
    entries.map(([set, { total }]) => [set, labelsOf(total)]),
  );
  return {
    ...run,
    labels,
    networks: networks.map(({ sets, ...network }) => ({
      ...network,
      sets: Object.fromEntries(
        Object.entries(sets).map(([set, counts]) => [
          set,
          judgedSet(rightOf(counts), {
            labels: labels[set] ?? new Uint8Array(),
            classes: run.classes.length,
          }),
        ]),
      ),
    })),
  };
}

function labelsOf(total: readonly number[]): Uint8Array {
  const labels = new Uint8Array(total.reduce((sum, n) => sum + n, 0));
  let next = 0;
  for (const [label, n] of total.entries()) {
    labels.fill(label, next, next += n);
  }
  return labels;
}

function rightOf({ correct, total }: Counts): Uint8Array {
  const right = new Uint8Array(total.reduce((sum, n) => sum + n, 0));
  let start = 0;
  for (const [label, n] of total.entries()) {
    right.fill(1, start, start + (correct[label] ?? 0));
    start += n;
  }
  return right;
}

/** A run evaluated on shifted examples alone, of one class, from what each of its networks gets right. */
export function hitsOf(
  { name, seed }: Pick<Evaluation, "name" | "seed">,
  networks: readonly {
    readonly epoch?: number | undefined;
    readonly right: Uint8Array;
  }[],
): Evaluation {
  const labels = new Uint8Array(networks[0]?.right.length ?? 0);
  return {
    name,
    seed,
    classes: ["a"],
    labels: { shifted: labels },
    networks: networks.map(({ right, ...network }) => ({
      ...network,
      sets: { shifted: judgedSet(right, { labels, classes: 1 }) },
    })),
  };
}
