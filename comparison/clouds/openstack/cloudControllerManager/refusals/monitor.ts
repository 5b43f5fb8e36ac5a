/** What Octavia refuses of health monitors. octavia 19.0.0 */
import { octaviaRanges } from "../../../../../components/openstack/defaults.ts";
import { prefix } from "../annotations.ts";
import { monitorsStay } from "../existing.ts";
import {
  addsForwardedFor,
  healthCheckNodePortOf,
  isMonitored,
  monitorTimingOf,
  monitorType,
} from "../settings.ts";
import { notTcp } from "./refusal.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";

const { retries, udpDelaySeconds } = octaviaRanges;

const counts = {
  "health-monitor-max-retries": "healthyThresholdCount",
  "health-monitor-max-retries-down": "unhealthyThresholdCount",
} as const;

const durations = {
  "health-monitor-delay": "intervalSeconds",
  "health-monitor-timeout": "timeoutSeconds",
} as const;

/** Without a monitor, nobody reads what is said of it. */
const ifMonitored =
  (reason: Refusal["reason"]): Refusal["reason"] =>
  (context) =>
    isMonitored(context.service, context.settings) ? reason(context) : undefined;

/** A port that is checked by its own protocol, which is not TCP: kube-proxy's port for health checks is asked by HTTP. */
const checkedAsItIs = ({ service, settings }: RefusalContext) =>
  healthCheckNodePortOf(service, settings) === undefined ? notTcp(service) : undefined;

export const monitorRefusals: readonly Refusal[] = [
  ...Object.entries(counts).map(([name, field]): Refusal => {
    const allowed = `${retries.min} to ${retries.max}`;
    return {
      id: name,
      refused: `\`${prefix}${name}\`, or its setting in cloud.conf, other than ${allowed} and 0`,
      by: "Octavia",
      source: "octavia/api/v2/types/health_monitor.py (HealthMonitorPOST)",
      reason: ifMonitored(({ service, settings }) => {
        const count = monitorTimingOf(service, settings)[field];
        // The controller's client keeps 0 to itself.
        return count !== 0 && (count < retries.min || count > retries.max)
          ? `Octavia allows no ${name} of ${count}; allowed is ${allowed}`
          : undefined;
      }),
    };
  }),
  ...Object.entries(durations).map(([name, field]): Refusal => ({
    id: name,
    refused: `\`${prefix}${name}\`, or its setting in cloud.conf, below 0`,
    by: "Octavia",
    source: "octavia/api/v2/types/health_monitor.py (HealthMonitorPOST)",
    reason: ifMonitored(({ service, settings }) => {
      const seconds = monitorTimingOf(service, settings)[field];
      return seconds < 0 ? `Octavia allows no ${name} of ${seconds}; allowed is 0 or more` : undefined;
    }),
  })),
  {
    id: "monitor-of-http",
    refused: `\`${prefix}x-forwarded-for: "true"\` with a health monitor and a port that is not TCP`,
    by: "Octavia",
    source: "octavia/api/v2/controllers/health_monitor.py (HealthMonitorController.post)",
    reason: ifMonitored((context) => {
      const other = checkedAsItIs(context);
      return other === undefined || !addsForwardedFor(context.service)
        ? undefined
        : `Octavia has no ${monitorType(other.protocol)} monitor for an HTTP pool, and ${prefix}x-forwarded-for makes one of the ${other.protocol} port ${other.port}; remove it, or use one Service per protocol`;
    }),
  },
  {
    id: "monitor-of-udp",
    refused: `a UDP port with a health monitor more often than every ${udpDelaySeconds.min} s`,
    by: "Octavia",
    source: "octavia/common/config.py (udp_connect_min_interval_health_monitor)",
    reason: ifMonitored((context) => {
      const { service, settings, existing } = context;
      const seconds = monitorTimingOf(service, settings).intervalSeconds;
      // An update leaves 0 out.
      if (seconds === 0 && existing !== undefined && monitorsStay(service, settings, existing))
        return undefined;
      const isUdp = service.ports.some(({ protocol }) => protocol === "UDP");
      return checkedAsItIs(context) === undefined ||
        addsForwardedFor(service) ||
        !isUdp ||
        seconds >= udpDelaySeconds.min
        ? undefined
        : `Octavia allows no UDP-CONNECT monitor every ${seconds} s; allowed is ${udpDelaySeconds.min} s or more (its setting udp_connect_min_interval_health_monitor)`;
    }),
  },
];
