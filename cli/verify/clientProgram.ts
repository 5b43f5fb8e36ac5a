/** The client's program on the lab: it runs outside the VPC. */
import { inside } from "../../lab/lab.ts";
import type { Lab } from "../../lab/lab.ts";
import { nodeNetwork } from "../../lab/layout.ts";
import { ownProgram } from "../../lab/program.ts";
import { checkout } from "../devLab.ts";
import type { Command } from "./clientProcess.ts";

/** @param from the checkout to run the program from, which the lab has to reach */
export function clientProgram(lab: Lab, from = checkout): Command {
  const { program, args } = ownProgram(from, "comparison/traffic/client.ts", [nodeNetwork.resolver]);
  return inside(lab, "client", [program, ...args]);
}
