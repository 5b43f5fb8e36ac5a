/** The lab's Network Load Balancers, from the state of their data plane. */
import { join } from "node:path";
import { balancerStateFile } from "../../../lab/clouds/aws/layout.ts";
import { readState } from "../../../lab/clouds/aws/balancer/state.ts";
import { labFiles } from "../../../lab/files.ts";
import type { BalancerState } from "../cloud.ts";

export const loadBalancers = (labDirectory: string): BalancerState[] =>
  readState(join(labFiles(labDirectory).state, balancerStateFile)).loadBalancers.map(
    ({ dnsName, addresses }) => ({ hostname: dnsName, addresses }),
  );
