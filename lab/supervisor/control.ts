/** Carries out what the host requests through the control socket. */
import type { ControlAnswer, ControlRequest } from "../control/requests.ts";
import { nodes } from "../layout.ts";
import type { CutLinks } from "../network/cut.ts";
import type { SpareNodes } from "./spareNodes.ts";
import type { SupervisedProcess } from "./process.ts";

/** What can be controlled. */
export interface Controlled {
  readonly supervisor: {
    process(name: string): Pick<SupervisedProcess, "hold" | "release" | "kill">;
  };
  readonly links: Pick<CutLinks, "cut" | "mend">;
  readonly spares: Pick<SpareNodes, "nodes" | "add" | "remove">;
}

/** @throws if it can't be done, with a reason for the host */
export async function fulfil(
  request: ControlRequest,
  { supervisor, links, spares }: Controlled,
): Promise<ControlAnswer> {
  /** @throws if there is no such node, naming the existing ones */
  const known = (name: string): string => {
    const names = [...nodes, ...spares.nodes].map((node) => node.name);
    if (names.includes(name)) return name;
    throw new Error(`there is no node "${name}"; there are ${names.join(", ")}`);
  };
  switch (request.kind) {
    case "hold":
      await supervisor.process(request.process).hold();
      break;
    case "release":
      supervisor.process(request.process).release();
      break;
    case "kill":
      if (!(await supervisor.process(request.process).kill()))
        throw new Error(`${request.process} is not running: it is held, or waits for its next start`);
      break;
    case "cut":
      await links.cut(known(request.node));
      break;
    case "mend":
      await links.mend(known(request.node));
      break;
    case "remove-node":
      await spares.remove(request.node);
      break;
    case "add-node":
      return { kind: "added", node: await spares.add() };
  }
  return { kind: "done" };
}
