import { log, RunError, runtime } from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { nodeRulesOf } from "../../../comparison/clouds/aws/plan/nodeRules.ts";
import { clusterOf } from "../../../comparison/clouds/aws/plan/network.ts";
import { getZoneOutput } from "@pulumi/aws/route53/getZone.js";
import { findClusterNetwork, WeightedName } from "../../../components/aws/index.ts";
import type { ClusterNetwork, KnownNetwork, ServiceControllerName } from "../../../components/aws/index.ts";
import { autoModeNodes } from "../../../components/aws/nodeInstances.ts";
import { defaultController } from "../../../components/aws/serviceControllers.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";
import { defaultQuotas } from "../../../components/aws/quotas.ts";
import type { Connection } from "../cloud.ts";
import { findKubeconfig } from "./eksKubeconfig.ts";
import { findRuleIds, readInboundRules } from "./inboundRules.ts";
import { lookUpFailure } from "./lookUpFailure.ts";
import { declaring } from "./declaring.ts";
import { ampleRoom, roomIn, verdictOn } from "./room.ts";
import type { AwsSettings } from "./settings.ts";
import type { AwsWayName } from "./ways.ts";

export async function connect(clusterName: string, own: AwsSettings): Promise<Connection> {
  const { network: known, options, controller, targetGroupBinding, kubeconfigFrom } = own;
  const { weightedName: named } = own;
  // EKS is asked first: it alone knows that there is no cluster of this name.
  const kubeconfig = kubeconfigFrom === "eks" ? await findKubeconfig(clusterName) : undefined;
  const network = await findNetwork(clusterName, { ...known, targetGroupBinding }, controller).catch(
    (error: unknown) => {
      throw inWords(clusterName, error);
    },
  );
  // An update would count its own rules. A preview goes before it.
  const existing = runtime.isDryRun() ? ruleIdsNow(network.nodeSecurityGroupId) : undefined;
  return {
    async checkRoom(program) {
      const ids = await existing;
      if (ids === undefined) return;
      const group = network.nodeSecurityGroupId;
      // A program that cannot be read can still be deployed.
      const planned = await orUnknown(group, Promise.resolve(program).then(nodeRulesOf));
      if (planned === undefined) return;
      const allowed = options.quotas?.rulesPerSecurityGroup ?? defaultQuotas.rulesPerSecurityGroup;
      const ample = ampleRoom(group, ids.length, planned, allowed);
      if (ample !== undefined) {
        await log.info(ample);
        return;
      }
      const rules = await orUnknown(group, readInboundRules(ids));
      if (rules === undefined) return;
      const room = roomIn(group, rules, planned, allowed);
      const { kind, text } = verdictOn(room);
      // A message of an error alone would not end a preview.
      if (kind === "full") throw new RunError(text);
      await { fits: log.info, maybe: log.warn }[kind](text);
    },
    providers: kubeconfig === undefined ? {} : { kubernetes: new Provider("eks", { kubeconfig }) },
    cluster: clusterOf(clusterName, network),
    ...declaring(own, network),
    weightedName(name, exposures, opts) {
      if (named === undefined) return;
      const { hostedZone, domainName, ttlSeconds, weights } = named;
      new WeightedName(
        name,
        {
          hostedZoneId: getZoneOutput({ name: hostedZone }).zoneId,
          domainName,
          ...withoutUndefined({ ttlSeconds }),
          exposures: Object.fromEntries(
            Object.entries(exposures).map(([way, exposure]) => [
              way,
              { exposure, weight: weights[way as AwsWayName] ?? 0 },
            ]),
          ),
        },
        opts,
      );
    },
  };
}

async function findNetwork(
  clusterName: string,
  known: KnownNetwork,
  controller: ServiceControllerName,
): Promise<ClusterNetwork> {
  const [network, automatic] = await Promise.all([
    findClusterNetwork(clusterName, known),
    controller === defaultController ? autoModeNodes(clusterName) : none,
  ]);
  if (automatic.length > 0) throw new RunError(autoModeServes(clusterName));
  return network;
}

const none: readonly string[] = [];

/** https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html */
const autoModeServes = (clusterName: string): string =>
  `The cluster ${clusterName} has nodes of EKS Auto Mode, which gives a new LoadBalancer Service the class eks.amazonaws.com/nlb and makes its load balancer. There is no model of it, so it cannot be compared with. ` +
  "Set controller to aws-load-balancer-controller, if that is installed: its Services name its own class.";

const ruleIdsNow = (group: string): Promise<readonly string[] | undefined> =>
  orUnknown(group, findRuleIds(group));

/** Whoever may not read the rules can still deploy. */
async function orUnknown<T>(group: string, look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    await log.warn(
      `Whether there is room in the nodes' security group ${group} is not known: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

/** Pulumi shows a RunError without the trace, which says nothing to whoever runs the program. */
function inWords(clusterName: string, error: unknown): unknown {
  if (error instanceof RunError || !(error instanceof Error)) return error;
  const reason = lookUpFailure(`The network of the cluster ${clusterName}`, error.message);
  return reason === undefined ? error : new RunError(reason);
}
