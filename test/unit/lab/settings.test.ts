import assert from "node:assert/strict";
import { parseLabSettings, readLabSettings, SettingsError } from "../../../lab/settings.ts";

const good = {
  "aws:endpoints": "[{ ec2: http://127.0.0.1:24566, elbv2: http://127.0.0.1:24566 }]",
  "kubernetes:kubeconfig": ".lab/kubeconfig",
  "lab:ports": "{ kubernetes: 26443, nodePort: 28080, loadBalancer: 28081 }",
};

const settings = (changes: Record<string, string | undefined> = {}) => {
  const all: Record<string, string | undefined> = { ...good, ...changes };
  const entries = Object.entries(all).filter(([, value]) => value !== undefined);
  const text = ["config:", ...entries.map(([key, value]) => `  ${key}: ${value!}`)].join("\n");
  return parseLabSettings(text, "/project", "Pulumi.dev.yaml");
};

const refused = (changes: Record<string, string | undefined>): string => {
  try {
    settings(changes);
  } catch (error) {
    assert(error instanceof SettingsError);
    return error.message;
  }
  assert.fail("nothing was refused");
};

describe("the lab's settings", () => {
  it("come from the stack's file", () => {
    assert.deepEqual(settings(), {
      directory: "/project/.lab",
      kubeconfig: "/project/.lab/kubeconfig",
      cloud: "aws",
      ports: { kubernetes: 26443, cloudApi: 24566, nodePort: 28080, loadBalancer: 28081 },
      timeScale: 1,
    });
  });

  it("are complete in the project's own Pulumi.dev.yaml", () => {
    assert.equal(readLabSettings(process.cwd()).ports.cloudApi, 24566);
  });

  it("take the clocks' speed", () => assert.equal(settings({ "lab:timeScale": "10" }).timeScale, 10));

  it("take kube-proxy's mode, and refuse one that the lab does not run", () => {
    assert.equal(settings({ "lab:proxyMode": "iptables" }).proxyMode, "iptables");
    assert.equal(
      refused({ "lab:proxyMode": "ipvs" }),
      'Pulumi.dev.yaml: lab:proxyMode is "ipvs"; it must be one of nftables, iptables',
    );
  });

  it("take the account's shape, and refuse one that no tool leaves", () => {
    assert.equal(settings({ "lab:shape": "eks-module" }).shape, "eks-module");
    assert.equal(settings({}).shape, undefined);
    assert.equal(
      refused({ "lab:shape": "eks" }),
      'Pulumi.dev.yaml: lab:shape is "eks"; it must be one of usual, eks-module, eks-module-both-groups, pulumi-eks, eksctl, eksctl-self-managed, auto-mode, kops',
    );
  });

  it("take Kubernetes' version, in quotes or not, and refuse one that the lab does not run", () => {
    const taken = ["1.34", '"1.35"', "1.36"].map(
      (version) => settings({ "lab:kubernetesVersion": version }).kubernetesVersion,
    );
    assert.deepEqual(taken, ["1.34", "1.35", "1.36"]);
    const refusals = ["1.33", '"1.35.4"', "v1.35", "[1.35]"].map((version) =>
      refused({ "lab:kubernetesVersion": version }),
    );
    const shown = ["1.33", '"1.35.4"', '"v1.35"', "[1.35]"];
    assert.deepEqual(
      refusals,
      shown.map(
        (value) => `Pulumi.dev.yaml: lab:kubernetesVersion is ${value}; it must be one of 1.34, 1.35, 1.36`,
      ),
    );
  });

  it("refuse another speed of clocks where a cloud's are real", () => {
    for (const scale of ["20", "0.5"])
      assert.equal(
        refused({ "lab:cloud": "openstack", "lab:timeScale": scale }),
        `Pulumi.dev.yaml: lab:timeScale is ${scale}; it must be 1, or left out: the load balancers of the lab's OpenStack run in real time`,
      );
    const realTime = { "lab:cloud": "openstack", "openstack:authUrl": "http://127.0.0.1:25566/identity/v3" };
    assert.equal(settings({ ...realTime, "lab:timeScale": "1" }).timeScale, 1);
    assert.equal(settings(realTime).timeScale, 1);
  });

  it("take quotas above AWS's defaults", () => {
    const quotas = (text: string) => settings({ "lab:quotas": text }).quotas;
    assert.deepEqual(quotas("{ rulesPerSecurityGroup: 300 }"), { rulesPerSecurityGroup: 300 });
    assert.deepEqual(quotas("{}"), {});
  });

  it("ask for the cloud's proxy", () => {
    const asked = (text: string) => settings({ "lab:loadBalancerProxy": text }).loadBalancerProxy;
    assert.deepEqual(
      [asked("true"), asked("false"), settings().loadBalancerProxy],
      [true, undefined, undefined],
    );
    assert.match(
      refused({ "lab:loadBalancerProxy": "envoy" }),
      /lab:loadBalancerProxy is "envoy"; it must be true, to end TLS and add proxy protocol headers by Envoy, or false/,
    );
  });

  it("ask for the cloud's optional controller, by themselves or by the program's", () => {
    const asked = (text: string) => settings({ "lab:loadBalancerController": text }).loadBalancerController;
    assert.deepEqual(
      [asked("true"), asked("false"), settings().loadBalancerController],
      [true, undefined, undefined],
    );
    const named = { "shop:controller": "aws-load-balancer-controller" };
    assert.equal(settings(named).loadBalancerController, true);
    const bound = (value: string) => settings({ "shop:targetGroupBinding": value }).loadBalancerController;
    assert.deepEqual([bound("true"), bound('"true"'), bound("false")], [true, true, undefined]);
    assert.equal(
      settings({ ...named, "lab:loadBalancerController": "false" }).loadBalancerController,
      undefined,
    );
    assert.match(
      refused({ "lab:loadBalancerController": "lbc" }),
      /lab:loadBalancerController is "lbc"; it must be true, to run aws-load-balancer-controller as well, or false/,
    );
  });

  for (const value of ["0", "1001", "1.5", '"60"']) {
    it(`refuse ${value} rules a security group, naming the key and what is allowed`, () => {
      const message = refused({ "lab:quotas": `{ rulesPerSecurityGroup: ${value} }` });
      assert.equal(
        message,
        `Pulumi.dev.yaml: lab:quotas.rulesPerSecurityGroup is ${value}; it must be a whole number from 1 to 1000; AWS's default is 60`,
      );
    });
  }

  it("refuse a quota that the lab does not have", () => {
    assert.match(
      refused({ "lab:quotas": "{ targetsPerZone: 600 }" }),
      /lab:quotas\.targetsPerZone is 600; .* rulesPerSecurityGroup only/,
    );
  });

  for (const port of ["0", "80", "70000", "1.5", '"28080"']) {
    it(`refuse ${port} as a port, naming the key and what is allowed`, () => {
      const message = refused({
        "lab:ports": `{ kubernetes: 26443, nodePort: ${port}, loadBalancer: 28081 }`,
      });
      assert.equal(
        message,
        `Pulumi.dev.yaml: lab:ports.nodePort is ${port}; it must be a whole number from 1024 to 65535`,
      );
    });
  }

  it("refuse a missing port", () => {
    const message = refused({ "lab:ports": "{ kubernetes: 26443, nodePort: 28080 }" });
    assert.match(message, /lab:ports.loadBalancer is missing/);
  });

  it("refuse the same port twice, naming both keys", () => {
    const message = refused({ "lab:ports": "{ kubernetes: 26443, nodePort: 28080, loadBalancer: 24566 }" });
    assert.match(message, /aws:endpoints and lab:ports.loadBalancer are both 24566/);
  });

  it("refuse services of AWS at different addresses", () => {
    const message = refused({
      "aws:endpoints": "[{ ec2: http://127.0.0.1:1111, elbv2: http://127.0.0.1:2222 }]",
    });
    assert.match(message, /aws:endpoints is .*the same URL for every service/);
  });

  it("refuse AWS on another host", () => {
    assert.match(refused({ "aws:endpoints": "[{ ec2: http://192.0.2.1:24566 }]" }), /a URL on 127\.0\.0\.1/);
  });

  for (const scale of ["0", "-1", "1000", "fast"]) {
    it(`refuse ${scale} as the clocks' speed`, () => {
      assert.match(refused({ "lab:timeScale": scale }), /lab:timeScale is .*a number from 1 /);
    });
  }

  it("refuse a cloud that the lab does not imitate", () => {
    assert.equal(
      refused({ "lab:cloud": "nimbus" }),
      'Pulumi.dev.yaml: lab:cloud is "nimbus"; it must be one of aws, openstack',
    );
  });

  it("name all problems at once", () => {
    assert.deepEqual(refused({ "lab:timeScale": "0", "kubernetes:kubeconfig": '""' }).split("\n"), [
      'Pulumi.dev.yaml: kubernetes:kubeconfig is ""; it must be the path of the file that the lab writes, such as .lab/kubeconfig',
      "Pulumi.dev.yaml: lab:timeScale is 0; it must be a number from 1 (real time) to 100 (a hundred times as fast)",
    ]);
  });

  it("refuse a missing kubeconfig path", () => {
    assert.match(refused({ "kubernetes:kubeconfig": undefined }), /kubernetes:kubeconfig is missing/);
  });

  it("refuse a file that is not YAML", () => {
    assert.throws(
      () => parseLabSettings("config: [", "/project", "Pulumi.dev.yaml"),
      /Pulumi\.dev\.yaml is not valid YAML/,
    );
  });

  it("say which file can't be read", () => {
    assert.throws(
      () => readLabSettings("/nowhere"),
      /cannot read its settings from \/nowhere\/Pulumi\.dev\.yaml/,
    );
  });
});
