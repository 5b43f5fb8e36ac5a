/** What is left behind on a lab of OpenStack when a deletion goes wrong: each kind is left on purpose, found, and removed. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { CoreV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import type { Orphans } from "../../../../comparison/result/orphans.ts";
import { loadKubeconfig } from "../../../../comparison/sources/kubernetes/kubeconfig.ts";
import { openApi } from "../../../../lab/clouds/openstack/api.ts";
import { ids } from "../../../../lab/clouds/openstack/layout.ts";
import { eventually } from "../../eventually.ts";
import type { Project } from "../../project.ts";
import { asOpenStackClient } from "./client.ts";

const stack = ["--stack", "openstack"] as const;

interface Way {
  readonly namespace: string;
  readonly service: string;
}

/** @param lab a running one, asked when the tests run @param url where its APIs answer */
export function leftBehindOnOpenStack(lab: () => { readonly project: Project; readonly url: string }): void {
  describe("what is left behind on it", () => {
    before(() => lab().project.succeed("up", ...stack));

    const api = () => openApi(lab().url);
    const cluster = () =>
      loadKubeconfig(join(lab().project.directory, ".lab/stacks/openstack/kubeconfig")).makeApiClient(
        CoreV1Api,
      );
    const ways = async () =>
      JSON.parse(await lab().project.succeed("pulumi", "stack", "output", "--json", ...stack)) as Readonly<
        Record<"nodePort" | "loadBalancer", Way>
      >;
    const refOf = ({ namespace, service }: Way) => ({ namespace, name: service });

    async function left(): Promise<readonly [number, Orphans]> {
      const { status, stdout, stderr } = await lab().project.run("leftovers", "--json", ...stack);
      assert.ok(status < 2, stderr);
      return [status, JSON.parse(stdout) as Orphans];
    }
    const kindsOf = ({ orphans }: Orphans): string[] => orphans.map(({ kind }) => kind);

    it("is nothing while both ways are deployed", async () => {
      const [status, { verdict }] = await left();
      assert.deepEqual(
        [status, verdict.sentence],
        [0, "Nothing of cluster dev is left behind on OpenStack in RegionOne."],
      );
    });

    it("is the load balancer of a NodePort Service that somebody has deleted, and its rule", async () => {
      await cluster().deleteNamespacedService(refOf((await ways()).nodePort));
      const [status, found] = await left();
      assert.deepEqual([status, kindsOf(found)], [1, ["load balancer", "rule"]]);
      const [balancer] = found.orphans;
      assert.deepEqual(
        [...new Set(balancer?.parts.map(({ kind }) => kind))],
        ["listener", "pool", "health monitor", "floating IP"],
      );
      assert.match(
        found.verdict.sentence,
        /together they take 1 load balancer of the provider lab, 1 floating IP\.$/,
      );
    });

    it("is what the controller could not remove: the Service waits for it, or is gone without it", async () => {
      const ref = refOf((await ways()).loadBalancer);
      await lab().project.succeed("lab", "hold", "openstack-cloud-controller-manager", ...stack);
      await cluster().deleteNamespacedService(ref);
      const [, waiting] = await left();
      assert.deepEqual(kindsOf(waiting), [
        "load balancer",
        "load balancer",
        "security group",
        "rule",
        "Service",
      ]);
      const ofController = waiting.orphans.filter(
        ({ service }) => service === `${ref.namespace}/${ref.name}`,
      );
      for (const { kind, reason } of ofController)
        assert.match(
          reason,
          kind === "Service" ? /waits for its finalizer/ : /is being deleted and keeps its finalizer/,
        );
      await cluster().patchNamespacedService(
        { ...ref, body: { metadata: { finalizers: null } } },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      );
      const [, alone] = await left();
      assert.deepEqual(kindsOf(alone), ["load balancer", "load balancer", "security group", "rule"]);
      assert.match(
        alone.orphans.find(({ kind }) => kind === "security group")?.reason ?? "",
        / does not exist$/,
      );
    });

    it("is each object by itself as well", async () => {
      const [, { orphans }] = await left();
      const ofController = orphans.find(({ kind, service }) => kind === "load balancer" && service !== null);
      await api().delete("octavia", `/v2.0/lbaas/loadbalancers/${ofController?.id ?? ""}?cascade=true`);
      const { subnet, externalNetwork, network } = ids;
      await api().post("octavia", "/v2.0/lbaas/loadbalancers", {
        loadbalancer: { name: "empty", vip_subnet_id: subnet, provider: "lab" },
      });
      await api().post("neutron", "/v2.0/floatingips", {
        floatingip: { floating_network_id: externalNetwork },
      });
      await api().post("neutron", "/v2.0/ports", {
        port: { network_id: network, name: "octavia-lb-gone", device_owner: "Octavia", device_id: "lb-gone" },
      });
      await eventually("each kind of object", async () => {
        const found = kindsOf((await left())[1]);
        return isDeepStrictEqual(found, [
          "load balancer",
          "load balancer",
          "floating IP",
          "floating IP",
          "port",
          "security group",
          "rule",
        ]);
      });
    });

    it("goes by the commands that it lists, and leaves nothing", async () => {
      for (const { commands } of (await left())[1].orphans)
        for (const command of commands) await asOpenStackClient(command, lab().url);
      await eventually("nothing left", async () => (await left())[0] === 0);
    });
  });
}
