/** What people do with pods: look inside, look names up, reach them at their nodes. By kubectl, as people do. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError, run } from "../../lab/tools/command.ts";
import { eventually } from "./eventually.ts";
import { chosenPorts } from "./ports.ts";
import { Project } from "./project.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

const image = "registry.k8s.io/e2e-test-images/agnhost:2.59";
const pod = (name: string, spec: object, container: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, labels: { app: name } },
  spec: { ...spec, containers: [{ name: "main", image, args: ["netexec"], ...container }] },
});
const service = (name: string, spec: object, annotations: Readonly<Record<string, string>> = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, annotations },
  spec: { selector: { app: "server" }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});

const objects = [
  pod("server", {}),
  pod("reader", {}, { args: undefined, command: ["cat"], stdin: true }),
  pod(
    "at-the-node",
    { nodeName: "node-a", hostNetwork: true },
    { args: ["netexec", "--http-port=18090", "--udp-port=18090"] },
  ),
  pod("at-a-port", { nodeName: "node-b" }, { ports: [{ containerPort: 8080, hostPort: 18091 }] }),
  service("web", {}),
  service("direct", { clusterIP: "None" }),
  service(
    "outside",
    { type: "LoadBalancer" },
    { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
  ),
];

describe("pods on the lab", function () {
  this.timeout(minutes(3));
  let project: Project;
  let kubectl: (...args: readonly string[]) => Promise<string>;
  const inServer = (...argv: readonly string[]): Promise<string> => kubectl("exec", "server", "--", ...argv);

  before(async function () {
    this.timeout(buildTimeout);
    const tools = await liveTools();
    project = await Project.make();
    await project.succeed("lab", "up");
    kubectl = (...args) =>
      run(join(tools.bin, "kubectl"), ["--kubeconfig", project.settings.kubeconfig, ...args]);
    const manifest = join(project.directory, "pods.json");
    writeFileSync(manifest, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    await kubectl("apply", "-f", manifest);
    await kubectl("wait", "--for=condition=Ready", "pod", "--all", "--timeout=90s");
  });
  after(() => project.remove());

  describe("look names up", () => {
    it("of Services, as kubelet tells them to", async () => {
      assert.equal(
        await inServer("cat", "/etc/resolv.conf"),
        "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 172.20.0.10\noptions ndots:5\n",
      );
      const address = await kubectl("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
      assert.match(
        await inServer("nslookup", "web"),
        new RegExp(`Name:\tweb\\.default\\.svc\\.cluster\\.local\nAddress: ${address}\n$`),
      );
    });

    it("of a pod behind a Service without an address of its own", async () => {
      const address = await kubectl("get", "pod", "server", "-o", "jsonpath={.status.podIP}");
      await eventually(
        "the name of the Service leads to the pod",
        async () => (await inServer("dig", "+search", "+short", "direct")).trim() === address,
      );
    });

    it("of load balancers, which the network's resolver knows", async () => {
      const path = "jsonpath={.status.loadBalancer.ingress[0].hostname}";
      let name = "";
      await eventually("the Service has a load balancer", async () => {
        name = await kubectl("get", "service", "outside", "-o", path);
        return name.endsWith(".elb.us-west-2.amazonaws.com");
      });
      await eventually("its name leads to an address in each zone", async () =>
        /^(198\.(18|19)\.\d+\.\d+\n){3}$/.test(await inServer("dig", "+short", name)),
      );
    });

    it("that do not exist, and learn that at once", async () => {
      assert.match(await inServer("dig", "missing.example.com"), /status: NXDOMAIN/);
    });
  });

  describe("can be looked into", () => {
    it("with a shell, whose exit code kubectl passes on", async () => {
      assert.equal(
        await inServer("sh", "-c", "for i in $(seq 1 3); do echo $((i * i)); done | tail -n 1"),
        "9\n",
      );
      await assert.rejects(inServer("sh", "-c", "exit 7"), (error: Error) => {
        assert.ok(error instanceof CommandError);
        assert.equal(error.outcome, "exit status 7");
        return true;
      });
    });

    it("with curl and nc, which reach Services by name", async () => {
      assert.equal(await inServer("curl", "-s", "--max-time", "5", "http://web/hostname"), "server");
      const address = await kubectl("get", "pod", "server", "-o", "jsonpath={.status.podIP}");
      const ask = `echo hostname | nc -u -w 1 ${address} 8081`;
      assert.equal(await inServer("sh", "-c", ask), "server");
    });

    it("by their logs", async () => {
      assert.match(await kubectl("logs", "server"), /Started HTTP server on port 8080/);
    });

    it("by attaching to what they run", async () => {
      const args = ["--kubeconfig", project.settings.kubeconfig, "attach", "--stdin", "--quiet", "reader"];
      const { bin } = await liveTools();
      const attached = spawn(join(bin, "kubectl"), args, { stdio: ["pipe", "pipe", "ignore"] });
      try {
        attached.stdin.write("said\n");
        const [heard] = (await once(attached.stdout, "data")) as [Buffer];
        assert.equal(heard.toString(), "said\n");
      } finally {
        attached.kill();
      }
    });

    it("through a port of this machine", async () => {
      const [port] = await chosenPorts(1);
      const { bin } = await liveTools();
      const args = [
        "--kubeconfig",
        project.settings.kubeconfig,
        "port-forward",
        "pod/server",
        `${port}:8080`,
      ];
      const forward = spawn(join(bin, "kubectl"), args, { stdio: ["ignore", "pipe", "ignore"] });
      try {
        await once(forward.stdout, "data");
        const answer = await fetch(`http://127.0.0.1:${port}/hostname`);
        assert.equal(await answer.text(), "server");
      } finally {
        forward.kill();
      }
    });

    it("by copying files both ways", async () => {
      const [there, back] = ["there", "back"].map((name) => join(project.directory, name));
      writeFileSync(there ?? "", "carried\n");
      await kubectl("cp", there ?? "", "server:/tmp/carried");
      await kubectl("cp", "server:/tmp/carried", back ?? "");
      assert.equal(readFileSync(back ?? "", "utf8"), "carried\n");
    });

    it("with a container that is added to debug them, and sees their processes", async () => {
      const command = ["--profile=general", "--target=main", "--container=debugger", `--image=${image}`];
      await kubectl("debug", "server", ...command, "--", "ps");
      const log = (): Promise<string> => kubectl("logs", "server", "-c", "debugger").catch(() => "");
      await eventually("it lists the pod's process", async () => (await log()).includes("/agnhost netexec"));
    });
  });

  describe("are reached at their nodes", () => {
    const get = (url: string): Promise<string> => inServer("curl", "-s", "--max-time", "5", url);

    it("if they use the node's network", async () => {
      assert.equal(await get("http://10.0.0.10:18090/hostname"), "node-a");
    });

    it("at a port that is theirs on the node", async () => {
      assert.equal(await get("http://10.0.16.10:18091/hostname"), "at-a-port");
    });
  });
});
