/** The stack `openstack` on a lab of its own: real Keystone, Neutron, Octavia and cloud controller manager, and HAProxy as load balancers. */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { openApi } from "../../lab/clouds/openstack/api.ts";
import { leftBehindOnOpenStack } from "../live/clouds/openstack/leftBehind.ts";
import { survivalOfOpenStack } from "../live/clouds/openstack/survival.ts";
import { eventually } from "../live/eventually.ts";
import { traces } from "../live/leftovers.ts";
import { chosenPorts } from "../live/ports.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, minutes } from "../live/tools.ts";

const stack = ["--stack", "openstack"] as const;

interface Member {
  readonly address: string;
  readonly operating_status: string;
}

interface Outputs {
  readonly nodePort: { readonly namespace: string };
  readonly loadBalancer: { readonly namespace: string };
}

describe("the stack openstack on its lab", function () {
  this.timeout(minutes(15));
  let project: Project;
  let before_: readonly string[];
  let urls: { readonly nodePort: string; readonly loadBalancer: string; readonly api: string };

  before(async function () {
    this.timeout(buildTimeout);
    project = await Project.make();
    before_ = traces(project.directory);
    const [kubernetes, nodePort, loadBalancer, api] = await chosenPorts(4);
    project.configure("lab:ports", { kubernetes, nodePort, loadBalancer }, "openstack");
    project.configure("openstack:authUrl", `http://127.0.0.1:${String(api)}/identity/v3`, "openstack");
    urls = {
      nodePort: `http://127.0.0.1:${String(nodePort)}/hostname`,
      loadBalancer: `http://127.0.0.1:${String(loadBalancer)}/hostname`,
      api: `http://127.0.0.1:${String(api)}`,
    };
    await project.succeed("lab", "up", ...stack);
    await project.succeed("up", ...stack);
  });
  after(async () => {
    await project.succeed("lab", "down", ...stack);
    await project.remove();
  });

  const textOf = async (url: string): Promise<string> => {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return response.ok ? response.text() : "";
  };

  it("answers both ways by the pods of each", async () => {
    const { nodePort, loadBalancer } = JSON.parse(
      await project.succeed("pulumi", "stack", "output", "--json", ...stack),
    ) as Outputs;
    for (const [url, { namespace }] of [
      [urls.nodePort, nodePort],
      [urls.loadBalancer, loadBalancer],
    ] as const) {
      // A Deployment and its namespace have the app's name, each with an ending of its own.
      const app = namespace.replace(/\w+$/, "");
      await eventually(`a pod of ${app} at ${url}`, async () => (await textOf(url)).startsWith(app));
    }
  });

  it("has every node as a member that its monitor finds up, on both load balancers", async () => {
    const api = openApi(urls.api);
    const members = async (): Promise<string[][]> => {
      const { pools } = await api.get<{ pools: readonly { id: string }[] }>("octavia", "/v2.0/lbaas/pools");
      const found = await Promise.all(
        pools.map(({ id }) =>
          api.get<{ members: readonly Member[] }>("octavia", `/v2.0/lbaas/pools/${id}/members`),
        ),
      );
      return found.map((of) =>
        of.members.map((member) => `${member.address} ${member.operating_status}`).sort(),
      );
    };
    const online = ["10.0.0.10 ONLINE", "10.0.16.10 ONLINE", "10.0.32.10 ONLINE"];
    await eventually("every member online", async () => isDeepStrictEqual(await members(), [online, online]));
  });

  interface Compared {
    readonly verdict: {
      readonly kind: string;
      readonly sentence: string;
      readonly reasons: readonly string[];
    };
  }

  const compared = async (): Promise<Compared["verdict"]> => {
    const { stdout, stderr } = await project.run("compare", "--json", ...stack);
    assert.match(stdout, /^\{/, `${stdout}\n${stderr}`);
    return (JSON.parse(stdout) as Compared).verdict;
  };

  it("is equivalent, and everything is as predicted", async () => {
    const { kind, sentence, reasons } = await compared();
    assert.deepEqual([kind, reasons], ["equivalent", []], sentence);
    assert.match(sentence, /[1-9]\d* predictions right, 0 wrong/);
  });

  interface Verified {
    readonly verdict: string;
    readonly scenarios: readonly {
      readonly id: string;
      readonly failure: string | null;
      readonly findings: readonly {
        readonly title: string;
        readonly verdict: string;
        readonly left: { readonly text: string };
        readonly right: { readonly text: string };
      }[];
    }[];
  }

  /** Verdicts of scenarios that did not end as documented, in words; empty if all did. */
  const unlike = ({ scenarios }: Verified): string[] =>
    scenarios.flatMap(({ id, failure, findings }) => [
      ...(failure === null ? [] : [`${id}: ${failure}`]),
      ...findings
        .filter(({ verdict }) => !["same", "as documented"].includes(verdict))
        .map(({ title, left, right }) => `${id}: ${title}: ${left.text}, ${right.text}`),
    ]);

  const verified = async (...args: readonly string[]): Promise<Verified> => {
    const { stdout, stderr } = await project.run("verify", "--json", ...args, ...stack);
    assert.match(stdout, /^\{/, `${stdout}\n${stderr}`);
    return JSON.parse(stdout) as Verified;
  };

  it("answers clients alike both ways while pods go, and shows them the load balancer's address", async () => {
    const found = await verified("--quick");
    assert.deepEqual(unlike(found), []);
    assert.deepEqual(
      found.scenarios.map(({ id }) => id),
      ["answers", "spread", "client-address", "udp", "pod-killed"],
    );
    assert.equal(found.verdict, "alike");
  });

  it("gets a new node from the controller at once, and from the program by an update", async () => {
    assert.deepEqual(unlike(await verified("--scenario", "node-added")), []);
  });

  it("has a deleted listener, member or rule restored by its owner alone", async () => {
    assert.deepEqual(unlike(await verified("--scenario", "drift")), []);
  });

  it("is different when a monitor is deleted by hand", async () => {
    const api = openApi(urls.api);
    const path = "/v2.0/lbaas/healthmonitors";
    const { healthmonitors } = await api.get<{ healthmonitors: readonly { id: string }[] }>("octavia", path);
    await api.delete("octavia", `${path}/${healthmonitors[0]?.id ?? ""}`);
    assert.equal((await compared()).kind, "different");
  });

  it("leaves nothing in Octavia and Neutron when it is destroyed", async () => {
    await project.succeed("destroy", ...stack);
    const api = openApi(urls.api);
    await eventually("nothing left", async () => {
      const [{ loadbalancers }, { floatingips }, { security_groups: groups }] = await Promise.all([
        api.get<{ loadbalancers: readonly object[] }>("octavia", "/v2.0/lbaas/loadbalancers"),
        api.get<{ floatingips: readonly object[] }>("neutron", "/v2.0/floatingips"),
        api.get<{ security_groups: readonly { name: string; security_group_rules: readonly object[] }[] }>(
          "neutron",
          "/v2.0/security-groups",
        ),
      ]);
      const names = groups.map(({ name }) => name).sort();
      return isDeepStrictEqual([loadbalancers, floatingips, names], [[], [], ["default", "nodes"]]);
    });
  });

  survivalOfOpenStack(() => ({
    project,
    url: urls.api,
    ways: [urls.nodePort, urls.loadBalancer],
    before: before_,
  }));
  leftBehindOnOpenStack(() => ({ project, url: urls.api }));
});
