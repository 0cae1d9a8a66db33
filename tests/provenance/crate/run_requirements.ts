/**
 * Every MUST of the profiles Process, Workflow and Provenance Run Crate 0.5
 * that can apply to a crate of ours, each with the section that states it, a
 * check, and a change that breaks it.
 *
 * Not listed: requirements on what our crates do not use (formal parameters,
 * parameter connections, container images, resource usage, collections).
 *
 * @module
 */
import {
  dropFrom,
  entity,
  idsIn,
  idsOf,
  isA,
  isTool,
  last,
  listOf,
  mainOf,
  ofType,
  present,
  type Requirement,
  rootOf,
  without,
} from "./crate_graph.ts";

const PROCESS_RUN = "Process Run Crate 0.5, Requirements";
const WORKFLOW_RUN = "Workflow Run Crate 0.5";
const PROVENANCE_RUN = "Provenance Run Crate 0.5";

const conformsTo = (name: string, uri: string): Requirement => ({
  section: `${name}, Requirements, Dataset`,
  must: `conformsTo references a CreativeWork with the @id ${uri}`,
  violations: (crate) =>
    idsIn(rootOf(crate)["conformsTo"]).includes(uri) &&
      isA(entity(crate, uri), "CreativeWork")
      ? []
      : [uri],
  break(crate) {
    const root = rootOf(crate);
    root["conformsTo"] = idsIn(root["conformsTo"]).filter((id) => id !== uri)
      .map((id) => ({ "@id": id }));
  },
});

/** All of them. */
export const RUN_REQUIREMENTS: readonly Requirement[] = [
  conformsTo("Process Run Crate 0.5", "https://w3id.org/ro/wfrun/process/0.5"),
  conformsTo(
    "Workflow Run Crate 0.5",
    "https://w3id.org/ro/wfrun/workflow/0.5",
  ),
  conformsTo(
    "Provenance Run Crate 0.5",
    "https://w3id.org/ro/wfrun/provenance/0.5",
  ),
  {
    section: `${PROCESS_RUN}, SoftwareApplication`,
    must: "what is executed has an @id and the type of a tool",
    violations: (crate) =>
      ofType(crate, "CreateAction").flatMap((one) => idsIn(one["instrument"]))
        .filter((id) => !isTool(entity(crate, id))),
    break(crate) {
      const [tool] = idsIn(last(crate, "CreateAction")["instrument"]);
      present(entity(crate, tool))["@type"] = "Thing";
    },
  },
  {
    section: `${PROCESS_RUN}, CreateAction`,
    must: "every action has an instrument",
    violations: (crate) =>
      without(crate, {
        of: "CreateAction",
        property: "instrument",
        is: (one) => one !== undefined,
      }),
    break: dropFrom("CreateAction", "instrument"),
  },
  {
    section: `${WORKFLOW_RUN}, Overview`,
    must: "an action describes the execution of the main workflow",
    violations: (crate) => {
      const main = mainOf(crate)["@id"];
      return ofType(crate, "CreateAction")
          .some((one) => idsIn(one["instrument"]).includes(main))
        ? []
        : [main];
    },
    break(crate) {
      const main = mainOf(crate)["@id"];
      for (const one of ofType(crate, "CreateAction")) {
        if (idsIn(one["instrument"]).includes(main)) {
          one["instrument"] = { "@id": "#engine" };
        }
      }
    },
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, ComputationalWorkflow, @type`,
    must:
      "with steps it is a File, SoftwareSourceCode, ComputationalWorkflow and HowTo",
    violations: (crate) =>
      idsOf(
        ofType(crate, "ComputationalWorkflow").filter((one) =>
          !["File", "SoftwareSourceCode", "HowTo"]
            .every((type) => isA(one, type))
        ),
      ),
    break(crate) {
      mainOf(crate)["@type"] = [
        "File",
        "SoftwareSourceCode",
        "ComputationalWorkflow",
      ];
    },
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, ComputationalWorkflow, hasPart`,
    must: "it refers to the tools that it orchestrates",
    violations: (crate) =>
      without(crate, {
        of: "ComputationalWorkflow",
        property: "hasPart",
        is: isTool,
      }),
    break: dropFrom("ComputationalWorkflow", "hasPart"),
  },
  {
    section: `${PROVENANCE_RUN}, Overview`,
    must: "every executed tool is a part of a workflow, or the main workflow",
    violations: (crate) => {
      const parts = new Set(
        ofType(crate, "ComputationalWorkflow")
          .flatMap((one) => idsIn(one["hasPart"])),
      ).add(mainOf(crate)["@id"]);
      return ofType(crate, "CreateAction")
        .flatMap((one) => idsIn(one["instrument"]))
        .filter((id) => !parts.has(id));
    },
    break(crate) {
      const one = last(crate, "CreateAction");
      one["instrument"] = { "@id": "#engine" };
    },
  },
  {
    section: `${PROVENANCE_RUN}, Overview`,
    must: "every HowToStep is a step of a workflow",
    violations: (crate) => {
      const steps = new Set(
        ofType(crate, "ComputationalWorkflow")
          .flatMap((one) => idsIn(one["step"])),
      );
      return idsOf(ofType(crate, "HowToStep")).filter((id) => !steps.has(id));
    },
    break(crate) {
      const one = last(crate, "ComputationalWorkflow");
      one["step"] = listOf(one["step"]).slice(1);
    },
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, HowToStep, workExample`,
    must: "it refers to the tool of the step, which is a part of its workflow",
    violations: (crate) =>
      ofType(crate, "ComputationalWorkflow").flatMap((workflow) => {
        const tools = idsIn(workflow["hasPart"]);
        return idsIn(workflow["step"]).filter((id) =>
          !idsIn(entity(crate, id)?.["workExample"])
            .some((tool) => tools.includes(tool))
        );
      }),
    break: dropFrom("HowToStep", "workExample"),
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, HowToStep, position`,
    must: "a step comes after those whose outputs it needs",
    violations(crate) {
      const place = new Map<string, number>();
      const makers = new Map<string, number[]>();
      const steps = new Map<string, string>();
      for (const control of ofType(crate, "ControlAction")) {
        const [step = ""] = idsIn(control["instrument"]);
        const [action = ""] = idsIn(control["object"]);
        const tool = entity(
          crate,
          idsIn(entity(crate, action)?.["instrument"])[0],
        );
        if (isA(tool, "ComputationalWorkflow")) continue;
        place.set(action, Number(entity(crate, step)?.["position"]));
        steps.set(action, step);
      }
      for (const [action, position] of place) {
        for (const id of idsIn(entity(crate, action)?.["result"])) {
          makers.set(id, [...makers.get(id) ?? [], position]);
        }
      }
      return [...place].flatMap(([action, position]) =>
        idsIn(entity(crate, action)?.["object"])
            .some((id) =>
              makers.get(id)?.every((at) => at >= position) ?? false
            )
          ? [steps.get(action) ?? ""]
          : []
      );
    },
    break(crate) {
      for (const step of ofType(crate, "HowToStep")) {
        step["position"] = `${-Number(step["position"])}`;
      }
    },
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, ControlAction, instrument`,
    must: "it refers to the HowToStep that was executed",
    violations: (crate) =>
      without(crate, {
        of: "ControlAction",
        property: "instrument",
        is: (one) => isA(one, "HowToStep"),
      }),
    break: dropFrom("ControlAction", "instrument"),
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, ControlAction, object`,
    must: "it refers to the CreateAction of the tool",
    violations: (crate) =>
      without(crate, {
        of: "ControlAction",
        property: "object",
        is: (one) => isA(one, "CreateAction"),
      }),
    break: dropFrom("ControlAction", "object"),
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, OrganizeAction, instrument`,
    must: "it refers to the workflow engine",
    violations: (crate) =>
      without(crate, {
        of: "OrganizeAction",
        property: "instrument",
        is: (one) => isA(one, "SoftwareApplication"),
      }),
    break: dropFrom("OrganizeAction", "instrument"),
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, OrganizeAction, object`,
    must: "it refers to the ControlActions of all steps",
    violations: (crate) => {
      const found = new Set(
        ofType(crate, "OrganizeAction").flatMap((one) => idsIn(one["object"])),
      );
      return idsOf(ofType(crate, "ControlAction")).filter((id) =>
        !found.has(id)
      );
    },
    break: dropFrom("OrganizeAction", "object"),
  },
  {
    section: `${PROVENANCE_RUN}, Requirements, OrganizeAction, result`,
    must: "it refers to the execution of the main workflow",
    violations: (crate) =>
      without(crate, {
        of: "OrganizeAction",
        property: "result",
        is: (one) => idsIn(one?.["instrument"])[0] === mainOf(crate)["@id"],
      }),
    break: dropFrom("OrganizeAction", "result"),
  },
];
