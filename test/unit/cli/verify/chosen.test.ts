import assert from "node:assert/strict";
import { chosen, leftOutText } from "../../../../cli/verify/chosen.ts";
import { featuresOf } from "../../../../cli/verify/labTestbed.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { optionalTestbedFeatures } from "../../../../comparison/clouds/feature.ts";
import type { OptionalTestbedFeature } from "../../../../comparison/clouds/feature.ts";
import { openstack } from "../../../../comparison/clouds/openstack/index.ts";
import { scenarios } from "../../../../comparison/scenarios/catalogue.ts";

const withProxy = { loadBalancerProxy: true };
const ofDefault = featuresOf(aws, undefined, withProxy);
const otherController = "aws-load-balancer-controller";
const ofOther = featuresOf(aws, otherController, withProxy);
const optional = Object.keys(optionalTestbedFeatures) as OptionalTestbedFeature[];
const onAws = { ...aws, hasProxy: true };
const all = scenarios.map(({ id }) => id);
const needing = "roll-out-of-targets";
const ofOtherController = ["hairpin-of-targets", needing, "node-registered"];
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

describe("npm run verify", () => {
  it("runs every scenario where the controller can serve all", () => {
    const { run, leftOut } = chosen({ ids: [], quick: false }, ofOther);
    assert.deepEqual([ids(run), leftOut], [all, []]);
  });

  it("leaves out what only another controller can serve, and says so", () => {
    const { run, leftOut } = chosen({ ids: [], quick: false }, ofDefault);
    assert.deepEqual(
      ids(run),
      all.filter((id) => !ofOtherController.includes(id)),
    );
    assert.deepEqual(
      leftOut.map((scenario) => leftOutText(scenario, onAws)),
      [
        "not run         hairpin-of-targets: A pod that is a target calls its own load balancer (the controller lacks pod members)",
        "not run         roll-out-of-targets: The app is rolled out while its pods are the targets (the controller lacks pod members)",
        "not run         node-registered: A node is added, and the controller registers it for the program (the controller lacks members of the program)",
      ],
    );
  });

  it("leaves out what the lab has only if it is asked for, and says how to ask", () => {
    const { leftOut } = chosen({ ids: [], quick: false }, featuresOf(aws, undefined, {}));
    assert.deepEqual(
      leftOut.filter(({ scenario: { id } }) => id === "tls").map((scenario) => leftOutText(scenario, onAws)),
      [
        "not run         tls: TLS ends at the load balancer (without lab:loadBalancerProxy the lab lacks TLS)",
      ],
    );
  });

  it("leaves out what the cloud lacks, and says so", () => {
    const { run, leftOut } = chosen({ ids: [], quick: false }, featuresOf(openstack, undefined, {}));
    assert.deepEqual(
      leftOut.map((scenario) => leftOutText(scenario, { ...openstack, hasProxy: false })),
      [
        "not run         hairpin: A pod calls its own load balancer (OpenStack lacks zonal addresses, client address)",
        "not run         hairpin-of-targets: A pod that is a target calls its own load balancer (OpenStack lacks zonal addresses, client address; the controller lacks pod members)",
        "not run         tls: TLS ends at the load balancer (OpenStack lacks zonal addresses, client address; the lab of OpenStack lacks TLS)",
        "not run         proxy-protocol: The client's address in a proxy protocol header (OpenStack lacks client address; the lab of OpenStack lacks proxy protocol)",
        "not run         no-pods: All pods are gone (OpenStack lacks fail open)",
        "not run         fail-open: No target is healthy (OpenStack lacks fail open, zonal addresses)",
        "not run         no-target: No registered target (OpenStack lacks connection draining)",
        "not run         draining: A target is deregistered (OpenStack lacks connection draining)",
        "not run         roll-out-of-targets: The app is rolled out while its pods are the targets (OpenStack lacks zonal addresses; the controller lacks pod members)",
        "not run         node-registered: A node is added, and the controller registers it for the program (the controller lacks members of the program)",
      ],
    );
    assert.equal(run.length + leftOut.length, all.length);
  });

  it("leaves out nothing for want of what the testbed lacks: that is skipped, and the run incomplete", () => {
    const { run } = chosen(
      { ids: [], quick: false },
      new Set([...aws.features(otherController), ...optional]),
    );
    assert.deepEqual(ids(run), all);
  });

  it("runs a scenario that is asked for by name in any case", () => {
    const { run, leftOut } = chosen({ ids: [needing, "answers"], quick: false }, ofDefault);
    assert.deepEqual([ids(run), leftOut], [["answers", needing], []]);
  });

  it("runs only quick ones if it is to be quick", () => {
    const { run } = chosen({ ids: [], quick: true }, ofDefault);
    assert.deepEqual(ids(run), ids(scenarios.filter(({ quick }) => quick)));
  });

  it("refuses an unknown id, and names the known ones", () => {
    assert.throws(() => chosen({ ids: ["nothing"], quick: false }, ofDefault), {
      message: `there is no scenario "nothing"; there are ${all.join(", ")}`,
    });
  });
});
