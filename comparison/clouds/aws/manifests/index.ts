/** Judging manifests on AWS. */
import type { CloudManifests } from "../../manifests.ts";
import type { Aws } from "../model.ts";
import { network } from "./network.ts";
import { notes } from "./notes.ts";
import { openings } from "./openings.ts";
import { ownArguments, withoutOption } from "./ownArguments.ts";
import type { Arguments } from "./ownArguments.ts";
import { component, declareOwn, ownName, program } from "./program.ts";
import { values } from "./values.ts";

export const awsManifests: CloudManifests<Aws> = {
  network,
  component,
  ownArguments,
  withoutOption,
  isOpenedByOthers: ({ securityGroups }: Arguments) => Array.isArray(securityGroups),
  ownName: (service, given: Arguments) => ownName(service, given),
  declareOwn: (name, given: Arguments, cluster) => declareOwn(name, given, cluster),
  program: (name, given: Arguments) => program(name, given),
  values,
  notes,
  openings,
};
