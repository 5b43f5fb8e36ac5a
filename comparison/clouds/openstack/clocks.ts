/** How long Octavia's load balancers take. */
import { octaviaDefaults } from "../../../components/openstack/defaults.ts";
import type { Clocks } from "../../scenarios/clocks.ts";

const { delaySeconds, timeoutSeconds, maxRetriesDown } = octaviaDefaults.healthMonitor;

/**
 * HAProxy waits for a connection as long as `timeout connect` says, or `inter` if that is shorter, and `timeout check` counts from then on; the next check begins
 * `inter` after the end of the one before.
 * https://docs.haproxy.org/2.6/configuration.html#4.2-timeout%20check
 */
const checks = {
  intervalSeconds: delaySeconds,
  timeoutSeconds: Math.max(
    timeoutSeconds,
    Math.min(delaySeconds, octaviaDefaults.timeouts.memberConnectMilliseconds / 1000),
  ),
  unhealthyThresholdCount: maxRetriesDown,
  pausesBetween: true,
};

export const clocks: Clocks = {
  checks: { Cluster: checks, Local: checks },
  // HAProxy starts with a member that is up, and checks it within a delay.
  registrationSeconds: { least: 0, most: delaySeconds },
};
