/** The paper's baselines and pre-trained networks on ImageNet-V2. */
import type { HeadlinePoints } from "../../stats/published/headline.ts";
import { imagenetV2 } from "./reference.ts";

const of = (wanted: "baseline" | "pretrained") =>
  imagenetV2.rows.filter(([, group]) => group === wanted).map((
    [model, , reference, shifted],
  ) => ({ model, reference, shifted }));

export const points: HeadlinePoints = {
  baselines: of("baseline"),
  models: of("pretrained"),
};

/** The same with three baselines. */
export const few: HeadlinePoints = {
  ...points,
  baselines: points.baselines.slice(0, 3),
};
