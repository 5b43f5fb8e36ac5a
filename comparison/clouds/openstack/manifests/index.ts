/** Judging manifests on OpenStack. */
import type { CloudManifests } from "../../manifests.ts";
import type { OpenStack } from "../model.ts";
import { network, openedByOthers } from "./network.ts";
import { notes } from "./notes.ts";
import { openings } from "./openings.ts";
import { ownArguments } from "./ownArguments.ts";
import type { Arguments } from "./ownArguments.ts";
import { component, declareOwn, ownName, program } from "./program.ts";
import { values } from "./values.ts";
import { withoutOption } from "./withoutOption.ts";

export const openstackManifests: CloudManifests<OpenStack> = {
  network,
  component,
  ownArguments,
  withoutOption,
  // The listeners restrict the clients.
  isOpenedByOthers: () => false,
  openedByOthers,
  ownName,
  declareOwn: (name, given: Arguments, cluster) => declareOwn(name, given, cluster),
  program: (name, given: Arguments, cluster) => program(name, given, cluster),
  values,
  notes,
  openings,
};
