import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesCall, readFiles } from "../../../cli/files.ts";
import { resultOf } from "../../../cli/filesComparison.ts";
import type { FilesResult } from "../../../cli/filesComparison.ts";
import { manifestFile } from "../../../comparison/manifests/file.ts";
import { loadBalancer, nodePort, served } from "../comparison/manifests/manifests.ts";

const result = (texts: readonly string[], names: readonly string[] = []): Promise<FilesResult> => {
  const files = texts.map((text, index) => manifestFile(text, `${index + 1}.yaml`, served.cloud.controllers));
  return resultOf(files, { names, served, size: {} });
};

const named = (name: string, text: string): string => text.replace("name: web", `name: ${name}`);

describe("files on the command line", () => {
  it("are judged for the default controller", () => {
    const call = filesCall({ file: ["a.yaml"] });
    assert.deepEqual([call?.served.controller.name, call?.size, call?.names], ["ccm", {}, []]);
  });

  it("are judged for a network of another size", () => {
    assert.deepEqual(filesCall({ file: ["a.yaml"], nodes: "5", subnets: "2" })?.size, {
      nodes: 5,
      subnets: 2,
    });
  });

  const wrong: readonly (readonly [string, Parameters<typeof filesCall>[0], string])[] = [
    [
      "three files",
      { file: ["a", "b", "c"] },
      "--file is given 3 times; give it once to judge, twice to compare",
    ],
    [
      "the standard input twice",
      { file: ["-", "-"] },
      "--file - is given twice; the standard input can be read once",
    ],
    [
      "an unknown controller",
      { file: ["a"], controller: "x" },
      '--controller "x" is not known; allowed are ccm, lbc, occm',
    ],
    [
      "no number",
      { file: ["a"], nodes: "many" },
      '--nodes "many" is not allowed; allowed are whole numbers from 1 to 100',
    ],
    ["no name", { file: [""] }, '--file "" is not allowed; allowed is a path, or - for the standard input'],
    [
      "a choice of load balancers",
      { file: ["a"], "load-balancer": ["x", "y"] },
      "--load-balancer chooses among those of a cluster, and --file needs none; give only one of them",
    ],
    ["their options without a file", { subnets: "2" }, "--subnets needs --file, and there is none"],
  ];
  for (const [what, values, message] of wrong) {
    it(`are refused with ${what}`, () => assert.throws(() => filesCall(values), { name: "Error", message }));
  }
});

describe("a file on the disk", () => {
  const read = async (bytes: Uint8Array): Promise<unknown> => {
    const directory = mkdtempSync(join(tmpdir(), "files-"));
    const file = join(directory, "a.yaml");
    try {
      writeFileSync(file, bytes);
      const call = filesCall({ file: [file] }) ?? assert.fail();
      return await readFiles(call).then(([read]) => read?.services.map(({ name }) => name));
    } finally {
      rmSync(directory, { recursive: true });
    }
  };

  it("is read in UTF-8, with a mark of byte order or without", async () => {
    assert.deepEqual(await read(Buffer.from(nodePort())), ["shop/web"]);
    assert.deepEqual(await read(Buffer.from(`\uFEFF${nodePort().replaceAll("\n", "\r\n")}`)), ["shop/web"]);
  });

  it("is refused in another encoding, as PowerShell writes it", async () => {
    await assert.rejects(
      read(Buffer.from(`\uFEFF${nodePort()}`, "utf16le")),
      /a\.yaml is not in UTF-8; save it in UTF-8$/,
    );
  });
});

describe("two Services of manifests", () => {
  it("are compared if they are in two files", async () => {
    const found = await result([nodePort(), loadBalancer()]);
    assert.equal(found.kind === "compared" && found.comparison.verdict.kind, "equivalent");
  });

  it("are compared if two are chosen in one file", async () => {
    const both = `${named("a", loadBalancer())}---\n${named("b", loadBalancer({ internal: "true" }))}`;
    const found = await result([both], ["shop/a", "shop/b"]);
    assert.equal(found.kind === "compared" && found.comparison.verdict.kind, "different");
  });

  it("are the ones of the same name in two files, if one name is given", async () => {
    const other = named("other", nodePort());
    const found = await result(
      [`${nodePort()}---\n${other}`, `${loadBalancer()}---\n${other}`],
      ["shop/web"],
    );
    assert.equal(found.kind, "compared");
  });

  it("have to be chosen if a file has several", async () => {
    await assert.rejects(result([`${nodePort()}---\n${named("b", nodePort())}`, nodePort()]), {
      message:
        "1.yaml has 2 Services of type NodePort or LoadBalancer; choose one with --service NAMESPACE/NAME: it has shop/web (NodePort), shop/b (NodePort)",
    });
  });

  it("are two: one is not compared with itself, named twice or in one file that is given twice", async () => {
    const itself =
      "1.yaml, document 1: shop/web is on both sides; name two different Services, or leave one out to judge it";
    await assert.rejects(result([nodePort()], ["shop/web", "shop/web"]), { message: itself });
    const file = manifestFile(nodePort(), "1.yaml", served.cloud.controllers);
    await assert.rejects(resultOf([file, file], { names: [], served, size: {} }), { message: itself });
    // Two files may have two states of it.
    assert.equal((await result([nodePort(), nodePort()])).kind, "compared");
  });

  it("are named as the file has them", async () => {
    await assert.rejects(result([nodePort()], ["web", "shop/web"]), {
      message: "1.yaml has no Service web; it has shop/web (NodePort)",
    });
  });

  it("are not compared if a file has none that can be", async () => {
    const inside = nodePort().replace("type: NodePort", "type: ClusterIP");
    await assert.rejects(result([inside, nodePort()]), {
      message:
        "1.yaml has no Service of type NodePort or LoadBalancer, and only those can be compared; it has shop/web (ClusterIP)",
    });
  });

  const reasonsFor = async (left: string, right: string): Promise<readonly string[]> => {
    const found = await result([left, right]);
    return found.kind === "compared" ? found.comparison.verdict.reasons : assert.fail();
  };
  const ofPorts = (text: string, ports: string): string =>
    text.replace("ports: [{ name: http, port: 80, targetPort: 8080 }]", `ports: [${ports}]`);

  it("are different if one chooses its nodes by labels, or by others", async () => {
    const labels = (value: string): string => loadBalancer({ "target-node-labels": value });
    for (const [left, right] of [
      [labels("pool=web"), loadBalancer()],
      [labels("pool=web"), labels("pool=db")],
      [labels("pool=web"), labels("zone=a")],
      [nodePort(), labels("pool=web")],
    ] as const) {
      const reasons = await reasonsFor(left, right);
      assert.ok(
        reasons.some((reason) => reason.includes("target")),
        reasons.join(),
      );
    }
    assert.deepEqual(await reasonsFor(labels("pool=web,spot="), labels("spot=,pool=web")), []);
  });

  it("are different if one names its subnets, and the other takes all that there are", async () => {
    const named = loadBalancer({ subnets: "subnet-1,subnet-2" });
    assert.deepEqual(await reasonsFor(named, loadBalancer()), ["the right has another zone, zone-3"]);
    assert.deepEqual(
      await reasonsFor(loadBalancer({ subnets: "a,b" }), loadBalancer({ subnets: "b,a" })),
      [],
    );
    assert.deepEqual(await reasonsFor(nodePort(), loadBalancer({ subnets: "a,b" })), []);
  });

  it("say that addresses are not compared if only one has fixed ones", async () => {
    const fixed = loadBalancer({ "eip-allocations": "eipalloc-0a,eipalloc-0b" });
    const limitsOf = async (left: string, right: string): Promise<string> => {
      const found = await result([left, right]);
      return found.kind === "compared" ? found.comparison.limits.join() : assert.fail();
    };
    assert.match(await limitsOf(fixed, loadBalancer()), /only those of eip-allocations stay/);
    assert.doesNotMatch(await limitsOf(fixed, fixed), /eip-allocations/);
  });

  it("are equivalent if their source ranges hold the same addresses", async () => {
    const from = (ranges: string): string => loadBalancer({}, `  loadBalancerSourceRanges: [${ranges}]`);
    assert.deepEqual(await reasonsFor(from("10.0.0.0/9, 10.128.0.0/9"), from("10.0.0.0/8")), []);
    assert.deepEqual(await reasonsFor(from("0.0.0.0/0"), loadBalancer()), []);
    assert.notDeepEqual(await reasonsFor(from("10.0.0.0/9"), from("10.0.0.0/8")), []);
  });

  it("have one reason for a port more, whichever node ports are allocated", async () => {
    const two = "{ name: http, port: 80, targetPort: 8080 }, { name: more, port: 81, targetPort: 8081 }";
    assert.deepEqual(await reasonsFor(nodePort(), ofPorts(loadBalancer(), two)), [
      "the right has another port, more",
    ]);
    const three = `${two}, { name: most, port: 82, targetPort: 8082 }`;
    assert.deepEqual(await reasonsFor(loadBalancer(), ofPorts(loadBalancer(), three)), [
      "the right has another port, more",
      "the right has another port, most",
    ]);
  });

  it("are equivalent if only one names its node ports, with several as with one", async () => {
    const fixed = "{ name: http, port: 80, targetPort: 8080, nodePort: 30001 }";
    const two = "{ name: http, port: 80, targetPort: 8080 }, { name: more, port: 81, targetPort: 8081 }";
    const twoFixed = `${fixed}, { name: more, port: 81, targetPort: 8081, nodePort: 30002 }`;
    for (const [left, right] of [
      [loadBalancer(), ofPorts(loadBalancer(), fixed)],
      [ofPorts(loadBalancer(), two), ofPorts(loadBalancer(), twoFixed)],
      [ofPorts(nodePort(), twoFixed), ofPorts(loadBalancer(), two)],
    ] as const)
      assert.deepEqual(await reasonsFor(left, right), []);
  });

  it("have one reason for health checks at a node port of one alone, whichever node ports are allocated", async () => {
    const port = (nodePort: string): string => `{ name: http, port: 80, targetPort: 8080${nodePort} }`;
    const annotations = {
      "healthcheck-port": "30001",
      "healthcheck-protocol": "tcp",
    };
    const second = ", { name: more, port: 81, targetPort: 8081 }";
    const checked = ofPorts(loadBalancer(annotations), `${port(", nodePort: 30001")}${second}`);
    for (const other of [port(""), port(", nodePort: 30002")])
      assert.equal((await reasonsFor(checked, ofPorts(loadBalancer(), `${other}${second}`))).length, 1);
  });

  it("have one reason for another protocol of a port, with its rules, by either controller", async () => {
    for (const service of [loadBalancer(), loadBalancer({}, "  loadBalancerClass: service.k8s.aws/nlb")]) {
      const speaking = (protocol: string): string =>
        ofPorts(service, `{ name: dns, port: 53, targetPort: 5353, protocol: ${protocol} }`);
      assert.deepEqual(await reasonsFor(speaking("TCP"), speaking("UDP")), [
        "Service, ports and node ports: service / ports / dns / protocol is TCP on the left and UDP on the right",
      ]);
    }
  });

  it("are different if another certificate is the default one, whatever the order of the others", async () => {
    const certified = (...numbers: readonly number[]): string => {
      const arns = numbers.map((number) => `arn:aws:acm:us-west-2:123456789012:certificate/${number}`);
      return loadBalancer({ "ssl-cert": arns.join() }, "  loadBalancerClass: service.k8s.aws/nlb");
    };
    assert.deepEqual(await reasonsFor(certified(1, 2, 3), certified(1, 3, 2)), []);
    const [reason = "", ...others] = await reasonsFor(certified(1, 2), certified(2, 1));
    assert.deepEqual(others, []);
    assert.match(reason, /certificates is \S+1, \S+2 on the left and \S+2, \S+1 on the right$/);
  });

  it("have one reason for a UDP port of one alone: the checks of its other ports stay as they are", async () => {
    const two = "{ name: http, port: 80, targetPort: 8080 }, { name: dns, port: 53, protocol: UDP }";
    assert.deepEqual(await reasonsFor(ofPorts(nodePort(), two), loadBalancer()), [
      "the left has another port, dns",
    ]);
  });

  it("have one reason for a check at another port by another protocol", async () => {
    const two = "{ name: http, port: 80, targetPort: 8080 }, { name: dns, port: 53, protocol: UDP }";
    const ofOther = loadBalancer({}, "  loadBalancerClass: service.k8s.aws/nlb");
    const [reason = "", ...others] = await reasonsFor(ofPorts(nodePort(), two), ofPorts(ofOther, two));
    assert.deepEqual(others, []);
    assert.match(reason, /UDP 53.* healthCheck \/ port is 10256 on the left and traffic-port on the right$/);
  });

  it("have one reason if one waives its node ports: without them there is no listener", async () => {
    const none = loadBalancer({}, "  allocateLoadBalancerNodePorts: false");
    const reasons = await reasonsFor(none, loadBalancer());
    assert.deepEqual(reasons, [
      "Service, ports and node ports: service / allocateLoadBalancerNodePorts is false on the left and true on the right",
    ]);
  });

  it("are not compared if the controller refuses one, and the reason is said", async () => {
    await assert.rejects(result([nodePort(), loadBalancer({}, "  sessionAffinity: ClientIP")]), {
      message:
        "2.yaml, document 1: shop/web: the AWS cloud controller manager refuses it: sessionAffinity is ClientIP; allowed is None",
    });
  });

  it("are not compared if one is invalid", async () => {
    await assert.rejects(
      result([nodePort("  healthCheckNodePort: 32001"), nodePort()]),
      /spec\.healthCheckNodePort/,
    );
  });
});

describe("a file without Services", () => {
  it("is nothing to judge", async () => {
    await assert.rejects(result(["kind: A\n---\nkind: B\n"]), {
      message:
        "1.yaml has no Service (apiVersion v1, kind Service); it has A (no apiVersion), B (no apiVersion)",
    });
    await assert.rejects(result(["apiVersion: apps/v1\nkind: Deployment\n"]), {
      message: "1.yaml has no Service (apiVersion v1, kind Service); it has Deployment (apps/v1)",
    });
    await assert.rejects(result(["# nothing\n"]), {
      message: "1.yaml has no Service (apiVersion v1, kind Service); it has no object at all",
    });
  });

  it("are compared with what a user should know of each side, once if it is of both", async () => {
    const check = (port: number): string =>
      `service.beta.kubernetes.io/aws-load-balancer-healthcheck-port: "${port}"`;
    const checked = (name: string, port: number): string =>
      `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  annotations: { service.beta.kubernetes.io/aws-load-balancer-type: nlb, ${check(port)} }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
`;
    const notesOf = async (left: number, right: number): Promise<string[]> => {
      const found = await result([checked("one", left), checked("other", right)]);
      assert.equal(found.kind, "compared");
      return found.comparison.limits.flatMap(
        (limit) => /^(.+): No target .+ port (\d+)/.exec(limit)?.slice(1) ?? [],
      );
    };
    assert.deepEqual(await notesOf(15021, 15021), ["Both sides", "15021"]);
    assert.deepEqual(await notesOf(15021, 15020), ["Left", "15021", "Right", "15020"]);
    assert.deepEqual(await notesOf(10256, 10256), []);
  });
});
