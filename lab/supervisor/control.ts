/** Does what the host asks through the control socket. */
import type { ControlRequest } from "../control/requests.ts";
import { nodes } from "../layout.ts";
import type { CutLinks } from "../network/cut.ts";
import type { Supervisor } from "./supervisor.ts";

export interface Controlled {
  readonly supervisor: Supervisor;
  readonly links: CutLinks;
}

/** @throws if it can't be done, with a reason for who asked */
export async function fulfil(request: ControlRequest, { supervisor, links }: Controlled): Promise<void> {
  switch (request.kind) {
    case "hold":
      return supervisor.process(request.process).hold();
    case "release":
      supervisor.process(request.process).release();
      return;
    case "kill":
      if (await supervisor.process(request.process).kill()) return;
      throw new Error(`${request.process} is not running: it is held, or waits for its next start`);
    case "cut":
      return links.cut(knownNode(request.node));
    case "mend":
      return links.mend(knownNode(request.node));
  }
}

/** @throws if there is no such node, naming those there are */
function knownNode(name: string): string {
  if (nodes.some((node) => node.name === name)) return name;
  throw new Error(`there is no node "${name}"; there are ${nodes.map((node) => node.name).join(", ")}`);
}
