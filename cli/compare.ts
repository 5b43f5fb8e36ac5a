/** `npm run compare`: compares both ways as they are deployed, any two Services, or manifests; or lists orphans. */
import type { Cloud } from "../comparison/clouds/cloud.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { severalOf } from "../comparison/result/several.ts";
import type { ServiceRef } from "../comparison/sources/kubernetes/reader.ts";
import type { Starting } from "./devLab.ts";
import { chosenCluster, clusterOptions, clusterRows } from "./chosenCluster.ts";
import type { ChosenCluster } from "./chosenCluster.ts";
import { runCommand } from "./command.ts";
import type { Arguments } from "./command.ts";
import { configuredClouds, controllerConfigOption, controllerConfigRows } from "./controllerConfig.ts";
import { fileOptions, fileRows, filesCall } from "./files.ts";
import type { FilesCall } from "./files.ts";
import { asksForOrphans, orphansOption, orphansRow } from "./orphansCall.ts";
import { showProgress, unseen } from "./progress.ts";
import { severalServices, twoServices, withLoadBalancers } from "./services.ts";
import {
  checkFormats,
  formatOptions,
  formatRows,
  isForPrograms,
  showComparison,
  verdictCodes,
} from "./showComparison.ts";
import { checkSeveral, showSeveral } from "./showSeveral.ts";
import { showJudgement } from "./showJudgement.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm run compare",
  args: "[-- OPTIONS]",
  about: [
    "Compares both ways of the stack dev as they are deployed now: every object, every rule, and requests through both load balancers.",
    "With --service, it compares two Services on any cluster, whoever deployed them. It uses the kubeconfig that kubectl would use, and the AWS credentials and region that the AWS CLI would use. npm run lab -- env prints the settings that make these the lab. It only reads.",
    "With --orphans, it lists what is left behind in the cluster and the cloud, as npm run leftovers does. It asks the lab of the stack dev, or the cluster that --kubeconfig or --context names. It only reads.",
    "With --file, it judges manifests without a cluster, a cloud or a lab: what each Service will get, and how to make the same in a program. It compares two Services if they are in two files, or if --service names two.",
  ],
  options: [
    [
      "--service NAMESPACE/NAME",
      "a Service of type NodePort or LoadBalancer; give two, or more to compare the first one with each of the others. With --file: which two Services of the files",
    ],
    [
      "--load-balancer NAME",
      "the name or ARN of the load balancer to compare, where several lead to one Service; give two, in the order of --service",
    ],
    orphansRow,
    ...clusterRows,
    ...controllerConfigRows,
    ...fileRows,
    ...formatRows,
  ],
  examples: [
    ["npm run compare -- --html report.html", "also write a report for the browser"],
    ["npm run compare -- --service shop/web --service shop/web-lb", "compare two Services of your own"],
    [
      "npm run compare -- --service shop/own --service shop/ccm --service shop/lbc",
      "compare the first one with both others, side by side",
    ],
    ["npm run compare -- --orphans --context production", "list what Services of a cluster left behind"],
    ["npm run compare -- --file service.yaml", "judge the Services of a manifest"],
    ["helm template . | npm run --silent compare -- --file -", "judge the Services of a chart"],
    ["npm run compare -- --file a.yaml --file b.yaml", "compare two manifests"],
  ],
  exitCodes: [
    [
      "0",
      "equivalent; with one file: every Service gets the load balancer that its type asks for; with --orphans: there are none",
    ],
    ["1", "different; with --orphans: there are some"],
    [
      "2",
      "incomplete, wrong call, or nothing to compare; with --file: a Service that is invalid or refused; with --orphans: the cluster or its cloud cannot be asked",
    ],
  ],
};

await runCommand({
  usage,
  options: {
    service: { type: "string", multiple: true },
    "load-balancer": { type: "string", multiple: true },
    ...orphansOption,
    ...clusterOptions,
    ...controllerConfigOption,
    ...fileOptions,
    ...formatOptions,
  },
  // 1 means that the ways differ, which a failed comparison cannot know.
  failure: verdictCodes.incomplete,
  async run({ values }, signal) {
    checkFormats(values);
    const cluster = chosenCluster(values);
    const starting = { progress: isForPrograms(values) ? unseen : showProgress(), signal };
    if (asksForOrphans(values)) {
      const { findOrphans, showOrphans } = await import("./orphans.ts");
      return showOrphans(await findOrphans(cluster, starting), values);
    }
    const clouds = configuredClouds(values);
    const files = filesCall(values, clouds);
    if (files !== undefined) return judgeFiles(files, values);
    const names = (values.service ?? []) as string[];
    const balancers = (values["load-balancer"] ?? []) as string[];
    const several = severalServices(names);
    if (several !== undefined) {
      checkSeveral(values);
      const all = await comparedInTurn(several, clouds, cluster, starting);
      const result = severalOf(all);
      await showSeveral(result, values);
      return verdictCodes[result.verdict.kind];
    }
    const services = withLoadBalancers(twoServices(names), balancers);
    // Without the option, the lab knows how its controllers are configured.
    const given = values["controller-config"] === undefined ? undefined : clouds;
    const comparison =
      services === undefined
        ? await comparedAsDeployed(starting, given)
        : await compared(services, clouds, cluster, starting);
    await showComparison(comparison, values);
    return verdictCodes[comparison.verdict.kind];
  },
});

// Each way loads much that the others do not need.
async function comparedAsDeployed(
  starting: Starting,
  clouds: readonly Cloud[] | undefined,
): Promise<Comparison> {
  return (await import("./devComparison.ts")).compareAsDeployed(starting, clouds);
}

async function compared(
  services: BySide<ServiceRef>,
  clouds: readonly Cloud[],
  cluster: ChosenCluster = {},
  starting: Starting,
): Promise<Comparison> {
  return (await import("./servicesComparison.ts")).compareServices(services, cluster, starting, clouds);
}

async function comparedInTurn(
  several: readonly BySide<ServiceRef>[],
  ...how: [readonly Cloud[], ChosenCluster | undefined, Starting]
): Promise<readonly [Comparison, ...Comparison[]]> {
  const { eachInTurn } = await import("./eachInTurn.ts");
  const all = await eachInTurn(several, (services) => compared(services, ...how));
  return all as [Comparison, ...Comparison[]];
}

async function judgeFiles(files: FilesCall, values: Arguments["values"]): Promise<number> {
  const { compareFiles } = await import("./filesComparison.ts");
  const result = await compareFiles(files);
  if (result.kind === "judged") return showJudgement(result.judgement, values);
  await showComparison(result.comparison, values);
  return verdictCodes[result.comparison.verdict.kind];
}
