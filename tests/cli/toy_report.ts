/** A pipeline with a claim and two figures, for what is told of reports. */
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { orElse } from "../../engine/define/or_else.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Source } from "../../engine/define/source.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Claim, Estimate } from "../../reports/value/claim.ts";
import type { Figure } from "../../reports/value/figure.ts";
import type { Report } from "../../reports/value/report.ts";
import { fetchSource } from "../../tasks/datasets/fetch_source.ts";
import { load, readTable, train } from "./toy_tasks.ts";

const estimate = json(z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  unit: z.literal("plain"),
}));

export const measure = defineTask({
  module: import.meta.url,
  name: "measure",
  result: estimate,
  run({ history }: { history: readonly number[] }) {
    const value = history.at(-1) ?? NaN;
    const unit = "plain" as const;
    return { value, low: value - 0.01, high: value + 0.01, unit };
  },
});

export const drawFigure = defineTask({
  module: import.meta.url,
  name: "drawFigure",
  result: json(z.any()),
  run: ({ id }: { id: string; history: readonly number[] }): Figure => ({
    kind: "unavailable",
    id,
    title: "Loss",
    reason: "it is a toy",
  }),
});

/** load → train → measure → claim "low" (below 0.1) and figure "line"; figure "table" of a published file. */
export function reporting(
  {
    epochs = 12,
    name = "toy-report",
    size = 3,
    fails = false,
    bound = 0.1,
    source = SOURCE as Source,
  } = {},
): AnyPipeline<Report> {
  return definePipeline<{ readonly epochs: number }, Report>({
    module: import.meta.url,
    name,
    title: name,
    profiles: {
      smoke: { epochs: 1 },
      default: { epochs },
      full: { epochs: 99 },
    },
    build({ epochs }): Lazy<Report> {
      const data = load({ size });
      const { history } = train({ data, epochs, fails });
      const found = measure({ history }) as Lazy<Estimate>;
      const claim: Lazy<Claim> = {
        id: "low",
        statement: "The loss gets low",
        paper: "0.05",
        rule: { kind: "below", bound },
        estimate: found,
      };
      const table = readTable({ table: fetchSource({ source }) });
      return {
        id: name,
        title: name,
        question: "How low?",
        claims: [claim],
        scaledDown: [],
        figures: [
          drawFigure({ id: "line", history }),
          orElse<Figure>(
            {
              kind: "unavailable",
              id: "table",
              title: table,
              reason: "it is a toy",
            },
            ({ reason }) => ({
              kind: "unavailable",
              id: "table",
              title: "Table",
              reason,
            }),
          ),
        ],
        datasets: [],
      };
    },
  });
}

/** A published file that no network has. */
export const SOURCE = {
  url: "https://example.org/results/table.csv",
  sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  title: "table of results",
};
