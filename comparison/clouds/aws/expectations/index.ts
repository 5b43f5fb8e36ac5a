/** What AWS documents of Network Load Balancers, and Kubernetes of the AWS cloud controller manager, as far as scenarios expect it. */
import type { ServiceControllerName } from "../../../../components/aws/index.ts";
import type { Expectations } from "../../expectations.ts";
import { answers } from "./answers.ts";
import {
  alteration,
  changeNodePort,
  changePolicy,
  changePorts,
  changeScheme,
  changeServiceType,
} from "./changes.ts";
import { clientAddress } from "./clientAddress.ts";
import { draining } from "./draining.ts";
import { drift } from "./drift.ts";
import { failOpen } from "./failOpen.ts";
import { hairpin } from "./hairpin.ts";
import { hairpinOfTargets } from "./hairpinOfTargets.ts";
import { ofLoadBalancerController } from "./loadBalancerController.ts";
import { nodeAdded, nodeDrained, nodeLost, nodeRegistered } from "./nodes.ts";
import { noPods } from "./noPods.ts";
import { noTarget } from "./noTarget.ts";
import { outages } from "./outages.ts";
import { podMembers } from "./podMembers.ts";
import { proxyProtocol } from "./proxyProtocol.ts";
import { spread } from "./spread.ts";
import { tls } from "./tls.ts";
import { udp } from "./udp.ts";

export const expectations: Expectations = {
  alteration,
  answers,
  changeNodePort,
  changePolicy,
  changePorts,
  changeScheme,
  changeServiceType,
  clientAddress,
  draining,
  drift,
  failOpen,
  hairpin,
  hairpinOfTargets,
  nodeAdded,
  nodeDrained,
  nodeLost,
  nodeRegistered,
  noPods,
  noTarget,
  outages,
  podMembers,
  proxyProtocol,
  spread,
  tls,
  udp,
};

const loadBalancerController: ServiceControllerName = "aws-load-balancer-controller";

/** @param controller that serves the LoadBalancer Services. @default the AWS cloud controller manager */
export function expectationsWith(controller?: string): Expectations {
  return controller === loadBalancerController
    ? { ...expectations, ...ofLoadBalancerController }
    : expectations;
}
