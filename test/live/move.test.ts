/**
 * Clients are led from one way to the other on a lab, while they send. These tests prove nothing about Route 53 and Network Load Balancers themselves: both are emulated, and
 * a change of records reaches the lab's resolver within half a second, while AWS gives itself 60 s.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { ModifyTargetGroupCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CoreV1Api, V1Service } from "@kubernetes/client-node";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { loadBalancersIn, targetGroupsOf } from "./clouds/aws/account.ts";
import { balancerParts } from "./clouds/aws/balancerParts.ts";
import { eventually } from "./eventually.ts";
import { healthyTargets } from "./healthyTargets.ts";
import type { Project } from "./project.ts";
import { addressesOf, domainName, killedAt, met, movableProject, startClients } from "./moving.ts";
import type { Clients } from "./moving.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

describe("npm run move", function () {
  // A busy machine takes five minutes for the longest.
  this.timeout(minutes(15));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await movableProject();
  });
  after(() => project.remove());

  const configured = (): string => readFileSync(join(project.directory, "Pulumi.dev.yaml"), "utf8");

  it("shows the steps, their waits and their bill, and changes nothing", async () => {
    const before = configured();
    const plan = await project.succeed("move", "--to", "loadbalancer", "--plan", "--drain-seconds", "60");
    assert.match(plan, /leads 0 % of the clients to LoadBalancer, 100 % to NodePort \+ own NLB/);
    assert.match(plan, /^2\. Compare both ways/m);
    assert.match(plan, /^5\. Lead 100 % .* wait 2 s/m);
    // Three times to live of 2 s, and the connections.
    assert.match(plan, /waits 66 s at most/);
    assert.match(plan, /cost \$0\.0750 an hour/);
    assert.equal(configured(), before);
    assert.match(await project.succeed("move", "--to", "loadbalancer", "--plan"), /leads 0 %/);
  });

  it("leads all clients to the other way without losing a request", async () => {
    const clients = await startClients(project, 50);
    const begin = clients.running.samples.length;
    const { status, stdout, stderr } = await project.run(
      ...(["move", "--to", "loadbalancer", "--drain-seconds", "60"] as const),
    );
    const moved = clients.running.samples.length;
    // The clients go on for a while at the new way.
    await sleep(2000);
    const samples = await clients.stop();
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    assert.match(stdout, /^Equivalent: /m);
    assert.match(stdout, new RegExp(`^${domainName} leads all clients to LoadBalancer`, "m"));
    const [old, now] = [await addressesOf(project, "nodePort"), await addressesOf(project, "loadBalancer")];
    for (const load of ["new", "kept"] as const) {
      const { sent, lost, losses, byAddress } = await met(project, samples, load);
      assert.ok(sent > 500, `${sent} sent`);
      assert.equal(lost, 0, JSON.stringify([...losses]));
      // Both ways served: it was a move under load, and not a load beside it.
      assert.ok(old.some((address) => (byAddress.get(address) ?? 0) > 0));
      assert.ok(now.some((address) => (byAddress.get(address) ?? 0) > 0));
    }
    const after = samples.slice(moved);
    assert.ok(begin < moved && after.length > 0);
    assert.deepEqual(
      [...new Set(after.map(({ address }) => address))].filter((each) => !now.includes(each ?? "")),
      [],
    );
  });

  it("goes on where it was killed, and goes back from there, without losing a request", async () => {
    const clients = await startClients(project, 50);
    const back = ["--to", "nodeport", "--drain-seconds", "60"] as const;
    const killed = await killedAt(project, /^Lead 50 %/m, ...back);
    assert.equal(killed.status, 137);
    const on = await project.run("move", ...back);
    assert.equal(on.status, 0, `${on.stdout}\n${on.stderr}`);
    // It has no more than half of the clients.
    assert.match(on.stdout, /Compare both ways/);
    assert.match(on.stdout, /leads all clients to NodePort/);
    const again = await killedAt(project, /^Lead 10 %/m, "--to", "loadbalancer");
    assert.equal(again.status, 137);
    const returned = await project.run("move", ...back);
    assert.equal(returned.status, 0, `${returned.stdout}\n${returned.stderr}`);
    // Most of the clients were still there.
    assert.doesNotMatch(returned.stdout, /Compare both ways/);
    const samples = await clients.stop();
    for (const load of ["new", "kept"] as const) {
      const { lost, losses } = await met(project, samples, load);
      assert.equal(lost, 0, JSON.stringify([...losses]));
    }
    assert.match(await project.succeed("move", ...back, "--plan"), /leads 100 % of the clients to NodePort/);
  });

  it("is not changed by pulumi up, which keeps the records as they are", async () => {
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
  });

  it("leads nobody to a way that differs, and names what differs", async () => {
    const { elbv2 } = labClients(project.settings);
    const { hostname } = await project.output<{ hostname: string }>("loadBalancer");
    const [group] = await targetGroupsOf(elbv2, hostname);
    const change = (UnhealthyThresholdCount: number) =>
      elbv2.send(
        new ModifyTargetGroupCommand({ TargetGroupArn: group?.TargetGroupArn, UnhealthyThresholdCount }),
      );
    await change(7);
    const { status, stderr } = await project.run("move", "--to", "loadbalancer");
    assert.equal(status, 1);
    assert.match(stderr, /clients stay where they are: the two ways are not equivalent\.\nDifferent: /);
    assert.match(stderr, /--accept ".*unhealthyThreshold/);
    assert.match(await project.succeed("move", "--to", "loadbalancer", "--plan"), /leads 0 %/);
    await change(3);
  });

  it("removes the old way, killed before it has, and leaves the rules that the other one needs", async () => {
    const args = ["--to", "nodeport", "--drain-seconds", "60", "--remove"] as const;
    assert.match(await project.succeed("move", ...args, "--plan"), /^4\. Remove LoadBalancer: /m);
    assert.equal((await killedAt(project, /^Remove LoadBalancer/m, ...args)).status, 137);
    const { status, stdout, stderr } = await project.run("move", ...args);
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    // The kill may have come when the record was gone.
    assert.match(
      stdout,
      /LoadBalancer is removed; npm run move -- --to loadbalancer makes it anew|There is no other way\.$/m,
    );
    const { elbv2, ec2 } = labClients(project.settings);
    assert.equal((await loadBalancersIn(elbv2)).length, 1);
    assert.match(configured(), /weights:\n +nodePort: 100\n(?! +loadBalancer)/);
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    assert.ok(
      SecurityGroupRules.some(({ IpProtocol, IsEgress }) => IpProtocol === "icmp" && IsEgress !== true),
    );
    assert.match(await project.succeed("move", ...args), /There is no other way\.$/m);
    assert.match((await project.run("compare")).stderr, /the stack has no way loadBalancer: /);
  });

  it("says how to give the stack a name, and refuses unknown ways", async () => {
    project.configure("nodeport-vs-loadbalancer:weightedName", undefined);
    const { status, stderr } = await project.run("move", "--to", "loadbalancer");
    assert.equal(status, 1);
    assert.match(stderr, /has no name that leads to both ways; set nodeport-vs-loadbalancer:weightedName/);
    assert.equal((await project.run("move", "--to", "ingress")).status, 2);
  });

  describe("a load balancer of the controller", () => {
    const name = "web";
    let namespace: string;
    let service: string;
    let hostname: string;
    let clients: Clients;
    let made: unknown;

    const api = () => loadKubeconfig(project.settings.kubeconfig).makeApiClient(CoreV1Api);
    const parts = () => balancerParts(labClients(project.settings), hostname);
    const read = () => api().readNamespacedService({ namespace, name });
    const isUnchanged = () =>
      project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");

    before(async () => {
      // Without a name, the stack has both ways again. Later only what changes hands changes.
      await project.succeed("up");
      const own = await project.output<{ namespace: string; service: string }>("nodePort");
      namespace = own.namespace;
      service = `${namespace}/${name}`;
      const { spec } = await api().readNamespacedService({ namespace, name: own.service });
      const body = Object.assign(new V1Service(), {
        metadata: { name, annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" } },
        spec: {
          type: "LoadBalancer",
          selector: spec?.selector,
          ports: [{ name: "http", port: 80, targetPort: "http" }],
        },
      });
      await api().createNamespacedService({ namespace, body });
      await eventually("the controller makes a load balancer", async () => {
        hostname = (await read()).status?.loadBalancer?.ingress?.[0]?.hostname ?? "";
        return hostname !== "";
      });
      await healthyTargets(labClients(project.settings).elbv2, [hostname]);
      made = await parts();
      clients = await startClients(project, 50, hostname);
    });

    it("is not the program's own if the program declares its Service, or if there is no such Service", async () => {
      const { namespace: of, service: its } = await project.output<{ namespace: string; service: string }>(
        "nodePort",
      );
      assert.match(
        (await project.run("move", "--adopt", `${of}/${its}`)).stderr,
        /the program declares the Service .*, and would change it back/,
      );
      assert.equal((await project.run("move", "--adopt", `${namespace}/none`)).status, 1);
      assert.match(
        (await project.run("move", "--give-back", service)).stderr,
        /has not taken over the load balancer of .*: there is nothing to give back/,
      );
    });

    it("has a plan of the steps by which it becomes the program's own, which changes nothing", async () => {
      const before = configured();
      const plan = await project.succeed("move", "--adopt", service, "--plan");
      assert.match(plan, /^1\. Describe a[0-9a-f]{31} in Pulumi\.dev\.yaml, as it is\.$/m);
      assert.match(plan, /^3\. Let the AWS cloud controller manager go, by one change/m);
      assert.equal(configured(), before);
      assert.equal((await read()).spec?.type, "LoadBalancer");
    });

    it("becomes the program's own, killed at both moments at which something changes", async () => {
      for (const moment of [/^Import it/m, /^Let the AWS/m])
        assert.equal((await killedAt(project, moment, "--adopt", service)).status, 137);
      const { status, stdout, stderr } = await project.run("move", "--adopt", service);
      assert.equal(status, 0, `${stdout}\n${stderr}`);
      const { metadata, spec, status: now } = await read();
      assert.deepEqual(
        [metadata?.finalizers ?? [], spec?.type, now?.loadBalancer?.ingress],
        [[], "NodePort", undefined],
      );
      assert.deepEqual(await parts(), made);
      await isUnchanged();
    });

    it("becomes the controller's again, and the stack forgets it", async () => {
      assert.equal((await killedAt(project, /^Take it out/m, "--give-back", service)).status, 137);
      const { status, stdout, stderr } = await project.run("move", "--give-back", service);
      // The kill may have come when all was done.
      assert.ok(status === 0 || stderr.includes("there is nothing to give back"), `${stdout}\n${stderr}`);
      assert.equal((await read()).status?.loadBalancer?.ingress?.[0]?.hostname, hostname);
      assert.deepEqual(await parts(), made);
      assert.doesNotMatch(configured(), /adopted/);
      await isUnchanged();
    });

    it("has answered every request meanwhile", async () => {
      const samples = await clients.stop();
      for (const load of ["new", "kept"] as const) {
        const outcomes = samples.filter((sample) => sample.load === load).map(({ outcome }) => outcome);
        assert.ok(outcomes.length > 200, `${outcomes.length} sent`);
        assert.deepEqual(
          outcomes.filter(({ kind }) => kind !== "answered"),
          [],
        );
      }
    });

    it("goes with the program once it is the program's own", async () => {
      await project.succeed("move", "--adopt", service);
      project.configure("nodeport-vs-loadbalancer:adopted", undefined);
      await project.succeed("up");
      const { elbv2 } = labClients(project.settings);
      const names = (await loadBalancersIn(elbv2)).map(({ DNSName }) => DNSName);
      assert.ok(!names.includes(hostname), names.join());
    });
  });
});
