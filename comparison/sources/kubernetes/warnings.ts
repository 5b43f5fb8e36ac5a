/** The last warnings about a Service. */
import type { CoreV1Event } from "@kubernetes/client-node";
import type { WarningFacts } from "../../model/warning.ts";
import { byText } from "../order.ts";

/** Older ones say nothing about the present state. */
const most = 3;

/** @param uid of the Service: an earlier one may have had its name */
export function warningFacts(events: readonly CoreV1Event[], uid: string): WarningFacts[] {
  const own = events.filter(({ involvedObject }) => involvedObject.uid === uid);
  return byText(own.map(warning), ({ last }) => last)
    .reverse()
    .slice(0, most);
}

/**
 * A repeated event has its count and its last time, or a series of them.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
function warning(event: CoreV1Event): WarningFacts {
  const { reason = "", message = "", count, series, eventTime, firstTimestamp, lastTimestamp } = event;
  const times: readonly (Date | undefined)[] = [
    series?.lastObservedTime,
    lastTimestamp,
    eventTime,
    firstTimestamp,
  ];
  const last = times.find((time) => time !== undefined);
  return {
    reason,
    // A message of AWS's SDK may have several lines.
    message: message.trim().replaceAll(/\s+/g, " "),
    times: series?.count ?? count ?? 1,
    last: last === undefined ? "" : new Date(last).toISOString(),
  };
}
