/**
 * Every MUST of RO-Crate 1.1 and Workflow RO-Crate 1.0 that can apply to a
 * crate of a run, each with the section that states it, a check, and a change
 * that breaks it.
 *
 * @module
 */
import {
  dropFrom,
  type Entity,
  entity,
  graphOf,
  idsIn,
  idsOf,
  isA,
  last,
  listOf,
  mainOf,
  ofType,
  present,
  type Requirement,
  rootOf,
  without,
} from "./crate_graph.ts";

const CRATE = "RO-Crate 1.1";
const WORKFLOW = "Workflow RO-Crate 1.0";

/** All of them. */
export const CRATE_REQUIREMENTS: readonly Requirement[] = [
  {
    section: `${CRATE}, RO-Crate Structure`,
    must: "ro-crate-metadata.json is in the root of the crate",
    violations: ({ files }) =>
      files.has("ro-crate-metadata.json") ? [] : ["ro-crate-metadata.json"],
    break: ({ files }) =>
      (files as Set<string>).delete("ro-crate-metadata.json"),
  },
  {
    section: `${CRATE}, RO-Crate JSON-LD`,
    must: "the context is that of RO-Crate 1.1, the graph a flat list",
    violations: ({ metadata }) =>
      listOf(metadata["@context"])[0] ===
          "https://w3id.org/ro/crate/1.1/context" &&
        metadata["@graph"].every((one) =>
          Object.entries(one).every(([name, value]) =>
            name === "@type" || listOf(value).every((part) =>
              typeof part === "string" ||
              JSON.stringify(Object.keys(part as object)) === '["@id"]'
            )
          )
        )
        ? []
        : ["@context or @graph"],
    break({ metadata }) {
      present(metadata["@graph"].at(-1))["author"] = { "@id": "#a", name: "A" };
    },
  },
  {
    section: `${CRATE}, RO-Crate JSON-LD`,
    must: "no two entities have one @id",
    violations: (crate) => {
      const ids = idsOf(graphOf(crate));
      return ids.filter((id, i) => ids.indexOf(id) !== i);
    },
    break: (crate) => graphOf(crate).push({ "@id": "./" }),
  },
  {
    section: `${CRATE}, Root Data Entity, RO-Crate Metadata File Descriptor`,
    must: "it is a CreativeWork about the root, and conforms to RO-Crate 1.1",
    violations: (crate) => {
      const one = entity(crate, "ro-crate-metadata.json");
      return isA(one, "CreativeWork") && idsIn(one?.["about"])[0] === "./" &&
          idsIn(one?.["conformsTo"]).includes("https://w3id.org/ro/crate/1.1")
        ? []
        : ["ro-crate-metadata.json"];
    },
    break(crate) {
      present(entity(crate, "ro-crate-metadata.json"))["@type"] = "Dataset";
    },
  },
  {
    section: `${CRATE}, Root Data Entity, Direct properties`,
    must: "@type is Dataset, @id ends with a slash",
    violations: (crate) => {
      const root = rootOf(crate);
      return isA(root, "Dataset") && root["@id"].endsWith("/")
        ? []
        : [root["@id"]];
    },
    break(crate) {
      rootOf(crate)["@type"] = "Collection";
    },
  },
  {
    section: `${CRATE}, Root Data Entity, Direct properties`,
    must: "datePublished is an ISO 8601 date, at least to the day",
    violations: (crate) =>
      /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/.test(
          String(rootOf(crate)["datePublished"]),
        )
        ? []
        : ["datePublished"],
    break(crate) {
      rootOf(crate)["datePublished"] = "yesterday";
    },
  },
  {
    section: `${CRATE}, Data Entities`,
    must: "every data entity is linked from the root by hasPart",
    violations: (crate) => {
      const parts = new Set(idsIn(rootOf(crate)["hasPart"]));
      return idsOf(ofType(crate, "File")).filter((id) => !parts.has(id));
    },
    break(crate) {
      const root = rootOf(crate);
      root["hasPart"] = listOf(root["hasPart"]).slice(1);
    },
  },
  {
    section: `${CRATE}, Data Entities, File Data Entity`,
    must:
      "@id is a relative URI path to a file of the crate, or an absolute URI",
    violations: (crate) =>
      idsOf(ofType(crate, "File")).filter((id) =>
        !URL.canParse(id) &&
        (!URL.canParse(id, "file:///crate/") ||
          !crate.files.has(decodeURIComponent(id)))
      ),
    break(crate) {
      last(crate, "File")["@id"] = "gone.txt";
    },
  },
  {
    section: `${CRATE}, Contextual Entities`,
    must: "what is referred to is described, or is an absolute URI",
    violations: (crate) => {
      const known = new Set(idsOf(graphOf(crate)));
      const used = graphOf(crate).flatMap((one) =>
        Object.entries(one).flatMap(([name, value]) =>
          name.startsWith("@") ? [] : listOf(value)
            .filter((part) => typeof part === "object")
            .map((part) => (part as Entity)["@id"])
        )
      );
      return [...new Set(used)].filter((id) =>
        !known.has(id) && !URL.canParse(id)
      );
    },
    break(crate) {
      rootOf(crate)["author"] = { "@id": "#nobody" };
    },
  },
  {
    section: `${WORKFLOW}, Main Workflow`,
    must: "mainEntity is a File, SoftwareSourceCode and ComputationalWorkflow",
    violations: (crate) =>
      ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
        .filter((type) => !isA(mainOf(crate), type)),
    break(crate) {
      mainOf(crate)["@type"] = ["File", "ComputationalWorkflow", "HowTo"];
    },
  },
  {
    section: `${WORKFLOW}, Main Workflow`,
    must: "programmingLanguage refers to a ComputerLanguage",
    violations: (crate) =>
      without(crate, {
        of: "ComputationalWorkflow",
        property: "programmingLanguage",
        is: (one) => isA(one, "ComputerLanguage"),
      }),
    break: dropFrom("ComputationalWorkflow", "programmingLanguage"),
  },
  {
    section: `${WORKFLOW}, Crate`,
    must: "the crate has a license",
    violations: (crate) =>
      idsIn(rootOf(crate)["license"]).some((id) => entity(crate, id))
        ? []
        : ["license"],
    break(crate) {
      delete rootOf(crate)["license"];
    },
  },
];
