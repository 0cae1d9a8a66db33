/**
 * Folders of the site that are not those of reports.
 *
 * @module
 */

/** Where pages about more than one report are. */
export const FOLDERS = {
  data: "data/",
  shifts: "shifts/",
  models: "models/",
  material: "material/",
  method: "method/",
  runs: "runs/",
} as const;
