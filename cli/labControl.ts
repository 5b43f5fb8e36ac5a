/** The commands that change a running lab, by name. */
import type { LabControl } from "../lab/control/client.ts";

export interface ControlCommand {
  /** What its argument names, if it takes one. */
  readonly names: "process" | "node" | undefined;
  /** @returns the message when it is done */
  readonly run: (control: LabControl, name: string) => Promise<string>;
}

export const controlCommands: Readonly<Record<string, ControlCommand>> = {
  hold: {
    names: "process",
    async run(control, name) {
      await control.hold(name);
      return `${name} is ended and held; start it again with: npm run lab -- release ${name}`;
    },
  },
  release: {
    names: "process",
    async run(control, name) {
      await control.release(name);
      return `${name} is released`;
    },
  },
  kill: {
    names: "process",
    async run(control, name) {
      await control.kill(name);
      return `${name} is killed; the lab starts it again`;
    },
  },
  cut: {
    names: "node",
    async run(control, name) {
      await control.cut(name);
      return `${name} is cut off; mend its link with: npm run lab -- mend ${name}`;
    },
  },
  mend: {
    names: "node",
    async run(control, name) {
      await control.mend(name);
      return `${name}'s link is mended`;
    },
  },
  "add-node": {
    names: undefined,
    async run(control) {
      const { name, instanceId } = await control.addNode();
      return `${name} has joined as instance ${instanceId}; remove it with: npm run lab -- remove-node ${name}`;
    },
  },
  "remove-node": {
    names: "node",
    async run(control, name) {
      await control.removeNode(name);
      return `${name} is removed, and its instance is terminated`;
    },
  },
};
