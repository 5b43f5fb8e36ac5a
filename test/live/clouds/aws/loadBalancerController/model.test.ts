/**
 * The model of the AWS Load Balancer Controller against the real one, on the lab: what it makes of a table of Services and of some at random, and what it says when it
 * refuses one. It
 * shows nothing of what AWS itself would refuse, since its API is emulated.
 */
import assert from "node:assert/strict";
import { loadBalancerController } from "../../../../../comparison/clouds/aws/loadBalancerController/index.ts";
import { annotationNames } from "../../../../../comparison/clouds/aws/loadBalancerController/annotations.ts";
import { refusals } from "../../../../../comparison/clouds/aws/loadBalancerController/refusals/index.ts";
import type { AwsClusterFacts, NlbFacts, RuleFacts } from "../../../../../comparison/clouds/aws/model.ts";
import { aws } from "../../../../../comparison/clouds/aws/index.ts";
import { comparedOf } from "../../../../../comparison/difference/compared.ts";
import { judge } from "../../../../../comparison/difference/compare.ts";
import type { Facts } from "../../../../../comparison/model/exposure.ts";
import type { ServiceFacts } from "../../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../../comparison/model/sourceResult.ts";
import { clusterSources } from "../../../../../comparison/sources/askedSource.ts";
import { asking } from "../../../../../comparison/sources/asking.ts";
import { connectToCloud } from "../../../../../comparison/sources/cloudOfCluster.ts";
import { collect } from "../../../../../comparison/sources/collect.ts";
import type { Sources } from "../../../../../comparison/sources/exposure.ts";
import { nodeFacts, serviceFacts } from "../../../../../comparison/sources/kubernetes/facts.ts";
import { loadKubeconfig } from "../../../../../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../../../../../comparison/sources/kubernetes/reader.ts";
import { cloudEnvironment } from "../../../../../lab/clouds/environment.ts";
import { eventually } from "../../../eventually.ts";
import { buildTimeout, minutes } from "../../../tools.ts";
import { ControllerLab, leftoversIn, namespace } from "./controllerLab.ts";
import type { Ids } from "./account.ts";
import { servicesAtRandom } from "./atRandom.ts";
import { ipv6Subnets, made, madeButNotPredicted, refused, serviceOf } from "./services.ts";

/** SEED and SERVICES draw others, to look for what the model does not say rightly. */
const { SEED = "14", SERVICES = "16" } = process.env;
const seed = Number(SEED);
const random = servicesAtRandom(Number(SERVICES), seed);
const all = [...made, ...madeButNotPredicted, ...random, ...refused];

/** Of a load balancer that does not exist: of one that does, the controller keeps its subnets. */
const knownBefore = ({ identity, scheme, zones }: NlbFacts) => ({
  name: identity.name,
  scheme,
  subnets: zones.map(({ subnet }) => subnet).sort(),
});

describe("the model of the AWS Load Balancer Controller says what the real one makes of", function () {
  this.timeout(minutes(2));
  let lab: ControllerLab;
  let sources: Sources;
  let cluster: AwsClusterFacts;
  let ids: Ids;
  /** As they were when the controller had not made anything. */
  const newServices = new Map<string, ServiceFacts>();

  before(async function () {
    this.timeout(buildTimeout);
    lab = await ControllerLab.start();
    await lab.addPrivateSubnets();
    await lab.addIpv6Subnets(ipv6Subnets);
    const kubernetes = kubernetesReader(() => loadKubeconfig(lab.project.settings.kubeconfig, undefined));
    sources = {
      kubernetes,
      cloud: await connectToCloud(kubernetes, cloudEnvironment(lab.project.settings)),
    };
    cluster = await clusterFacts();
    ids = await lab.furnish();
    for (const tried of all) {
      await lab.create(serviceOf(tried, ids));
      const { name } = tried;
      const created = await lab.cluster.readNamespacedService({ namespace, name });
      newServices.set(name, serviceFacts(created, aws.controllers));
    }
  });
  after(() => lab.stop());

  async function clusterFacts(): Promise<AwsClusterFacts> {
    const ended = new AbortController().signal;
    const ask = asking({ ...clusterSources, ...sources.cloud.sources }, { timeoutSeconds: {}, ended });
    const nodes = await sources.kubernetes.nodes(ended);
    const facts = await sources.cloud.read(Promise.resolve(known(nodeFacts(nodes))), ask).cluster();
    return (factsIn(facts) ?? assert.fail(JSON.stringify(facts))) as AwsClusterFacts;
  }
  const newService = (name: string): ServiceFacts => newServices.get(name) ?? assert.fail(name);
  /** The same Service on both sides: each prediction is checked by itself. */
  const facts = (name: string): Promise<Facts> =>
    collect({ left: { namespace, name }, right: { namespace, name } }, sources);
  const warnings = async (name: string): Promise<string[]> => {
    const events = await sources.kubernetes.warnings({ namespace, name }, AbortSignal.timeout(10_000));
    return events.map(({ message = "" }) => message);
  };

  async function isMade(name: string): Promise<void> {
    await eventually(
      `Service ${name} has a load balancer`,
      async () => (await lab.hostname(name)) !== "",
      60_000,
    ).catch(async (error: unknown) => {
      throw new Error([String(error), ...(await warnings(name))].join("\n"));
    });
  }

  async function isAsPredicted(name: string): Promise<void> {
    await isMade(name);
    const predicted = assertMade(loadBalancerController.predict(newService(name), cluster));
    let [wrong, there]: unknown[] = [];
    await eventually("the controller is done", async () => {
      const found = await facts(name);
      there = knownBefore(factsIn(found.left.loadBalancer) as NlbFacts);
      const [prediction = assert.fail()] = judge(comparedOf(found, aws), {
        traffic: [],
        statements: [],
      }).predictions;
      wrong = prediction.outcome === "wrong" ? prediction.wrong : prediction.outcome;
      return prediction.outcome === "right" && prediction.checked > 40;
    }).catch(() => undefined);
    assert.equal(wrong, "right");
    assert.deepEqual(there, knownBefore(predicted.loadBalancer as NlbFacts));
  }

  async function isRefused(
    name: string,
    predicted: ReturnType<typeof loadBalancerController.predict>,
  ): Promise<void> {
    assert.equal(predicted.kind, "refused", JSON.stringify(predicted));
    const { reason } = predicted as { reason: string };
    // After that come our own words.
    const [words = ""] = reason.split(";");
    let messages: string[] = [];
    await eventually("there is a warning", async () => (messages = await warnings(name)).length > 0).catch(
      () => undefined,
    );
    assert.ok(
      messages.some((message) => message.includes(words)),
      `expected: ${words}\nfound: ${messages.join("\n")}`,
    );
    assert.equal(await lab.hostname(name), "");
  }

  for (const { name } of made) it(`a Service ${name}`, () => isAsPredicted(name));

  it("a Service with a range that EC2 keeps otherwise, and does not follow any change of it", async () => {
    const name = "unnetworked-range";
    await lab.change(name, { annotations: { [annotationNames.crossZone]: "true" } });
    await eventually("EC2 refuses the same rule", async () =>
      (await warnings(name)).some((message) => message.includes("InvalidPermission.Duplicate")),
    );
  });

  for (const { name } of madeButNotPredicted) {
    it(`a Service ${name}, and does not predict it once it is there`, async () => {
      await isMade(name);
      assertMade(loadBalancerController.predict(newService(name), cluster));
      const [prediction = assert.fail()] = judge(comparedOf(await facts(name), aws), {
        traffic: [],
        statements: [],
      }).predictions;
      assert.equal(prediction.outcome, "not checked");
    });
  }

  for (const each of random) {
    const { name } = each;
    it(`Service ${name} of seed ${seed}`, async () => {
      const service = newService(name);
      const predicted = loadBalancerController.predict(service, cluster);
      // What AWS refuses is not the controller's.
      const isOfAws = refusals.find(({ reason }) => reason({ service, cluster }) !== undefined)?.by === "AWS";
      if (predicted.kind === "not modelled" || isOfAws) return;
      const held = predicted.kind === "made" ? isAsPredicted(name) : isRefused(name, predicted);
      await held.catch((error: unknown) => {
        throw new Error(`${JSON.stringify(each, undefined, 1)}\n${String(error)}`);
      });
    });
  }

  it("all Services in the nodes' security group", async () => {
    const predicted = all.flatMap(({ name }): readonly RuleFacts[] => {
      const of = loadBalancerController.predict(newService(name), cluster);
      return of.kind === "made" ? (of.firewall.nodes as readonly RuleFacts[]) : [];
    });
    const shared = predicted.filter(({ source }) => !source.includes("/"));
    const wide = ["tcp", "udp"].map((protocol) => {
      const rules = shared.filter(({ ipProtocol }) => ipProtocol === protocol);
      const from = Math.min(...rules.map(({ fromPort }) => Number(fromPort)));
      const to = Math.max(...rules.map(({ toPort }) => Number(toPort)));
      return `${protocol} ${from}-${to} from the shared group`;
    });
    const byRange = predicted
      .filter(({ source }) => source.includes("/"))
      .map(
        ({ ipProtocol, fromPort, toPort, source }) => `${ipProtocol} ${fromPort}-${toPort} from ${source}`,
      );
    const found = await facts("by-default");
    const groups = (factsIn(found.cluster) as AwsClusterFacts).controllerGroups ?? {};
    const nodes = await lab.nodeRules();
    assert.deepEqual(
      nodes
        .filter(({ description }) => description === "elbv2.k8s.aws/targetGroupBinding=shared")
        .map(
          ({ traffic, source }) =>
            `${traffic} from ${groups[source]?.startsWith("k8s-traffic-") === true ? "the shared group" : source}`,
        )
        .sort(),
      [...new Set([...wide, ...byRange])].sort(),
    );
  });

  for (const { name } of refused) {
    it(`nothing of a Service ${name}, and why`, () =>
      isRefused(name, loadBalancerController.predict(newService(name), cluster)));
  }

  /**
   * The controller remembers that a Service needs the shared group until it has served the end of that Service, which it does not for Services that it refuses: they
   * have no finalizer. pkg/networking/backend_sg_provider.go (objectsMap), controllers/service/service_controller.go
   */
  it("the last Service that is deleted: only the shared group is left, until the controller starts again", async () => {
    for (const { name } of all) await lab.cluster.deleteNamespacedService({ namespace, name });
    await eventually("all are gone", async () => (await lab.services()).length <= 1, 90_000);
    assert.deepEqual(
      (await leftoversIn(lab.aws)).map((name) => name.replace(/-[0-9a-f]{10}$/, "")),
      ["security group k8s-traffic-dev"],
    );
    await lab.project.succeed("lab", "kill", "aws-load-balancer-controller");
    const [again = assert.fail()] = made;
    await lab.create(serviceOf(again, ids));
    await lab.servedHostname(again.name);
    await lab.remove(again.name);
    assert.deepEqual(await leftoversIn(lab.aws), []);
  });
});

function assertMade(predicted: ReturnType<typeof loadBalancerController.predict>) {
  if (predicted.kind !== "made") throw new Error(`${predicted.kind}: ${predicted.reason}`);
  return predicted;
}
