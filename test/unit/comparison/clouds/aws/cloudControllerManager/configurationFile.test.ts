import assert from "node:assert/strict";
import {
  defaultConfiguration,
  settingsOf,
} from "../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import type { Configuration } from "../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import { readConfiguration } from "../../../../../../comparison/clouds/aws/cloudControllerManager/configurationFile/read.ts";

const read = (text: string): Configuration => readConfiguration(text, "cloud.conf");
const probe = (port: number, path: string): Configuration => ({
  ...defaultConfiguration,
  sharedHealthProbe: { port, path },
});
const mode = "ClusterServiceLoadBalancerHealthProbeMode";
const port = "ClusterServiceSharedLoadBalancerHealthProbePort";
const path = "ClusterServiceSharedLoadBalancerHealthProbePath";
const shared = `[Global]\n${mode} = Shared\n`;

describe("the controller's configuration file", () => {
  const files: readonly [what: string, text: string, configuration: Configuration][] = [
    ["is empty", "", defaultConfiguration],
    [
      "has only what does not matter to load balancers",
      '[Global]\nZone = us-west-2a\nNodeIPFamilies = ipv4\nNodeIPFamilies = ipv6\n[ServiceOverride "1"]\nService = EC2\nURL = http://x:1/',
      defaultConfiguration,
    ],
    ["has the shared health probe", shared, probe(10256, "/healthz")],
    ["has the default mode", `[Global]\n${mode} = ServiceNodePort\n${port} = 1`, defaultConfiguration],
    ["names port and path", `${shared}${port} = 10257\n${path} = /livez`, probe(10257, "/livez")],
    ["writes the port in hexadecimal", `${shared}${port} = 0x2811`, probe(10257, "/healthz")],
    ["means the defaults by 0 and nothing", `${shared}${port} = 0\n${path} = `, probe(10256, "/healthz")],
    [
      "writes sections and keys in other letters",
      `[global]\n${mode.toLowerCase()} = Shared`,
      probe(10256, "/healthz"),
    ],
    ["writes values in quotes", `[Global]\n${mode} = "Sha"red`, probe(10256, "/healthz")],
    [
      "has comments and lines of Windows",
      `; a\r\n[Global] # b\r\n${mode} = Shared ; c\r\n`,
      probe(10256, "/healthz"),
    ],
    ["keeps the signs of comments in quotes", `${shared}${path} = "/a;b#c" # d`, probe(10256, "/a;b#c")],
    ["goes on in the next line after a backslash", `${shared}${path} = /a\\\n/b`, probe(10256, "/a/b")],
    ["has a key twice, of which the last counts", `${shared}${mode} = ServiceNodePort`, defaultConfiguration],
    [
      "has managed security groups",
      "[Global]\nNLBSecurityGroupMode = Managed",
      { ...defaultConfiguration, managesSecurityGroups: true },
    ],
    ...["= true", "= YES", "= on", "= 1", ""].map((value): (typeof files)[number] => [
      `opens no nodes: DisableSecurityGroupIngress ${value}`,
      `[Global]\nDisableSecurityGroupIngress ${value}`,
      { ...defaultConfiguration, opensNodes: false },
    ]),
    ["opens nodes", "[Global]\nDisableSecurityGroupIngress = off", defaultConfiguration],
  ];
  for (const [what, text, configuration] of files) {
    it(`is read if it ${what}`, () => {
      assert.deepEqual(read(text), configuration);
    });
  }

  const wrong: readonly [what: string, text: string, message: string][] = [
    [
      "a mode in other letters",
      "[Global]\n\nNLBSecurityGroupMode = managed",
      'cloud.conf, line 3: NLBSecurityGroupMode is "managed"; allowed is Managed, or no such key',
    ],
    [
      "another mode",
      `[Global]\n${mode} = Local`,
      `cloud.conf, line 2: ${mode} is "Local"; allowed are ServiceNodePort and Shared, or no such key`,
    ],
    [
      "a word that is no truth",
      "[Global]\nDisableSecurityGroupIngress = maybe",
      'cloud.conf, line 2: DisableSecurityGroupIngress is "maybe"; allowed are 0, 1, true, yes, on, false, no, off',
    ],
    [
      "a port that is none",
      `${shared}${port} = 99999`,
      `cloud.conf, line 3: ${port} is "99999"; allowed are ports from 1 to 65535`,
    ],
    [
      "a path without a slash",
      `${shared}${path} = healthz`,
      `cloud.conf, line 3: ${path} is "healthz"; allowed are paths that begin with /`,
    ],
    [
      "a key without a value",
      "[Global]\nNLBSecurityGroupMode",
      "cloud.conf, line 2: NLBSecurityGroupMode has no value; write NLBSecurityGroupMode = ...",
    ],
    [
      "a key with a typing error",
      "[Global]\nNLBSecurityGroupsMode = Managed",
      "cloud.conf, line 2: the controller ignores NLBSecurityGroupsMode in [Global]; NLBSecurityGroupMode is probably meant",
    ],
    [
      "a section that the controller does not know",
      "[LoadBalancer]\nZone = a",
      "cloud.conf, line 1: the controller ignores the section [LoadBalancer]; allowed are Global and ServiceOverride",
    ],
    [
      "a section with a name too many",
      '[Global "1"]',
      'cloud.conf, line 1: the controller ignores the section [Global "1"]; allowed is [Global]',
    ],
    [
      "a key above all sections",
      "Zone = a",
      "cloud.conf, line 1: Zone is in no section; write [Global] above it",
    ],
    [
      "a quote that does not end",
      '[Global]\nZone = "a\nRegion = b',
      'cloud.conf, line 2: "Zone = \\"a" is not a section, a key or a comment',
    ],
    ["YAML", "global:\n  zone: a", "cloud.conf, line 1: global is in no section; write [Global] above it"],
  ];
  for (const [what, text, message] of wrong) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => read(text), { name: "ConfigurationError", message });
    });
  }

  it("gives back the settings that are not the defaults, as they can be written in it", () => {
    assert.equal(settingsOf(defaultConfiguration), undefined);
    const all = {
      sharedHealthProbe: { port: 1, path: "/a" },
      managesSecurityGroups: true,
      opensNodes: false,
    };
    assert.deepEqual(read(`[Global]\n${(settingsOf(all) ?? "").replaceAll(", ", "\n")}`), all);
  });
});
