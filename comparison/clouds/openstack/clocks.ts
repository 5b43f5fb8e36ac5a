/** How long Octavia's load balancers take. */
import { octaviaDefaults } from "../../../components/openstack/defaults.ts";
import type { Clocks } from "../../scenarios/clocks.ts";

const { delaySeconds, timeoutSeconds, maxRetriesDown } = octaviaDefaults.healthMonitor;
const checks = {
  intervalSeconds: delaySeconds,
  timeoutSeconds,
  unhealthyThresholdCount: maxRetriesDown,
};

export const clocks: Clocks = {
  checks: { Cluster: checks, Local: checks },
  // HAProxy starts with a member that is up, and checks it within a delay.
  registrationSeconds: { least: 0, most: delaySeconds },
};
