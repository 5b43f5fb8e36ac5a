/** `npm run lab -- hold|release|kill|cut|mend`: what can be done to a running lab. */
import type { LabControl } from "../lab/control/client.ts";

export interface ControlCommand {
  readonly names: "process" | "node";
  /** @returns what is said when it is done */
  readonly run: (control: LabControl, name: string) => Promise<string>;
}

export const controlCommands: Readonly<Record<string, ControlCommand>> = {
  hold: {
    names: "process",
    async run(control, name) {
      await control.hold(name);
      return `${name} is ended and held; start it with: npm run lab -- release ${name}`;
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
};
