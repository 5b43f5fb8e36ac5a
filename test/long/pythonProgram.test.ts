/**
 * A Python program that uses the components by Pulumi's engine, on a separate lab. The package's program makes the components.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { pulumiEnvironment } from "../../cli/environment.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { inside, labStatus } from "../../lab/lab.ts";
import { run } from "../../lab/tools/command.ts";
import { providePulumi } from "../../lab/tools/tools.ts";
import { leftoversIn } from "../live/clouds/aws/loadBalancerController/controllerLab.ts";
import { eventually } from "../live/eventually.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";
import { installComponents, packComponents } from "../packedComponents.ts";
import { pythonTools } from "../python/pythonTools.ts";

const checkout = resolve(import.meta.dirname, "../..");
const ways = ["own", "controllers"] as const;

/** After the example: another load balancer in front of the NodePort Service, and a name that leads to both exposures. */
const more = `

class Component(pulumi.ComponentResource):
    def __init__(self, kind: str, name: str, offered: list[str], **arguments: Any) -> None:
        outputs = dict.fromkeys(offered)
        super().__init__(f"exposure:index:{kind}", name, {**outputs, **arguments}, remote=True)


edge = Component(
    "NetworkLoadBalancer",
    "edge",
    ["dnsName"],
    cluster={"name": config.require("clusterName")},
    ports=[{"name": "http", "port": 8080, "nodePort": own.nodePorts["http"]}],
    loadBalancerSourceRanges=config.require_object("clients"),
    securityGroups="own",
)
zone = pulumi.runtime.invoke("aws:route53/getZone:getZone", {"name": "lab.example"})
shop = Component(
    "WeightedName",
    "shop",
    ["domainName"],
    hostedZoneId=zone.value["zoneId"],
    domainName="shop.lab.example",
    ttlSeconds=1,
    exposures={
        "own": {"addresses": own.addresses, "weight": 1},
        "controllers": {"addresses": controllers.addresses, "weight": 1},
    },
)
pulumi.export("edge", {"url": edge.dnsName.apply(lambda name: f"http://{name}:8080"), "addresses": [edge.dnsName]})
pulumi.export("shop", {"url": shop.domainName.apply(lambda name: f"http://{name}"), "addresses": own.addresses})
`;
const reached = [...ways, "edge", "shop"] as const;

interface Reached {
  readonly url: string;
  readonly addresses: readonly string[];
}

interface Settings {
  readonly config: Readonly<Record<string, unknown>>;
  readonly encryptionsalt: string;
}

describe("a program in Python that uses the components", function () {
  this.timeout(minutes(2));
  let project: Project;
  let directory: string;
  let program: string;
  let environment: Readonly<Record<string, string>>;
  let outputs: Readonly<Record<(typeof reached)[number], Reached>>;

  async function pulumi(
    ...args: readonly string[]
  ): Promise<{ readonly status: number; readonly text: string }> {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: program,
      env: { ...process.env, ...environment },
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => (text += data.toString()));
    const [status] = (await once(child, "close")) as [number | null];
    return { status: status ?? -1, text };
  }

  async function succeed(...args: readonly string[]): Promise<string> {
    const { status, text } = await pulumi(...args);
    assert.equal(status, 0, text);
    return text;
  }

  /** As the program's clients do. */
  function answer(way: (typeof reached)[number]): Promise<string> {
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const { command, args } = inside(running, "client", [
      ...["curl", "-sS", "--max-time", "2"],
      `${outputs[way].url}/hostname`,
    ]);
    return run(command, args);
  }

  /** The stack's settings are those of the project's stack on the lab. */
  function settle(changes: Readonly<Record<string, unknown>> = {}): void {
    const { config, encryptionsalt } = parse(
      readFileSync(join(project.directory, "Pulumi.dev.yaml"), "utf8"),
    ) as Settings;
    const providers = Object.entries(config).filter(([key]) => key.startsWith("aws:"));
    const settings = {
      ...Object.fromEntries(providers),
      "kubernetes:kubeconfig": project.settings.kubeconfig,
      "python:clusterName": "dev",
      "python:clients": ["0.0.0.0/0"],
      ...changes,
    };
    writeFileSync(join(program, "Pulumi.dev.yaml"), stringify({ encryptionsalt, config: settings }));
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    const { host, virtualEnvironment } = await pythonTools();
    directory = mkdtempSync(join(tmpdir(), "python-program-"));
    program = join(directory, "program");
    cpSync(join(checkout, "examples/python"), program, { recursive: true });
    appendFileSync(join(program, "__main__.py"), more);
    symlinkSync(virtualEnvironment, join(program, "venv"));
    const bin = join(directory, "bin");
    mkdirSync(bin);
    const app = join(directory, "app");
    const components = await installComponents(await packComponents(directory), app);
    symlinkSync(join(components, "dist/aws/provider/main.js"), join(bin, "pulumi-resource-exposure"));
    const { path } = await providePulumi({ onProgress: () => undefined });
    environment = {
      // This language host is told of no virtual environment: it takes the first Python of the PATH.
      ...pulumiEnvironment(directory, [...path, host, bin, join(virtualEnvironment, "bin")]),
      PULUMI_HOME: join(directory, "home"),
      PULUMI_STACK: "dev",
    };
    project = await Project.make();
    await project.succeed("lab", "up");
    settle();
    await succeed("stack", "init", "dev");
  });
  after(async () => {
    await project.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it("is refused by the components as a TypeScript program is, each argument by its name", async () => {
    settle({ "python:clients": ["0.0.0.0/33"] });
    const { status, text } = await pulumi("preview");
    assert.notEqual(status, 0, text);
    assert.match(text, /loadBalancerSourceRanges\[0\]/);
    settle();
  });

  it("deploys both ways, a load balancer of its own and a name for both, and clients reach the app by each", async () => {
    await succeed("up", "--yes", "--skip-preview");
    outputs = JSON.parse(await succeed("stack", "output", "--json")) as typeof outputs;
    const names = reached.map((way) => outputs[way].addresses[0] ?? "");
    await healthyTargets(labClients(project.settings).elbv2, [...new Set(names)]);
    for (const way of reached)
      await eventually(`${way} answers`, () =>
        answer(way).then(
          (pod) => pod.startsWith("app-"),
          () => false,
        ),
      );
  });

  it("plans no change after that", async () => {
    const { status, text } = await pulumi("preview", "--expect-no-changes");
    assert.equal(status, 0, text);
  });

  it("leaves nothing behind", async () => {
    await succeed("destroy", "--yes", "--skip-preview");
    await eventually(
      "nothing is left",
      async () => (await leftoversIn(labClients(project.settings))).length === 0,
    ).catch(() => undefined);
    assert.deepEqual(await leftoversIn(labClients(project.settings)), []);
  });
});
