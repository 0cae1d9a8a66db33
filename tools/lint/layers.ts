/** What each top-level folder may import, lowest layer first. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  stats: [],
  data: ["engine"],
  shifts: ["engine", "data"],
  models: ["engine", "data"],
  reports: ["engine", "stats"],
  tasks: ["engine", "stats", "data", "shifts", "models", "reports"],
  pipelines: ["engine", "data", "shifts", "models", "tasks", "reports"],
  cli: ["engine", "stats", "data", "reports", "pipelines"],
};

/** Packages that only one folder may import, by prefix. */
export const PACKAGES: Readonly<Record<string, string>> = {
  "@tensorflow/": "models",
  "@stdlib/": "stats",
  "@observablehq/plot": "reports",
};
