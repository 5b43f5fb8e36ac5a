/** Rules of security groups in words. */
import type { NodePort } from "../../model/later.ts";
import type { RuleFacts } from "./model.ts";
import { isPlannedGroup } from "./plan/plannedGroup.ts";

type Traffic = Pick<RuleFacts, "ipProtocol" | "fromPort" | "toPort">;

/** EC2 has the numbers of protocols as well. https://www.iana.org/assignments/protocol-numbers */
const icmp: Readonly<Record<string, string>> = {
  icmp: "icmp",
  icmpv6: "icmpv6",
  "1": "icmp",
  "58": "icmpv6",
};

/**
 * ICMP has a type and a code instead of ports, of which -1 is any; all other traffic has a range of ports, and the protocol -1 is all there is.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * @param port a port in words
 */
export function trafficInWords(
  { ipProtocol, fromPort, toPort }: Traffic,
  port: (of: NodePort) => string,
): string {
  if (ipProtocol === "-1") return "all traffic";
  const name = icmp[ipProtocol];
  if (name !== undefined)
    return fromPort === -1 ? `all ${name}` : `${name} ${fromPort}/${codeInWords(toPort)}`;
  const [from, to] = [port(fromPort), port(toPort)];
  return `${ipProtocol} ${from === to ? from : `${from}-${to}`}`;
}

const codeInWords = (code: NodePort): string => (code === -1 ? "any" : String(code));

export function isIcmp({ ipProtocol }: Pick<RuleFacts, "ipProtocol">): boolean {
  return ipProtocol in icmp;
}

/** The group that a program makes has no id before it does. */
export function sourceInWords(source: string): string {
  return isPlannedGroup(source) ? "the load balancer's security group" : source;
}

export function ruleInWords(rule: RuleFacts): string {
  return `${trafficInWords(rule, String)} from ${sourceInWords(rule.source)}`;
}
