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
  const labels = Object.fromEntries(entries.map(([set, { total }]) => [
    set,
    Uint8Array.from(
      total.flatMap((n, label) => new Array<number>(n).fill(label)),
    ),
  ]));
  return {
    ...run,
    labels,
    networks: networks.map(({ sets, ...network }) => ({
      ...network,
      sets: Object.fromEntries(
        Object.entries(sets).map(([set, { correct, total }]) => {
          const right = total.flatMap((n, label) =>
            Array.from(
              { length: n },
              (_, i) => i < (correct[label] ?? 0) ? 1 : 0,
            )
          );
          return [
            set,
            judgedSet(Uint8Array.from(right), {
              labels: labels[set] ?? new Uint8Array(),
              classes: run.classes.length,
            }),
          ];
        }),
      ),
    })),
  };
}
