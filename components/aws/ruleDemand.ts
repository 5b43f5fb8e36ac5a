import type { ProviderResource } from "@pulumi/pulumi";
import { runtime } from "@pulumi/pulumi";
import type { ControllerRules } from "./controllerRules.ts";
import { combined, countOf, noControllerRules } from "./controllerRules.ts";
import type { RulesTogether } from "./quotas.ts";

/** The rules that a run of a program has requested so far. */
interface Demand {
  /** Declared by the program, by security group. */
  readonly declared: Map<string, DeclaredRules>;
  /** Added by cloud controllers, by the provider of their cluster; undefined is the default provider. */
  readonly ofControllers: Map<ProviderResource | undefined, ControllerRules>;
  /** The security groups of a cluster's nodes, by the provider of the cluster. */
  readonly groups: Map<ProviderResource | undefined, Set<string>>;
}

export interface DeclaredRules {
  readonly rules: number;
  /** Source ranges that have a rule for path MTU discovery. The controller accepts it. */
  readonly pathMtuRanges: readonly string[];
  /** Of the subnets that the load balancers are in. */
  readonly subnetCidrs: readonly string[];
  /** The keys of those that are apart from load balancers, which then need not declare them. @default none */
  readonly apart?: readonly string[];
  /** Those that load balancers have for others as well: by key, whose they are. @default none */
  readonly shared?: ReadonlyMap<string, object>;
}

const noneDeclared: DeclaredRules = { rules: 0, pathMtuRanges: [], subnetCidrs: [] };

/** One entry per run of a program: each run has its own connection to the engine. */
const demands = new WeakMap<object, Demand>();

/** Without a connection nothing can be declared, so nothing is counted. */
function demandOfThisRun(): Demand {
  const run = runtime.getMonitor();
  const demand = (run && demands.get(run)) ?? {
    declared: new Map(),
    ofControllers: new Map(),
    groups: new Map(),
  };
  if (run !== undefined) demands.set(run, demand);
  return demand;
}

/**
 * How many rules this program has declared in a security group so far. The quota is the group's, and no load balancer knows what others
 * need. Because they are counted here, a preview refuses the first rule too many, before AWS does halfway through an update.
 */
export const rulesDeclared = (securityGroupId: string): number =>
  demandOfThisRun().declared.get(securityGroupId)?.rules ?? 0;

/** The keys of the rules that this program has declared in a security group apart from load balancers so far. */
export const rulesApart = (securityGroupId: string): ReadonlySet<string> =>
  new Set(demandOfThisRun().declared.get(securityGroupId)?.apart);

/**
 * The keys of the rules that this program's load balancers have declared in a security group for others as well so far.
 * @param own the load balancer whose rules are no others'
 */
export const rulesOfOthers = (securityGroupId: string, own?: object): ReadonlySet<string> =>
  new Set(
    [...(demandOfThisRun().declared.get(securityGroupId)?.shared ?? [])].flatMap(([key, owner]) =>
      owner === own ? [] : [key],
    ),
  );

/** @param cluster the provider of the cluster that has the nodes in the group */
export function countRules(
  securityGroupId: string,
  cluster: ProviderResource | undefined,
  { rules, pathMtuRanges, subnetCidrs, apart = [], shared = new Map() }: DeclaredRules,
): void {
  const { declared, groups } = demandOfThisRun();
  const earlier = declared.get(securityGroupId) ?? noneDeclared;
  declared.set(securityGroupId, {
    rules: earlier.rules + rules,
    pathMtuRanges: [...earlier.pathMtuRanges, ...pathMtuRanges],
    subnetCidrs: [...new Set([...earlier.subnetCidrs, ...subnetCidrs])],
    apart: [...(earlier.apart ?? []), ...apart],
    shared: new Map([...shared, ...(earlier.shared ?? [])]),
  });
  groups.set(cluster, (groups.get(cluster) ?? new Set()).add(securityGroupId));
}

/**
 * The least that the AWS cloud controller manager adds for this program's Services. The nodes' group is not known here, but it is the
 * same for all Services of a cluster, and so of a provider.
 */
export const controllerRulesAsked = (cluster: ProviderResource | undefined): ControllerRules =>
  demandOfThisRun().ofControllers.get(cluster) ?? noControllerRules;

export function countControllerRules(cluster: ProviderResource | undefined, rules: ControllerRules): void {
  demandOfThisRun().ofControllers.set(cluster, combined(controllerRulesAsked(cluster), rules));
}

/**
 * What the program declares in the security groups of a cluster's nodes, beside what the controller adds there for the cluster's Services
 * if their load balancers are in the same subnets.
 */
export function rulesTogether(cluster: ProviderResource | undefined): RulesTogether[] {
  const { declared, groups } = demandOfThisRun();
  const asked = controllerRulesAsked(cluster);
  return [...(groups.get(cluster) ?? [])].map((securityGroupId) => {
    const { rules, pathMtuRanges, subnetCidrs } = declared.get(securityGroupId) ?? noneDeclared;
    const ranges = asked.ranges.filter((range) => !pathMtuRanges.includes(range));
    const added = countOf({ ...asked, ranges }, subnetCidrs);
    return { securityGroupId, declared: rules, added };
  });
}
