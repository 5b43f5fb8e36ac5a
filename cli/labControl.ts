/** The commands that change a running lab, by name. */
import type { LabControl } from "../lab/control/client.ts";

export interface ControlCommand {
  /** What its argument names, if it takes one. */
  readonly names?: "process" | "node";
  /** @returns the message when it is done */
  readonly run: (control: LabControl, name: string) => Promise<string>;
}

/** @param message when it is done, after the name */
const on = (
  names: "process" | "node",
  act: Exclude<keyof LabControl, "addNode">,
  message: (name: string) => string,
): ControlCommand => ({
  names,
  run: async (control, name) => {
    await control[act](name);
    return message(name);
  },
});

export const controlCommands: Readonly<Record<string, ControlCommand>> = {
  hold: on(
    "process",
    "hold",
    (name) => `${name} is ended and held; start it again with: npm run lab -- release ${name}`,
  ),
  release: on("process", "release", (name) => `${name} is released`),
  kill: on("process", "kill", (name) => `${name} is killed; the lab starts it again`),
  cut: on("node", "cut", (name) => `${name} is cut off; mend its link with: npm run lab -- mend ${name}`),
  mend: on("node", "mend", (name) => `${name}'s link is mended`),
  "add-node": {
    run: async (control) => {
      const { name, instanceId } = await control.addNode();
      return `${name} has joined as instance ${instanceId}; remove it with: npm run lab -- remove-node ${name}`;
    },
  },
  "remove-node": on("node", "removeNode", (name) => `${name} is removed, and its instance is terminated`),
};
